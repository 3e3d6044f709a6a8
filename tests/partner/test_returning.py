"""The return: the time is over, and the client opens the talk again."""

from readings import reading
from steady.partner.embedded import PartnerReply
from steady.partner.returning import ReturningPartner
from steady.places import shipped_scenarios
from steady.records import Reading
from steady.scenario.library import Found, Library
from steady.terms import Act, Ending, Move, Rung

SOFT = reading("I said 20 minutes, and here I am. I felt bad leaving.", Move.EXPRESSES)
MATTER = reading("You waited all day, and I want to tell you why", Move.VALIDATES, Move.ASSERTS)
HOT = reading("Happy now? You always win", Move.BLAMES)


def played(found: Found, *turns: Reading, seed: int = 1) -> list[PartnerReply]:
    """The scene and the partner's answers, until it ends."""
    partner = ReturningPartner(found.scenario, Rung.FIRM, seed, "in 20 minutes")
    replies = [partner.open()]
    for turn in turns:
        if replies[-1].ending is None:
            replies.append(partner.reply(replies[-1].state, turn))
    return replies


def test_it_opens_with_where_the_partner_is_and_not_with_a_line(found: Found) -> None:
    scene = played(found)[0]
    assert scene.told
    assert found.scenario.return_ is not None
    assert scene.text in found.scenario.return_.scenes


def test_a_soft_opening_is_received_tested_once_and_closed(found: Found) -> None:
    replies = played(found, SOFT, MATTER, MATTER)
    assert [reply.act for reply in replies[1:]] == [Act.SOFTEN, Act.QUESTION, Act.ACCEPT]
    assert replies[-1].ending is Ending.ACCEPTED


def test_a_hard_opening_is_bristled_at_and_a_second_ends_it(found: Found) -> None:
    replies = played(found, HOT, HOT)
    assert [reply.act for reply in replies[1:]] == [Act.CALL_OUT, Act.LEAVE_HURT]
    assert replies[-1].ending is Ending.CLIENT_BLEW_UP


def test_a_hard_opening_can_be_mended(found: Found) -> None:
    replies = played(found, HOT, SOFT, MATTER, MATTER)
    assert replies[-1].ending is Ending.ACCEPTED


def test_saying_nothing_twice_ends_it(found: Found) -> None:
    replies = played(found, reading("k"), reading("whatever", Move.WITHDRAWS))
    assert replies[-1].ending is Ending.CLIENT_SHUT_DOWN


def test_it_comes_to_an_end_whatever_is_said() -> None:
    shipped = shipped_scenarios()
    library = Library(shipped, shipped / "none")
    for head in library.heads():
        replies = played(library.find(head.id), *[reading("I want milk")] * 12)
        assert replies[-1].ending is not None
        texts = [reply.text for reply in replies]
        assert len(set(texts)) == len(texts)
        assert not any("{" in text for text in texts)
