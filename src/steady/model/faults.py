"""What can go wrong with a model: one kind and one quiet sentence for each."""

from enum import StrEnum

from steady.errors import SteadyError


class FaultKind(StrEnum):
    """What went wrong. The names stand in the record of usage and never change."""

    NOT_SET = "not-set"  # no base_url or no model in the settings
    NOT_AGREED = "not-agreed"  # the person has not agreed to this host
    LIMIT_REACHED = "limit-reached"  # the daily limit of the settings
    UNREACHABLE = "unreachable"  # refused, or no answer to the knock
    DNS = "dns"  # the host's name leads nowhere
    NOT_SECURE = "not-secure"  # the certificate does not hold
    REFUSED_KEY = "refused-key"  # 401
    FORBIDDEN = "forbidden"  # 403
    NO_MODEL = "no-model"  # 404
    BUSY = "busy"  # 429
    BROKEN = "broken"  # 5xx
    REFUSED = "refused"  # any other refusal
    NO_FIRST_WORD = "no-first-word"
    STALLED = "stalled"  # a stall after the first word
    TOO_SLOW = "too-slow"  # the whole reply took too long
    CUT = "cut"  # the connection ended before the reply did
    EMPTY = "empty"
    TOO_LONG = "too-long"
    NOT_JSON = "not-json"  # nothing of the shape asked for
    GUARD = "guard"  # for whoever checks what was said: it may not be shown


class ModelFault(SteadyError):
    """The model could not be used. The message is one sentence about what happened.

    `after_words` says that words had already been handed out when it happened. `status` is the
    server's, `detail` its own words, cleaned and cut, for those who look for the cause; `wait` is
    how many seconds it asked to be left alone.
    """

    def __init__(
        self,
        kind: FaultKind,
        sentence: str,
        *,
        after_words: bool = False,
        status: int | None = None,
        detail: str = "",
        wait: float | None = None,
    ) -> None:
        """A fault of a kind, told in a sentence."""
        super().__init__(sentence)
        self.kind = kind
        self.after_words = after_words
        self.status = status
        self.detail = detail
        self.wait = wait

    def told(self, name: str) -> str:
        """The sentence, and what still stands; `name` is how the partner is called."""
        return f"{self} {name} goes on in the built-in voice; your words are saved."
