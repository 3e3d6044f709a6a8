import pytest

from steady.model.accounts import cost_of, money, told
from steady.records import Usage
from steady.settings import Model


@pytest.mark.parametrize(
    ("usage", "said"),
    [
        (Usage(1, 40, 7), "47 tokens"),
        (Usage(1, 1, 0), "1 token"),
        (Usage(3, 1200, 4, estimated=True, cost=0.0042), "about 1,204 tokens, under 0.01 USD"),
        (Usage(3, 1200, 4, cost=0.0), "1,204 tokens, 0.00 USD"),
        (Usage(3, 1200, 4, cost=1234.5), "1,204 tokens, 1,234.50 USD"),
    ],
)
def test_what_was_used_is_told_in_a_few_words(usage: Usage, said: str) -> None:
    assert told(usage, "USD") == said


def test_a_request_costs_what_the_settings_say() -> None:
    assert cost_of(Model(), 10, 10) is None
    assert cost_of(Model(price_in=2.0), 1_000_000, 5) == 2.0
    assert cost_of(Model(price_out=3.0), 5, 1_000_000) == 3.0


def test_amounts_show_as_many_places_as_they_need() -> None:
    assert [money(amount, "EUR") for amount in (0.5, 12.0, 0.0015, 1000.0)] == [
        "0.50 EUR",
        "12.00 EUR",
        "0.0015 EUR",
        "1,000.00 EUR",
    ]
