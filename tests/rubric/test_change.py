"""One change for the attempt: what it mends, where it is found, and that it keeps its promise."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rated import ACTS, TURNS, Turn
from shelves import stocked
from steady.places import shipped_scenarios
from steady.reading import Reader
from steady.records import Change, Found, Reading
from steady.rubric.change import change
from steady.rubric.exchange import ASKS, Exchange
from steady.rubric.mends.hold import names_return
from steady.rubric.mends.plain import asks
from steady.scenario.library import Library
from steady.scenario.model import Scenario
from steady.terms import HURTING, Act, Move, Rung

QUIET = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SIGNS = (
    (Move.CONTEMPT, r"idiot|genius"),
    (Move.THREATENS, r"leaving for good"),
    (Move.BLAMES, r"you (always|never)"),
    (Move.YIELDS, r"you win|never mind|we'll do it your way"),
    (Move.WITHDRAWS, r"leave me alone|whatever"),
    (Move.OVER_APOLOGISES, r"sorry.*sorry"),
    (Move.UNDERCUTS, r"maybe|possibly|if that's ok"),
    (Move.DEFENDS, r"I was busy"),
    (Move.ASSERTS, r"\bI (still )?need\b|could we|can we|I'd like"),
    (Move.COMMITS, r"\bat (eight|nine)\b|in (20|ten|twenty) minutes"),
    (Move.VALIDATES, r"I can see|I know (this|you)|fair"),
    (Move.EXPRESSES, r"I feel"),
)


def by_words(text: str, partner: str) -> Reading:
    """Reads by a few plain words, so that a test knows what is read and why."""
    found = tuple(
        Found(move, match.start(), match.end(), 0.95)
        for move, sign in SIGNS
        if (match := re.search(sign, text, re.IGNORECASE | re.DOTALL))
    )
    moves = {one.move for one in found}
    quality = 3.0 + 0.6 * len(moves - HURTING) - 1.2 * len(moves & HURTING)
    times = Reader().times(text) if Move.COMMITS in moves else ()
    odds = {move: 0.95 if move in moves else 0.02 for move in Move}
    return Reading(text, found, min(5.0, max(1.0, quality)), times, odds)


@cache
def reader() -> Reader:
    return Reader()


@cache
def shipped(scenario: str) -> Scenario:
    library = Library(shipped_scenarios(), Path("/nonexistent"))
    ids = {head.id for head in library.heads()}
    return library.find(scenario if scenario in ids else "need-a-minute").scenario


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    """A scenario that turns on a return; its script is "I need a minute, and I'll be back …"."""
    shelf = stocked(tmp_path)
    shelf.put("never-yes")
    return shelf.library.find("never-yes").scenario


def attempt(*turns: tuple[Act | None, str]) -> list[Exchange]:
    """The client's turns, each after an act of the partner, numbered as in a transcript."""
    return [
        Exchange(2 * n + 1, "Stay here and finish it.", act, by_words(text, ""))
        for n, (act, text) in enumerate(turns)
    ]


def one_change(scenario: Scenario, *turns: tuple[Act | None, str]) -> Change:
    found = change(attempt(*turns), scenario, Rung.FIRM, by_words)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said", "tried", "told"),
    [
        ("I need a break at eight, please. You absolute idiot.",
         "I need a break at eight, please.", "jab"),
        ("I need to go out, or I'm leaving for good. I'll be back at eight.",
         "I need to go out. I'll be back at eight.", "or else"),
        ("You always leave it to me. I feel tired.",
         "When you leave it to me, I feel alone with it. I feel tired.", "reproach"),
        ("I need ten minutes, but never mind.", "I need ten minutes.", "gives it back"),
        ("Sorry, sorry. I need a break at eight. Sorry again.",
         "I need a break at eight.", "heap of sorry"),
        ("I was wondering if maybe we could possibly talk at nine.",
         "Could we talk at nine?", "hedges"),
        ("I was busy, what do you want? I need a break at nine.",
         "I can see how much you want this. I need a break at nine.", "answers the charge"),
        ("I need a break. Let's talk later.", "I need a break. Let's talk at eight.", "no time"),
        ("I need a break.", "I need a break. I'll come back to you at eight.", "no time"),
    ],
)  # fmt: skip
def test_each_kind_of_mend_keeps_the_words_of_the_client(
    scenario: Scenario, said: str, tried: str, told: str
) -> None:
    found = one_change(scenario, (Act.PRESS, said))
    assert found.try_ == tried
    assert told in found.mends


def test_a_surrender_becomes_the_clients_own_earlier_ask_said_again(scenario: Scenario) -> None:
    found = one_change(
        scenario,
        (None, "I need twenty minutes, and I'm back at eight."),
        (Act.PRESS, "Okay okay, you win. We'll do it your way."),
    )
    assert found.turn == 3
    assert "I still need twenty minutes, and I'm back at eight." in found.try_
    assert found.instead == "Okay okay, you win. We'll do it your way."


def test_without_an_earlier_ask_the_line_of_the_rung_takes_its_place(scenario: Scenario) -> None:
    found = one_change(scenario, (Act.PRESS, "Okay okay, you win."))
    assert "I need a minute, and I'll be back at eight." in found.try_
    assert found.mends == "This line lets go of what you came for."


def test_the_time_the_client_named_before_is_the_time_that_is_missing_now(
    scenario: Scenario,
) -> None:
    found = one_change(scenario, (None, "I can see it. I'm back at nine."), (Act.PRESS, "whatever"))
    assert found.turn == 3
    assert "at nine" in found.try_ or "at eight" in found.try_


