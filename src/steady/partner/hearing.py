"""What the partner hears in a turn beyond its moves: a question, a topic, a time, few words."""

import re
from dataclasses import dataclass

from steady.partner.tables import agreement, question_patterns
from steady.records import Reading, TimePhrase
from steady.scenario.model import Scenario, Topic
from steady.terms import HURTING, Move

_SENTENCES = re.compile(r"[^.!?\n;]+[.!?]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+", re.UNICODE)
_QUESTION_START = re.compile(r"^(what|why|how|when|where|who|which|are|is|do|does|did)\b")
_QUOTABLE = re.compile(r"^[A-Za-z][A-Za-z'’ -]*[A-Za-z]$")
_TOO_FEW = 2
_NAMES_A_TIME = frozenset({Move.COMMITS, Move.ASSERTS, Move.NEGOTIATES})


@dataclass(frozen=True, slots=True)
class Heard:
    """What the partner picks up from one turn of the client.

    `question` is the kind of question that wants an answer (need, feeling, why, any) or None;
    `quote` two to five of the client's own words fit to be repeated, or None; `agrees` whether the
    turn is a few words of yes.
    """

    words: int
    question: str | None
    topic: Topic | None
    topic_asked: bool
    time: TimePhrase | None
    quote: str | None
    agrees: bool = False

    @property
    def next_to_nothing(self) -> bool:
        """Whether the client said one or two words, or only dots."""
        return self.words <= _TOO_FEW


def hear(reading: Reading, scenario: Scenario) -> Heard:
    """What the partner of a scenario hears in a turn."""
    plain = reading.text.replace("’", "'")
    words = [word.lower() for word in _WORD.findall(plain)]
    question, asking = _question(plain)
    topic = _topic(scenario, words)
    return Heard(
        words=len(words),
        question=question,
        topic=topic,
        topic_asked=topic is not None and question is not None and _mentions(asking, topic),
        time=reading.return_named if reading.moves & _NAMES_A_TIME else None,
        quote=_quote(reading),
        agrees=agreement().match(plain.strip().lower()) is not None,
    )


def _question(text: str) -> tuple[str | None, str]:
    """The kind of question the turn ends on or asks, and the sentence that asks it."""
    for sentence in reversed(_SENTENCES.findall(text)):
        spoken = sentence.strip().lower()
        if not spoken.endswith("?") and not _QUESTION_START.match(spoken):
            continue
        for kind, pattern in question_patterns():
            if pattern.search(spoken):
                if kind == "own-ask":
                    break
                return kind, spoken
        else:
            if spoken.endswith("?") and len(spoken.split()) > _TOO_FEW:
                return "any", spoken
    return None, ""


def _topic(scenario: Scenario, words: list[str]) -> Topic | None:
    spoken = f" {' '.join(words)} "
    for topic in scenario.topics:
        if any(f" {word} " in spoken for word in topic.words):
            return topic
    return None


def _mentions(sentence: str, topic: Topic) -> bool:
    spoken = f" {' '.join(_WORD.findall(sentence))} "
    return any(f" {word} " in spoken for word in topic.words)


def _quote(reading: Reading) -> str | None:
    """A clause of two to five plain words, from what hurt if anything did, else from the ask.

    Contempt is not repeated: the partner answers an insult, it does not give it more air.
    """
    order = [move for move in Move if move in HURTING and move is not Move.CONTEMPT]
    order += [Move.ASSERTS, Move.EXPRESSES]
    places = sorted(
        (order.index(f.move), reading.text[f.start : f.end])
        for f in reading.found
        if f.move in order
    )
    for _, words in places:
        for clause in re.split(r"[.,;:!?…()\n–—]+", words):
            short = clause.strip()
            if 2 <= len(short.split()) <= 5 and _QUOTABLE.match(short):
                return (
                    short if short.startswith(("I ", "I'", "I’")) else short[0].lower() + short[1:]
                )
    return None
