"""What was asked of language models, and what it used."""

from datetime import UTC, datetime

from steady.records import ModelRequest, Usage
from steady.store.base import Connected, Row, statement, stored_text

_SUMS = (
    "SELECT count(*), ifnull(sum(prompt_tokens), 0), ifnull(sum(completion_tokens), 0),"
    " ifnull(max(estimated), 0), sum(cost) FROM model_requests WHERE"
)


class Ledger(Connected):
    """The part of the store that keeps requests to models. It raises StoreErrors."""

    def record_request(self, request: ModelRequest) -> None:
        """Records one request made to a model, whatever became of it.

        An attempt that has been forgotten since is left out of the record, the request is not.
        """
        with self._writing() as db:
            db.execute(
                "INSERT INTO model_requests (attempt, purpose, host, model, asked_at,"
                " prompt_tokens, completion_tokens, estimated, cost, fault)"
                " VALUES ((SELECT id FROM attempts WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    request.attempt,
                    request.purpose,
                    stored_text(request.host),
                    stored_text(request.model),
                    self._now(),
                    request.prompt_tokens,
                    request.completion_tokens,
                    request.estimated,
                    request.cost,
                    request.fault,
                ),
            )

    def usage_since(self, moment: datetime) -> Usage:
        """What was used from a moment on; the moment is aware."""
        stamp = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return _usage(self._row(statement(_SUMS, "asked_at >= ?"), stamp))

    def usage_of(self, attempt: int) -> Usage:
        """What an attempt used."""
        return _usage(self._row(statement(_SUMS, "attempt = ?"), attempt))


def _usage(row: Row | None) -> Usage:
    assert row is not None  # sums always give one row
    requests, sent, received, estimated, cost = row
    return Usage(requests, sent, received, bool(estimated), cost)
