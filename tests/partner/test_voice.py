"""The embedded voice: the act in this partner's words."""

import string

import pytest

from readings import reading
from steady.partner.embedded import EmbeddedPartner
from steady.partner.voice import fill
from steady.places import shipped_scenarios
from steady.scenario.library import Found, Library
from steady.scenario.model import slots_of
from steady.terms import Move, Rung

TIMES = (
    "in 20 minutes",
    "at half eight",
    "after the kids are in bed",
    "tomorrow",
    "on Thursday",
    "when we're both calmer",
    "by Friday",
    "tonight",
)


def every_line() -> list[tuple[str, str]]:
    """Every partner line that ships, with the file it stands in."""
    shipped = shipped_scenarios()
    library = Library(shipped, shipped / "none")
    lines = []
    for head in library.heads():
        found = library.find(head.id)
        lines += [(head.id, line) for line in found.scenario.own_lines()]
        lines += [(found.bank.relationship.value, line) for line in found.bank.own_lines()]
    return sorted(set(lines))


def test_every_slot_is_filled_whatever_the_client_named() -> None:
    for source, line in every_line():
        if not slots_of(line):
            continue
        for time in TIMES:
            said = fill(line, {"time": time, "was": "at seven", "quote": "not like this"})
            assert "{" not in said and "}" not in said, (source, line)
            assert "  " not in said, (source, line)
            assert not any(f" {stop} {time}" in said for stop in ("at", "until", "for")), (
                source,
                said,
            )


def test_a_slot_that_begins_a_sentence_begins_with_a_capital() -> None:
    for source, line in every_line():
        said = fill(line, {"time": "at eight", "was": "at seven", "quote": "not now"})
        start = said.lstrip("“\"'")
        assert not start[0].islower(), (source, said)
        for stop in (". ", "? ", "! ", ". “", "? “"):
            assert f"{stop}at eight" not in said, (source, said)
            assert f"{stop}not now" not in said, (source, said)


def test_a_long_talk_never_hears_a_line_twice(found: Found) -> None:
    partner = EmbeddedPartner(found.scenario, found.bank, Rung.ACCUSED, seed=3)
    reply = partner.open()
    for number in range(25):
        move = [Move.ASSERTS, Move.DESCRIBES, Move.EXPRESSES][number % 3]
        reply = partner.reply(reply.state, reading("I want to talk about it", move))
        if reply.ending:
            break
    assert len(set(reply.state.said)) == len(reply.state.said)


def test_the_same_seed_and_words_give_the_same_rehearsal(found: Found) -> None:
    def run(seed: int) -> list[str]:
        partner = EmbeddedPartner(found.scenario, found.bank, Rung.FIRM, seed)
        reply = partner.open()
        said = [reply.text]
        for _ in range(5):
            reply = partner.reply(reply.state, reading("I need a break", Move.ASSERTS))
            said.append(reply.text)
        return said

    assert run(1) == run(1)
    assert run(1) != run(2)


def test_lines_heard_in_the_last_attempts_are_left_alone_while_others_are_left(
    found: Found,
) -> None:
    heard: list[tuple[str, ...]] = []
    for seed in range(4):
        partner = EmbeddedPartner(found.scenario, found.bank, Rung.FIRM, seed, heard)
        reply = partner.open()
        for _ in range(4):
            reply = partner.reply(reply.state, reading("I need a break", Move.ASSERTS))
        assert not {line for lines in heard for line in lines} & set(reply.state.said)
        heard.insert(0, reply.state.said)


def test_the_time_the_client_named_comes_back(found: Found) -> None:
    said = []
    for seed in range(30):
        partner = EmbeddedPartner(found.scenario, found.bank, Rung.FIRM, seed)
        turn = reading("I need a break, I'll come back in 20 minutes", Move.ASSERTS, Move.COMMITS)
        said.append(partner.reply(partner.open().state, turn).text.lower())
    assert sum("in 20 minutes" in line for line in said) >= 5


@pytest.mark.parametrize("name", ["time", "quote"])
def test_no_line_needs_what_the_client_has_not_said(found: Found, name: str) -> None:
    for seed in range(30):
        partner = EmbeddedPartner(found.scenario, found.bank, Rung.FIRM, seed)
        turn = reading("I can't do this", Move.ASSERTS)
        reply = partner.reply(partner.open().state, turn)
        names = {field for _, field, _, _ in string.Formatter().parse(reply.text) if field}
        assert name not in names
