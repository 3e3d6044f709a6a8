"""A rehearsal as events: one JSON object a line, one line of input a turn.

The commands `/hint`, `/again`, `/end` and, after a `danger` event, `/go-on` work as in the plain
face. The events are described in `docs/faces.md`.
"""

import json
from typing import Any, TextIO

from steady.cli.answering import Answering
from steady.practice.rehearsal import Alarm, Aside, Rehearsal, Said
from steady.records import ClientTurn, Feedback, PartnerTurn, Reading, Usage


def rehearse(
    rehearsal: Rehearsal, source: TextIO, out: TextIO, answering: Answering | None = None
) -> None:
    """Run the rehearsal to its end or to the end of the input, then print the feedback.

    `answering` is how the partner answers; at once, in the built-in voice, where it is None.
    """
    scene = rehearsal.scene
    emit = _Emitter(out)
    partner = answering or Answering(rehearsal)

    def notice(text: str) -> None:
        emit("notice", text=text)

    emit(
        "start",
        attempt=rehearsal.attempt,
        scenario=scene.scenario.id,
        title=scene.scenario.title,
        rung=scene.rung.value,
        part=scene.part.value,
        seed=scene.seed,
        partner=scene.scenario.partner.name,
        script=scene.script,
    )
    _emit_line(rehearsal.last_line, emit)
    alarm: Alarm | None = None
    for line in source:
        text = line.rstrip("\n")
        command = text.strip()
        if alarm is not None:
            if command != "/go-on":
                break
            said: Said = partner.misread(alarm, notice)
            alarm = None
        elif command == "/end":
            break
        elif command == "/hint":
            _hint(rehearsal, emit)
            continue
        elif command == "/again":
            _again(rehearsal, emit)
            continue
        else:
            said = partner.say(text, notice)
        _emit_said(said, emit)
        if isinstance(said, Alarm):
            alarm = said
        if rehearsal.ending is not None:
            break
    found = partner.close(notice)
    _emit_close(found, partner.usage(), partner.currency, emit)


class _Emitter:
    """Prints events, each at once, so that another program can answer."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __call__(self, event: str, **facts: Any) -> None:
        self._out.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
        self._out.flush()


def _emit_said(said: Said, emit: _Emitter) -> None:
    if isinstance(said, Alarm):
        emit("danger", turn=said.client.number, danger=said.danger.value)
        return
    emit("reading", turn=said.client.number, moves=_moves(said.client.reading))
    if isinstance(said, Aside):
        emit("aside", turn=said.client.number, text=said.help.text, starter=said.help.starter)
        return
    if said.cut:
        emit("notice", text=cut_notice(said.client))
    _emit_line(said.partner, emit)


def cut_notice(turn: ClientTurn) -> str:
    """What is said when a turn is longer than the partner hears."""
    from steady.practice.rehearsal import MAX_TURN

    return (
        f"That was {len(turn.text):,} characters; the partner heard the first {MAX_TURN:,}. "
        "All of it is kept."
    )


def _moves(reading: Reading) -> list[dict[str, Any]]:
    return [
        {"move": found.move.value, "start": found.start, "end": found.end}
        for found in reading.found
    ]


def _emit_line(turn: PartnerTurn, emit: _Emitter) -> None:
    """A line of the partner; what is told and not spoken is a scene."""
    emit(
        "scene" if turn.told else "partner",
        turn=turn.number,
        text=turn.text,
        act=turn.act.value if turn.act else "open",
        stance={
            "tension": turn.stance.tension,
            "heard": turn.stance.heard,
            "trust": turn.stance.trust,
        },
        voice=turn.voice,
        why=turn.voice_why,
    )


def _hint(rehearsal: Rehearsal, emit: _Emitter) -> None:
    if not rehearsal.scene.aids_offered:
        emit("notice", text="This rehearsal is without aids.")
        return
    hint = rehearsal.hint()
    if hint is None:
        emit("notice", text="That was the last hint for this moment.")
    else:
        emit("hint", aid=hint.aid.value, text=hint.text)


def _again(rehearsal: Rehearsal, emit: _Emitter) -> None:
    """Go back to before the client's last turn."""
    mine = [turn for turn in rehearsal.turns if isinstance(turn, ClientTurn)]
    if not mine:
        emit("notice", text="There is no turn of yours to say again yet.")
        return
    was = rehearsal.rewind(mine[-1].number)
    emit("again", turn=mine[-1].number, was=was)
    _emit_line(rehearsal.last_line, emit)


def _emit_close(found: Feedback, usage: Usage, currency: str, emit: _Emitter) -> None:
    emit("end", outcome=found.outcome.value, ending=found.ending.value)
    emit(
        "feedback",
        criteria=[
            {"name": level.criterion.value, "level": level.level, "evidence": level.evidence}
            for level in found.levels
        ],
        keep={"quote": found.keep.quote, "why": found.keep.why} if found.keep else None,
        change=(
            {"instead": found.change.instead, "try": found.change.try_, "mends": found.change.mends}
            if found.change
            else None
        ),
        reader=found.reader,
        coach=found.coach,
        model=(
            {
                "requests": usage.requests,
                "tokens": usage.tokens,
                "estimated": usage.estimated,
                "cost": usage.cost,
                "currency": currency,
            }
            if usage.requests
            else None
        ),
    )
