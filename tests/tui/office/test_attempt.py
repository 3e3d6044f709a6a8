"""An attempt: the words where they were shared, with what the program saw in them."""

from pathlib import Path

from textual.content import Content

from cases import FUMBLED, STRONG, Talk, came, given, noted, practised, shared
from driving import NARROW, WIDE, office_of, office_opened, sees, shown, until
from steady.office import Office
from steady.records import Found, SelfRating
from steady.store.caseload import CaseTurn
from steady.terms import Move, Rung, Speaker
from steady.tui.office.attempt_told import marked
from steady.tui.office.beside import BesideScreen
from steady.tui.widgets.sheet import Sheet

DARK = "I want to kill myself tonight"


def whole(sheet: Sheet) -> str:
    return "\n".join(
        (row.text if isinstance(row.text, Content) else row.text()).plain for row in sheet.rows
    )


def turn(text: str, *moves: Found) -> CaseTurn:
    from datetime import UTC, datetime

    return CaseTurn(
        number=1, speaker=Speaker.CLIENT, text=text, said_at=datetime(2026, 1, 1, tzinfo=UTC),
        moves=moves,
    )  # fmt: skip


def test_moves_are_underlined_and_numbered_and_what_hurts_is_bold_too() -> None:
    text = "I hear you. You never listen."
    words, names = marked(
        turn(text, Found(Move.BLAMES, 12, 29, 0.9), Found(Move.VALIDATES, 0, 11, 0.9))
    )
    assert words.plain == "¹I hear you. ²You never listen."
    assert names == ("validates", "blames")
    styles = {words.plain[span.start : span.end]: str(span.style) for span in words.spans}
    assert styles["I hear you."] == "underline"
    assert styles["You never listen."] == "bold underline"


def test_moves_that_overlap_or_lie_outside_do_no_harm() -> None:
    words, names = marked(
        turn(
            "[/] ok",
            Found(Move.YIELDS, 0, 6, 0.9),
            Found(Move.WITHDRAWS, 4, 6, 0.5),
            Found(Move.BLAMES, 6, 90, 0.5),
        )
    )
    assert "[/] " in words.plain
    assert names == ("yields", "withdraws", "blames")
    assert marked(turn(""))[0].plain == "(nothing)"
    assert marked(turn("\x1b[31mk\x1b[0m 🙂", Found(Move.YIELDS, 0, 5, 0.9)))[0].plain == "¹k 🙂"


async def test_the_transcript_with_hints_taken_back_turns_levels_and_tension(
    office: Office, tmp_path: Path
) -> None:
    client = given(office, tmp_path, "Ana")
    talk = Talk(
        ("[sighs] I hear you. I need twenty minutes.", *STRONG[1:]),
        hints=2,
        again="uh, whatever",
        felt=(SelfRating(3, 8), SelfRating(6, None)),
    )
    (number,) = practised(client, talk)
    noted(client, "no", "Not yet brave [/] enough.", number)
    office.take(shared(client, office, tmp_path, [talk], message="Read the second turn."))
    attempt = office.store.attempts(client.ref)[0].id
    for size in (NARROW, WIDE, (60, 20)):
        async with office_opened(size) as pilot:
            office_of(pilot).show_attempt(attempt)
            await sees(pilot, "What was said")
            page = " ".join(whole(pilot.app.screen.query_one(Sheet)).split())
            for words in (
                "before: sure 3, tense 8 · after: sure 6 (of 10)",
                "a breath before turn 1, a sentence starter before turn 1",
                "(before this: a breath)",
                "Client uh, ¹whatever",
                "taken back and said again",
                "[sighs]",
                "I need twenty minutes",
                "asserts",
                "Partner's tension",
                "Levels, worked out from the wording",
                "Validation",
                "What worked:",
                "In the packet's message: “Read the second turn.”",
                "not said, today: “Not yet brave [/] enough.”",
            ):
                assert words in page, words


async def test_where_only_levels_were_shared_that_is_said(office: Office, tmp_path: Path) -> None:
    client = came(office, tmp_path, "Ana", Talk(STRONG, words=False))
    async with office_opened() as pilot:
        office_of(pilot).show_attempt(office.store.attempts(client.ref)[0].id)
        await sees(pilot, "Only levels were shared of this attempt, none of its words.")
        page = whole(pilot.app.screen.query_one(Sheet))
        assert "Partner's tension" in page
        assert "●●●" in page
        assert "What worked" not in page


async def test_danger_is_said_on_top_and_beside_its_turn(office: Office, tmp_path: Path) -> None:
    client = given(office, tmp_path, "Ana")
    talk = Talk((DARK, *FUMBLED))
    practised(client, talk)
    office.take(shared(client, office, tmp_path, [talk], danger=True))
    async with office_opened() as pilot:
        office_of(pilot).show_attempt(office.store.attempts(client.ref)[0].id)
        await sees(pilot, "Words marked as danger came with this attempt")
        await sees(pilot, DARK)
        assert "marked as danger: self harm" in whole(pilot.app.screen.query_one(Sheet))


async def test_left_and_right_go_along_the_path(office: Office, tmp_path: Path) -> None:
    client = came(office, tmp_path, "Ana", Talk(STRONG, days_ago=5), Talk(FUMBLED))
    first, _ = office.store.attempts(client.ref)
    async with office_opened() as pilot:
        office_of(pilot).show_attempt(first.id)
        await sees(pilot, "1 of 2 · Ana")
        await pilot.press("left")
        await sees(pilot, "1 of 2 · Ana")
        await pilot.press("right")
        await sees(pilot, "2 of 2 · Ana")
        await pilot.press("right")
        await sees(pilot, "gave in")
        await pilot.press("n")
        await sees(pilot, "A note for yourself.")
        await pilot.press("escape", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, BesideScreen))


async def test_an_attempt_erased_meanwhile_is_told(office: Office, tmp_path: Path) -> None:
    async with office_opened() as pilot:
        office_of(pilot).show_attempt(99)
        await sees(pilot, "holds no attempt 99")
        await pilot.press("left", "c", "n", "escape")
        await sees(pilot, "Nobody is here yet.")


async def test_first_and_latest_stand_side_by_side_where_there_is_room(
    office: Office, tmp_path: Path
) -> None:
    client = came(
        office, tmp_path, "Ana", Talk(FUMBLED, days_ago=9), Talk(BETWEEN), Talk(STRONG)
    )  # fmt: skip
    async with office_opened(WIDE) as pilot:
        office_of(pilot).show_beside(client.ref, "avoiding-me")
        await sees(pilot, "1 attempt between them")
        screen = shown(pilot)
        (heads,) = (line for line in screen.splitlines() if "The first" in line)
        assert "The latest" in heads
        assert "3 up" in screen
        assert "gave in, then held" in screen
    async with office_opened(NARROW) as pilot:
        office_of(pilot).show_beside(client.ref, "avoiding-me")
        await sees(pilot, "The first")
        page = whole(pilot.app.screen.query_one(Sheet))
        assert page.index("The first") < page.index("Sorry, sorry") < page.index("The latest")
        assert page.index("The latest") < page.index("come and sit down")


BETWEEN = ("ok", "I need a minute.")


async def test_side_by_side_on_one_rung_and_with_one_attempt_alone(
    office: Office, tmp_path: Path
) -> None:
    client = came(office, tmp_path, "Ana", Talk(STRONG, rung=Rung.FIRM))
    async with office_opened(WIDE) as pilot:
        office_of(pilot).show_beside(client.ref, "avoiding-me")
        await sees(pilot, "There is one attempt so far.")
        await pilot.press("right")
        await sees(pilot, "No talk at this scenario was shared on this rung.")
        await pilot.press("right")
        await sees(pilot, "There is one attempt so far.")
        await pilot.press("escape")
        await sees(pilot, "need a look")
