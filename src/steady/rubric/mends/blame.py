"""Turns a reproach into what it does to the speaker, or into a request.

"You always leave it to me" becomes "When you leave it to me, I feel alone with it.".
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from steady.rubric.mends.grammar import begin, opens
from steady.rubric.mends.moment import Moment, joined
from steady.rubric.mends.parts import Parts
from steady.rubric.mends.table import figure, pattern, patterns, table, words

Match = re.Match[str]


def turned(moment: Moment, text: str) -> Iterator[tuple[str, str]]:
    """The text with one reproach turned, and the line it became, for each that can be."""
    parts = Parts(text)
    if parts.too_many:
        return
    for place, piece in enumerate(parts.pieces):
        for said in turn_clause(text[piece.start : piece.end], moment.circle):
            line = moment.written(said)
            for whole in dict.fromkeys(_placed(parts, place, line)):
                yield whole, line


def _placed(parts: Parts, place: int, line: str) -> Iterator[str]:
    """The text with a line in the place of a clause, as much of its sentence kept as can be."""
    number = next(n for n in range(len(parts.sentences)) if place in parts.of_sentence(n))
    inside = parts.of_sentence(number)
    before = {p for p in range(len(parts)) if p < inside[0]}
    after = {p for p in range(len(parts)) if p > inside[-1]}
    lead = [p for p in inside if p < place]
    rest = [p for p in inside if p > place]
    for kept_lead, kept_rest in ((lead, rest), (lead, []), ([], rest), ([], [])):
        ordered = kept_rest and not opens(parts.words(kept_rest[0]), plain=True)
        if ordered:  # "and do it anyway" is an order when it stands alone
            continue
        if parts.stand(number, kept_lead) and parts.stand(number, kept_rest):
            yield joined(
                parts.render(before | set(kept_lead)),
                line,
                begin(parts.render(set(kept_rest)), lower=parts.lower),
                parts.render(after),
            )


def turn_clause(clause: str, circle: str) -> Iterator[str]:
    """A reproach as what it does to the speaker and as a request; nothing where it is none.

    `circle` is `partner` or `work`.
    """
    bare = patterns("blame", "run-up")[0].sub("", clause.strip(), count=1).strip(" .!?")
    for how, found in _shapes():
        match = found.fullmatch(bare)
        said = list(_SAY[how](match, circle)) if match else []
        if said:
            yield from said
            return


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["turns"], pattern(text)) for row in table()["blame"]["shapes"] for text in row["from"]
    )


def _effect(verb: str, circle: str) -> str:
    rows = table()["blame"]["effects"]
    return next((str(row[circle]) for row in rows if verb in row["verbs"].split()), "")


def _deed(match: Match) -> tuple[str, str]:
    """What is done, without what only sharpens it: the verb, and the verb with the rest."""
    verb, rest = match["verb"].lower(), _plain(match["rest"])
    cut_off = rest in {"it", "that", "this"}
    return verb, "" if cut_off or _too_much(rest) else f"{verb} {rest}".strip()


def _plain(rest: str) -> str:
    for found in patterns("blame", "sharpeners"):
        rest = found.sub("", rest)
    return re.sub(r"\s{2,}", " ", rest).strip(" .!?,")


def _too_much(rest: str) -> bool:
    long = len(rest.split()) > figure("reproach_words")
    return long or any(found.search(rest) for found in patterns("blame", "not-turned"))


def _wished(verb: str, deed: str) -> bool:
    """Whether one may wish for a deed: it is of a kind one asks for, and about oneself."""
    rest = deed.removeprefix(verb).strip()
    return verb in words("blame", "wished") and bool(patterns("blame", "about")[0].search(rest))


def _habit(match: Match, circle: str) -> Iterator[str]:
    """ "you always leave it to me": "When you leave it to me, I feel alone with it." """
    verb, deed = _deed(match)
    if deed and (effect := _effect(verb, circle)):
        yield f"When you {deed}, {effect}."
        yield f"It's hard for me when you {deed}."


def _never(match: Match, circle: str) -> Iterator[str]:
    """ "you never listen": "When you don't listen, …", or "I'd like you to listen." """
    verb, deed = _deed(match)
    if deed and _wished(verb, deed) and (effect := _effect(verb, circle)):
        yield f"When you don't {deed}, {effect}."
        wish = re.sub(r"\bany(?=(thing|one|body)?\b)", "some", deed)
        yield f"{effect[0].upper()}{effect[1:]}, and I'd like you to {wish}."
        yield f"I'd like you to {wish}."


def _keeps(match: Match, circle: str) -> Iterator[str]:
    """ "you keep pushing me": "When you keep pushing me, …" """
    verb, deed = _deed(match)
    if deed and (effect := _effect(verb, circle)):
        yield f"When you keep {deed}, {effect}."
        yield f"It's hard for me when you keep {deed}."


def _being(match: Match, circle: str) -> Iterator[str]:
    """ "you're always on your phone": "When you're on your phone, I miss you." """
    rest = _plain(match["rest"])
    states = table()["blame"]["states"]
    effect = next((row[circle] for row in states if pattern(row["state"]).match(rest)), "")
    if effect and not _too_much(rest):
        denied = "not " if match["how"].lower() == "never" else ""
        yield f"When you're {denied}{rest}, {effect}."


def _feeling(match: Match, circle: str) -> Iterator[str]:  # noqa: ARG001
    """ "you make me feel stupid": "I feel stupid." """
    feeling = patterns("blame", "sharpeners")[0].sub("", match["feeling"]).strip(" .!?").lower()
    feeling = re.sub(r"^feel ", "", feeling)
    if 0 < len(feeling.split()) <= figure("feeling_words"):
        yield f"I feel {feeling}."


def _request(match: Match, circle: str) -> Iterator[str]:  # noqa: ARG001
    """ "why can't you ever listen": "I'd like you to listen." """
    verb, deed = _deed(match)
    if deed and _wished(verb, deed):
        yield f"I'd like you to {deed}."


def _own(match: Match, circle: str) -> Iterator[str]:
    """ "I feel like you don't care": the feeling by its name."""
    rows = table()["blame"]["own"]
    yield next(str(row[circle]) for row in rows if pattern(row["hears"]).search(match[0]))


_SAY: dict[str, Callable[[Match, str], Iterator[str]]] = {
    "habit": _habit,
    "never": _never,
    "keeps": _keeps,
    "being": _being,
    "feeling": _feeling,
    "request": _request,
    "own": _own,
}
