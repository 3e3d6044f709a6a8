from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steady.store import Store
from steady.terms import Outcome, Rung, Speaker

if TYPE_CHECKING:
    from store.conftest import Desk


def say(desk: Desk, store: Store, *texts: str) -> int:
    attempt = store.begin(desk.start())
    for number, text in enumerate(texts):
        store.client_turn(attempt, desk.client(number, text))
    return attempt


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('I said "no" to her', '"no"'),
        ('I said "no" to her', '"no'),
        ('I said "no" to her', 'said no"'),
        ("I feel [sad] (really)", "[sad]"),
        ("I feel [sad] (really)", "(really"),
        ("I feel [sad] (really)", "feel )"),
        ("come AND sit NOT stand", "NOT"),
        ("a near thing", "near"),
        ("half past eight", "-past"),
        ("half past eight", "^half"),
        ("text: the word", "text:"),
        ("I’m here", "I'm"),
        ("Café au lait", "cafe"),
        ("cafe", "CAFÉ"),
        ("in twenty minutes", "twenty minu"),
        ("שלום לך", "שלום"),
        ("أحتاج إلى دقيقة", "دقيقة"),
        ("wait 🙂 please", "🙂"),
        ("wait 🙂 please", "🙂 wait"),
        ("what?!", "?!"),
        ("50% of it", "%"),
        ("one * two", "*"),
        ("a\tb", "a b"),
        ("don't; DROP TABLE turns", "'; DROP TABLE turns"),
    ],
)
def test_what_was_said_is_found_however_it_is_asked_for(desk: Desk, text: str, asked: str) -> None:
    with desk.open() as store:
        say(desk, store, text, "something else altogether")
        assert [hit.text for hit in store.search(asked)] == [text]


@pytest.mark.parametrize(
    "asked",
    ["", "   ", "\0", '"', '""', "*", "zebra", "said OR zebra", "said AND zebra", "NEAR(said no)",
     "{said zebra}", "col : said", "\ud83d", "said" * 5000, "said zebra " * 5000, "((((" * 3000],
)  # fmt: skip
def test_no_text_is_an_operator_or_a_fault(desk: Desk, asked: str) -> None:
    with desk.open() as store:
        say(desk, store, "I said no")
        assert store.search(asked) == ()


def test_all_words_are_wanted_in_any_order_and_only_the_last_may_be_cut(desk: Desk) -> None:
    with desk.open() as store:
        say(desk, store, "ten minutes, then tea", "ten hours", "tea in minutes")
        assert len(store.search("tea minutes")) == 2
        assert len(store.search("minutes te")) == 2
        assert len(store.search("minu tea")) == 0


def test_the_newest_come_first_and_no_more_than_asked_for(desk: Desk) -> None:
    with desk.open() as store:
        say(desk, store, "tea one", "tea two")
        say(desk, store, "tea three")
        assert [hit.text for hit in store.search("tea", limit=2)] == ["tea three", "tea two"]


def test_a_hit_says_where_it_stands(desk: Desk) -> None:
    with desk.open() as store:
        attempt = desk.attempt(store, Outcome.HELD, line="Whatever.")
        store.replace_from(attempt, 2)
        newest, oldest = store.search("whatever")
    assert (oldest.attempt, oldest.number, oldest.speaker) == (attempt, 0, Speaker.PARTNER)
    assert (oldest.scenario, oldest.title, oldest.rung) == ("minute", "“minute”, a1", Rung.FIRM)
    assert (newest.replaced, oldest.replaced) == (True, False)


def test_the_index_holds_to_the_turns_through_every_change(desk: Desk) -> None:
    with desk.open() as store:
        kept = say(desk, store, "tea kept", "tea replaced")
        gone = say(desk, store, "tea forgotten")
        store.replace_from(kept, 1)
        store.forget_attempt(gone)
        assert [hit.text for hit in store.search("tea")] == ["tea replaced", "tea kept"]
    with desk.raw() as raw:
        raw.execute("UPDATE turns SET text = 'coffee' WHERE text = 'tea kept'")
        raw.execute("INSERT INTO turns_fts (turns_fts) VALUES ('integrity-check')")
    with desk.open() as store:
        assert [hit.text for hit in store.search("coffee")] == ["coffee"]
