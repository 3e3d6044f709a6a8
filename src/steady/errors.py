"""The family of errors a person may meet. Each carries one sentence that can be acted on."""


class SteadyError(Exception):
    """Something went wrong that the person can be told in one sentence.

    The message says what happened, where (file, key, line) and what to do.
    """


class UsageFault(SteadyError):
    """The command was called in a way that cannot be carried out (exit status 2)."""
