"""What requests cost, and the limits a person has set on a day."""

from datetime import datetime
from typing import TYPE_CHECKING

from steady.model.faults import FaultKind, ModelFault
from steady.records import Usage
from steady.settings import Model

if TYPE_CHECKING:
    from steady.model.endpoint import Ledger

_MILLION = 1_000_000
_LEAST_SHOWN = 0.01


def cost_of(settings: Model, prompt_tokens: int, completion_tokens: int) -> float | None:
    """What a request cost, in the currency of the settings; None where no price is set."""
    if not (settings.price_in or settings.price_out):
        return None
    spent = prompt_tokens * settings.price_in + completion_tokens * settings.price_out
    return spent / _MILLION


def within_limits(settings: Model, ledger: "Ledger") -> None:
    """Raises ModelFault where a daily limit is reached; a day begins at midnight here."""
    if not (settings.daily_tokens or settings.daily_cost):
        return
    if settings.daily_cost and not (settings.price_in or settings.price_out):
        raise ModelFault(
            FaultKind.NOT_SET,
            "A daily cost is set for the model but no price; set price_in and price_out.",
        )
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    today = ledger.usage_since(midnight)
    if settings.daily_tokens and today.tokens >= settings.daily_tokens:
        raise ModelFault(
            FaultKind.LIMIT_REACHED,
            f"The limit of {settings.daily_tokens:,} tokens that you set for a day is reached.",
        )
    if settings.daily_cost and (today.cost or 0.0) >= settings.daily_cost:
        limit = money(settings.daily_cost, settings.currency)
        raise ModelFault(
            FaultKind.LIMIT_REACHED, f"The limit of {limit} that you set for a day is reached."
        )


def told(usage: Usage, currency: str) -> str:
    """What was used, in a few words: "about 1,204 tokens, under 0.01 USD"."""
    about = "about " if usage.estimated else ""
    tokens = f"{about}{usage.tokens:,} token{'' if usage.tokens == 1 else 's'}"
    if usage.cost is None:
        return tokens
    small = 0 < usage.cost < _LEAST_SHOWN
    cost = f"under {_LEAST_SHOWN} {currency}" if small else f"{usage.cost:,.2f} {currency}"
    return f"{tokens}, {cost}"


def money(amount: float, currency: str) -> str:
    """An amount as it is shown: two decimals, more where it is very small."""
    places = 2 if amount >= 0.1 or not amount else 4
    return f"{amount:,.{places}f} {currency}"
