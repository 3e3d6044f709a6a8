import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steady.safety.redaction import Redactor, Restorer

TURNS = Path(__file__).parents[2] / "training" / "turns_dev.jsonl"
SETTING = "Alex is in the doorway. Maya's mother called about the Sunday dinner."


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("priya said you'd be late", "NAME_1 said you'd be late"),
        ("PRIYA SAID YOU'D BE LATE", "NAME_1 SAID YOU'D BE LATE"),
        ("Priya thinks so, and so does priya’s mum", "NAME_1 thinks so, and so does NAME_1’s mum"),
        ("its priyas turn", "its NAME_1s turn"),
        ("I was at Xochimilla's, with Brzezinski", "I was at NAME_1's, with NAME_2"),
        ("zork said no", "NAME_1 said no"),
        ("my friend zork is here", "my friend NAME_1 is here"),
        ("ask mr thistlewhite", "ask mr NAME_1"),
        ("I told Will about Hope", "I told NAME_1 about NAME_2"),
        ("call me on 07700 900123", "call me on PHONE_1"),
        ("+44 (0)7700-900.123 or 555-0199", "PHONE_1 or PHONE_2"),
        ("we live at 14 Elm Street", "we live at ADDRESS_1"),
        ("come to flat 3, 14b old mill lane, M1 4BT", "come to ADDRESS_1, ADDRESS_2"),
        ("shes on elm street", "shes on ADDRESS_1"),
        ("po box 123", "ADDRESS_1"),
        ("write to jo.o'neil+x@mail.example.co.uk ok", "write to MAIL_1 ok"),
        ("sam (at) gmail (dot) com", "MAIL_1"),
        ("sam at gmail dot com", "MAIL_1"),
        ("see https://example.org/a?b=c and maps.example.com/x", "see LINK_1 and LINK_2"),
        ("dm @sam_99, or insta: sam.nine", "dm LINK_1, or insta: LINK_2"),
    ],
)
def test_who_and_where_are_replaced(typed: str, sent: str) -> None:
    assert Redactor().hide(typed) == sent


@pytest.mark.parametrize(
    "typed",
    [
        "I'm 5 minutes down the road, on my way",
        "2 hours drive and 20 minutes walk",
        "It's half past eight. Will you come? May I? Hope so. Mark my words.",
        "I'll be back in 20 minutes, at 8.30 or 20:45",
        "You've been to the office on Monday and it is still not ok, God.",
        "that'd be 1,000,000 or £3500000",
        "[sighs] k 😐",
        "She said so. Mum said so. Everyone said so. Nobody asked.",
        "YOU NEVER LISTEN TO ME",
        "later... maybe. in the street. at the end of the lane",
        "My father swallowed it. A violinist doesn't ask. It was 4 March, an old T-shirt.",
        "ich komme gleich zurück",
        "今日は疲れた",
        "",
    ],
)
def test_everyday_words_stay(typed: str) -> None:
    assert Redactor().hide(typed) == typed


def test_the_scenarios_own_names_stay() -> None:
    redactor = Redactor([SETTING])
    assert redactor.hide("Alex, maya called. So did Priya.") == "Alex, maya called. So did NAME_1."


def test_a_name_met_once_is_known_from_then_on_wherever_it_stands() -> None:
    redactor = Redactor()
    assert redactor.hide("my friend zork is here") == "my friend NAME_1 is here"
    assert redactor.hide("Zork? So zork it is, and kiki said so.") == (
        "NAME_1? So NAME_1 it is, and NAME_2 said so."
    )


def test_what_is_shown_has_the_clients_own_words_again() -> None:
    redactor = Redactor()
    redactor.hide("priya said call 07700 900123 at 14 Elm Street")
    assert redactor.restore("So NAME_1 (name_1!) has PHONE_1 at ADDRESS_1.") == (
        "So Priya (Priya!) has 07700 900123 at 14 Elm Street."
    )


def test_a_placeholder_that_stands_for_nothing_is_not_shown() -> None:
    assert Redactor().restore("NAME_7 has PHONE_3, or NAME_12.") == (
        "someone has that number, or someone."
    )


def test_a_placeholder_typed_by_the_client_stands_for_nothing() -> None:
    assert Redactor().hide("NAME_1 and NAME_2 said PHONE_1") == "NAME_1 and NAME_2 said PHONE_1"


@pytest.mark.parametrize("cut", range(1, 6))
def test_a_streamed_text_is_restored_across_its_pieces(cut: int) -> None:
    redactor = Redactor()
    redactor.hide("priya, zoe, olga, kim, tom, jane, greta, fritz, ivan, boris and 07700 900123")
    text = "Name no names: NAME_1, NAME_10 and NAME_11; P PHONE_1. No name"
    restorer = Restorer(redactor)
    shown = [restorer.feed(text[at : at + cut]) for at in range(0, len(text), cut)]
    assert "".join([*shown, restorer.finish()]) == redactor.restore(text)


def test_only_what_may_begin_a_placeholder_is_held_back() -> None:
    restorer = Restorer(Redactor())
    assert restorer.feed("Later when? And ") == "Later when? And "
    assert restorer.feed("then na") == "then "
    assert restorer.feed("h.") == "nah."


@given(st.text(max_size=300))
def test_hiding_and_restoring_gives_back_what_was_typed_but_for_a_names_capital(text: str) -> None:
    redactor = Redactor()
    sent = redactor.hide(text)
    assert redactor.restore(sent).casefold() == text.casefold() or "_" in text


def test_a_very_long_paste_is_done_with_soon() -> None:
    for piece in ("14 elm ", "a.b.", "@", "1 ", "call on ", "at ", "mr ", "x" * 50 + " "):
        assert Redactor().hide(piece * 5_000)


def test_few_ordinary_turns_lose_a_word() -> None:
    """Of invented turns that name few people, most travel unchanged."""
    turns = [json.loads(line)["text"] for line in TURNS.read_text("utf-8").splitlines()]
    changed = [turn for turn in turns if Redactor().hide(turn) != turn]
    assert len(changed) <= 0.1 * len(turns)


def test_figures_written_onto_a_name_go_with_it() -> None:
    redactor = Redactor()
    assert redactor.hide("ask priya99, or priya") == "ask NAME_1, or NAME_2"
    assert redactor.restore("NAME_1, NAME_2") == "Priya99, Priya"
