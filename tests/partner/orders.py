"""Orders to try a voice with."""

from dataclasses import replace

from steady.partner.order import Card, Line, Order, task_of
from steady.terms import Act, Speaker

CARD = Card(
    name="Alex",
    relationship="partner",
    setting="Early evening; you stand in front of a canvas.",
    need="You need 20 minutes.",
    manner="Fast, in bursts.",
    concern="",
    softened_by="A time.",
    inflamed_by="A turned back.",
)
PRESS = Order(
    card=CARD,
    stance="You are tense and short.",
    act=Act.PRESS,
    task=task_of(Act.PRESS),
    examples=("I'm home, you're home.", "No more one word. I want sentences."),
    turns=(Line(Speaker.PARTNER, "Later when? That's all I've wanted to know since noon."),),
    said="I need 20 minutes, then I'll come to you.",
    embedded="You had all day to get ready for me coming through that door.",
    spoken=("Later when? That's all I've wanted to know since noon.",),
)


def order_for(act: Act, **facts: object) -> Order:
    """The order for another act."""
    return replace(PRESS, act=act, task=task_of(act), **facts)  # type: ignore[arg-type]