def test_a_turn_that_is_fine_is_left_alone(scenario: Scenario) -> None:
    good = "I can see this is hard. I need ten minutes, and I'm back at eight."
    assert change(attempt((None, good), (Act.PRESS, good)), scenario, Rung.FIRM, by_words) is None
    assert change([], scenario, Rung.FIRM, by_words) is None


def test_harm_comes_before_what_is_only_missing(scenario: Scenario) -> None:
    found = one_change(
        scenario, (None, "I need a break."), (Act.ACCUSE, "I need a break, you genius.")
    )
    assert found.turn == 3
    assert "genius" not in found.try_


def test_a_turn_that_was_made_good_gives_way_to_one_that_was_not(scenario: Scenario) -> None:
    found = one_change(
        scenario,
        (None, "You never listen to me. I feel tired."),
        (Act.PRESS, "I can see this hurts. I need ten minutes, and I'm back at eight."),
        (Act.PRESS, "You never listen to me. I feel tired."),
    )
    assert found.turn == 5


def test_agreeing_to_the_condition_of_the_partner_is_no_surrender(scenario: Scenario) -> None:
    turns = attempt(
        (None, "I can see this is hard. I need ten minutes, and I'm back at eight."),
        (Act.ACCEPT_WITH_CONDITION, "Okay, deal."),
    )
    assert change(turns, scenario, Rung.FIRM, reader().read) is None


def test_a_long_turn_shows_the_sentence_that_changes(scenario: Scenario) -> None:
    said = (
        "I can see how long this day was for you, and I want to hear about all of it tonight. "
        "You always start when I come in. I need ten minutes first, and I'm back at eight."
    )
    found = one_change(scenario, (Act.PRESS, said))
    assert found.instead == said[said.index("You always") :]
    assert found.try_ == (
        "When you start, it gets too much for me. I need ten minutes first, and I'm back at eight."
    )


def test_a_client_who_writes_small_gets_a_line_written_small(scenario: Scenario) -> None:
    assert "i need a minute" in one_change(scenario, (Act.PRESS, "ok ok you win")).try_


@pytest.mark.parametrize(
    "said",
    ["k", "idk", "...", "ok", "🙄", "asdfghjkl;;;", "asdkfj k no", "ytn ytn ghbdtn", "Нет, я устал",
     "もう話したくない", "", "   ", "what do i type here?", "[/", "is this app recording me"],
)  # fmt: skip
def test_what_is_no_speech_to_the_partner_gets_no_rewrite(said: str) -> None:
    reading = reader().read(said, "Well?")
    turns = [Exchange(1, "Well?", Act.PRESS, reading)]
    assert change(turns, shipped("need-a-minute"), Rung.GENTLE, reader().read) is None


@pytest.mark.parametrize(
    "said",
    ["🙂" * 4000, "([{<" * 1000, "sorry " * 660, "you never listen, " * 220, "I need it\n" * 400,
     "{when} {0} \\g<w> %s", "\x00\x1b[31mI need\x07 ten minutes, you idiot",
     "I need it" + "!" * 3900, "İ need ten minutes, you idiot",
     "\ue000 sorry sorry I need ten minutes",
     ("sorry if maybe you could possibly, because you never listen, " * 66)[:4000]],
)  # fmt: skip
def test_hostile_text_is_survived(said: str) -> None:
    read = reader().read
    turns = [Exchange(n, "You always do.", Act.ACCUSE, read(said, "")) for n in (1, 3)]
    found = change(turns, shipped("need-a-minute"), Rung.ACCUSED, read)
    assert found is None or (found.instead in said and found.try_.strip())


@QUIET
@given(st.lists(st.text(max_size=120), max_size=4), st.sampled_from(ACTS))
def test_any_attempt_is_survived(texts: list[str], act: Act | None) -> None:
    read = reader().read
    turns = [Exchange(2 * n + 1, "Why?", act, read(text, "Why?")) for n, text in enumerate(texts)]
    found = change(turns, shipped("workload-supervisor"), Rung.FIRM, read)
    assert found is None or found.instead in texts[found.turn // 2]


def of(turn: Turn, rung: Rung) -> tuple[Reading, Change | None]:
    """A rated turn as an attempt of its own: how it reads, and its change."""
    reading = reader().read(turn.text, turn.partner)
    exchange = Exchange(1, turn.partner, turn.act, reading)
    return reading, change([exchange], shipped(turn.scenario), rung, reader().read)


@QUIET
@given(st.sampled_from(TURNS), st.sampled_from(list(Rung)))
def test_a_change_put_into_the_turn_and_read_again_holds(turn: Turn, rung: Rung) -> None:
    before, found = of(turn, rung)
    if found is None:
        return
    assert found.instead in turn.text
    mended = turn.text.replace(found.instead, found.try_, 1)
    after = reader().read(mended, turn.partner)
    assert not after.moves & HURTING - before.moves
    assert after.quality >= before.quality
    assert after.moves - HURTING
    if "no time in it" in found.mends:
        assert names_return(after)
    if "not in the words" in found.mends or "not in it" in found.mends:
        assert not (asks(turn.text) and before.moves & ASKS)


@QUIET
@given(st.sampled_from(TURNS))
def test_the_same_attempt_has_the_same_change(turn: Turn) -> None:
    assert of(turn, Rung.FIRM) == of(turn, Rung.FIRM)


def test_poor_turns_mostly_get_a_change_and_good_ones_hardly_ever() -> None:
    poor = [of(turn, Rung.FIRM)[1] for turn in TURNS[:240] if turn.quality <= 2.5]
    good = [of(turn, Rung.FIRM)[1] for turn in TURNS[:240] if turn.quality == 5]
    assert len(poor) > 80
    assert sum(found is not None for found in poor) >= 0.7 * len(poor)
    assert len(good) > 40
    assert sum(found is not None for found in good) <= 0.15 * len(good)
