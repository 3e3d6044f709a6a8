"""Packs and packets to test with: whole ones, with something in every field."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pyrage import x25519

from steady.homework.formats import (
    PACK,
    PACK_VERSION,
    PACKET,
    PACKET_VERSION,
    Assignment,
    Pack,
    PackClient,
    Packet,
    PacketClient,
    PackScenario,
    PackTherapist,
    SharedAid,
    SharedAttempt,
    SharedChange,
    SharedFieldNote,
    SharedKeep,
    SharedLevel,
    SharedMove,
    SharedRating,
    SharedScenario,
    SharedTurn,
    SharedWords,
)
from steady.places import shipped_scenarios
from steady.terms import (
    Act,
    Aid,
    Criterion,
    Danger,
    Ending,
    Move,
    Outcome,
    Part,
    Rung,
    Speaker,
)

IDENTITY = x25519.Identity.generate()
KEY = str(IDENTITY.to_public())
OTHER = x25519.Identity.generate()
MADE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROUGH = "I said [sighs] “ok” 🙂 – не знаю\n[/b] and [link=x]left[/link]"
SAID = "I hear you. I need 20 minutes, then I'll come back."


def own_toml(scenario_id: str = "my-ask", more: str = "") -> str:
    """A sound scenario of a therapist's own."""
    text = (shipped_scenarios() / "avoiding-me.toml").read_text("utf-8")
    return text.replace('id = "avoiding-me"', f'id = "{scenario_id}"', 1) + more


def assignment(number: int = 1, scenario: str = "avoiding-me", **changes: Any) -> Assignment:
    fields: dict[str, Any] = {"rung": Rung.GENTLE, "times": 3, "due": date(2026, 11, 24)}
    return Assignment(id=UUID(int=number), scenario=scenario, **{**fields, **changes})


def pack(**changes: Any) -> Pack:
    """A pack with two assignments, one of a scenario it brings."""
    fields: dict[str, Any] = {
        "format": PACK,
        "version": PACK_VERSION,
        "pack_id": UUID(int=100),
        "made": MADE,
        "therapist": PackTherapist(name="Dr Moreno", public_key=KEY),
        "client": PackClient(ref=UUID(int=200), name="Ann"),
        "message": f"Take your time.\n{ROUGH}",
        "assignments": (
            assignment(1, note=ROUGH),
            assignment(2, "my-ask", rung=Rung.FIRM, times=1, due=None, aids="off"),
        ),
        "scenarios": (PackScenario(id="my-ask", toml=own_toml()),),
    }
    return Pack(**{**fields, **changes})


def words() -> SharedWords:
    return SharedWords(
        turns=(
            SharedTurn(
                number=0,
                speaker=Speaker.PARTNER,
                text="Later when?",
                tension=0.5,
                heard=0.25,
                trust=1.0,
                said_at=MADE,
            ),
            SharedTurn(
                number=1,
                speaker=Speaker.CLIENT,
                text="no",
                quality=2.0,
                replaced=1,
                said_at=MADE,
                danger=Danger.SELF_HARM,
            ),
            SharedTurn(
                number=1,
                speaker=Speaker.CLIENT,
                text=SAID,
                quality=4.25,
                moves=(
                    SharedMove(move=Move.VALIDATES, start=0, end=10, probability=0.8),
                    SharedMove(move=Move.ASSERTS, start=12, end=29, probability=0.9),
                ),
                said_at=MADE,
            ),
            SharedTurn(
                number=2,
                speaker=Speaker.PARTNER,
                text=ROUGH,
                act=Act.PRESS,
                tension=0.25,
                heard=0.5,
                trust=0.5,
                said_at=MADE,
                told=True,
            ),
        ),
        evidence={Criterion.VALIDATION: "I hear you."},
        keep=SharedKeep(quote="I hear you.", why="You took it in first.", turn=1),
        change=SharedChange(instead="I might", try_="I will", mends="It named no time.", turn=1),
    )


def attempt(number: int = 7, *, spoken: bool = True, **changes: Any) -> SharedAttempt:
    """A finished attempt, with its words or with levels only."""
    fields: dict[str, Any] = {
        "number": number,
        "assignment": UUID(int=1),
        "scenario": SharedScenario(
            id="avoiding-me",
            title="“You've been avoiding me”",
            content_hash="ab" * 32,
            relationship="partner",
            origin="shipped",
        ),
        "rung": Rung.FIRM,
        "part": Part.RETURN,
        "agreed": "in 20 minutes" if spoken else "",
        "started": MADE,
        "ended": MADE,
        "outcome": Outcome.HELD,
        "ending": Ending.ACCEPTED,
        "aids_offered": True,
        "aided": True,
        "client_turns": 1,
        "levels": (
            SharedLevel(criterion=Criterion.VALIDATION, level=2),
            SharedLevel(criterion=Criterion.FEW_WORDS, level=None, reader="embedded+model"),
        ),
        "before": SharedRating(sure=3, tense=8),
        "after": SharedRating(sure=None, tense=5),
        "aids": (SharedAid(aid=Aid.BREATH, number=1),),
        "voice": "mixed",
        "tension": (0.5, 0.25),
        "words": words() if spoken else None,
    }
    return SharedAttempt(**{**fields, **changes})


def packet(**changes: Any) -> Packet:
    """A packet with an attempt in words, one in levels, and a field note."""
    fields: dict[str, Any] = {
        "format": PACKET,
        "version": PACKET_VERSION,
        "packet_id": UUID(int=300),
        "client": PacketClient(id=UUID(int=400), ref=UUID(int=200), name="Ann"),
        "sequence": 3,
        "made": MADE,
        "message": ROUGH,
        "attempts": (attempt(7), attempt(8, spoken=False)),
        "field_notes": (
            SharedFieldNote(
                id=UUID(int=500),
                scenario="avoiding-me",
                number=7,
                said="not yet",
                text=ROUGH,
                noted_at=MADE,
            ),
        ),
    }
    return Packet(**{**fields, **changes})


def as_tree(whole: Pack | Packet) -> dict[str, Any]:
    """The JSON of a file as Python values, to be spoilt."""
    tree: dict[str, Any] = json.loads(whole.model_dump_json(by_alias=True))
    return tree


def as_bytes(tree: object) -> bytes:
    return json.dumps(tree).encode("utf-8", "surrogatepass")


def listing(folder: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes, but for a database's working files."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }
