"""A report as JSON, in the format that `docs/formats.md` describes."""

import json
from datetime import datetime
from typing import Any

from steady.progress.calibration import Agreement
from steady.progress.client import Slice
from steady.progress.due import Standing
from steady.progress.report import COMPUTED, Report
from steady.records import SelfRating
from steady.rubric.anchors import anchor
from steady.store.caseload import CaseAttempt, CaseTurn, CaseWords

FORMAT = "steady-report"
VERSION = 1


def as_json(report: Report) -> str:
    """The report as one JSON object. Its attempts and field notes have a packet's own form.

    Each member is on a line of its own, and so is each entry of a list.
    """
    lines = ",\n".join(
        f"{json.dumps(name)}: {_entries(value)}" for name, value in _object(report).items()
    )
    return f"{{\n{lines}\n}}\n"


def _entries(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n]"


def _object(report: Report) -> dict[str, Any]:
    view = report.view
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": _stamp(report.made),
        "therapist": report.therapist,
        "client": {"ref": view.client.ref, "name": view.client.name},
        "chosen": _chosen(view.slice),
        "clock": view.clock,
        "levels": {
            "least": 0,
            "most": 3,
            "computed": COMPUTED,
            "criteria": [
                {
                    "criterion": criterion,
                    "name": anchor(criterion).name,
                    "meanings": list(anchor(criterion).levels),
                    "agreement": _agreement(found),
                }
                for criterion, found in report.agreement.items()
            ],
        },
        "assignments": [_assignment(each) for each in view.assignments],
        "attempts": [_attempt(each, report.words.get(each.id)) for each in view.attempts],
        "field_notes": [
            {
                "id": note.id,
                "scenario": note.scenario,
                "number": note.number,
                "said": note.said,
                "text": note.text,
                "noted_at": _stamp(note.noted),
            }
            for note in view.field_notes
        ],
        "packets": [
            {
                "sequence": packet.sequence,
                "made": _stamp(packet.made),
                "imported": _stamp(packet.imported),
                "message": packet.message,
                "attempts": packet.attempts,
            }
            for packet in view.packets
        ],
        "notes": [{"text": note.text, "noted": _stamp(note.noted)} for note in view.notes]
        if report.notes
        else None,
    }


def _chosen(chosen: Slice) -> dict[str, str | None]:
    return {
        "from": chosen.since.isoformat() if chosen.since else None,
        "to": chosen.until.isoformat() if chosen.until else None,
        "scenario": chosen.scenario,
        "rung": chosen.rung,
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "rated": found.pairs,
        "kappa": _rounded(found.kappa),
        "low": _rounded(found.low),
        "high": _rounded(found.high),
        "caution": found.weak,
    }


def _assignment(standing: Standing) -> dict[str, Any]:
    each = standing.assigned
    return {
        "id": each.id,
        "scenario": each.scenario,
        "title": each.title,
        "rung": each.rung,
        "times": each.times,
        "shared": each.shared,
        "due": each.due.isoformat() if each.due else None,
        "state": standing.state,
        "aids": each.aids,
        "note": each.note,
        "made": _stamp(each.made),
    }


def _attempt(each: CaseAttempt, words: CaseWords | None) -> dict[str, Any]:
    scenario = each.scenario
    return {
        "number": each.number,
        "assignment": each.assignment,
        "scenario": {
            "id": scenario.id,
            "title": scenario.title,
            "content_hash": scenario.content_hash,
            "relationship": scenario.relationship,
            "origin": each.origin,
        },
        "rung": each.rung,
        "part": each.part,
        "agreed": each.agreed if words else "",
        "started": _stamp(each.started),
        "ended": _stamp(each.ended),
        "outcome": each.outcome,
        "ending": each.ending,
        "aids_offered": each.aids_offered,
        "aided": each.aided,
        "probe": each.probe,
        "slow": each.slow,
        "face": each.face,
        "client_turns": each.client_turns,
        "levels": [
            {"criterion": level.criterion, "level": level.level, "reader": level.reader}
            for level in each.levels
        ],
        "before": _rating(each.before),
        "after": _rating(each.after),
        "aids": [{"aid": aid.aid, "number": aid.number} for aid in each.aids],
        "voice": each.voice,
        "tension": list(each.tension),
        "words": _words(words),
    }


def _words(words: CaseWords | None) -> dict[str, Any] | None:
    if words is None:
        return None
    keep, change = words.keep, words.change
    return {
        "turns": [_turn(turn) for turn in words.turns],
        "evidence": dict(words.evidence),
        "keep": {"quote": keep.quote, "why": keep.why, "turn": keep.turn} if keep else None,
        "change": {
            "instead": change.instead,
            "try": change.try_,
            "mends": change.mends,
            "turn": change.turn,
        }
        if change
        else None,
    }


def _turn(turn: CaseTurn) -> dict[str, Any]:
    return {
        "number": turn.number,
        "speaker": turn.speaker,
        "text": turn.text,
        "act": turn.act,
        "tension": turn.tension,
        "heard": turn.heard,
        "trust": turn.trust,
        "quality": turn.quality,
        "moves": [
            {"move": f.move, "start": f.start, "end": f.end, "probability": f.probability}
            for f in turn.moves
        ],
        "replaced": turn.replaced,
        "said_at": _stamp(turn.said_at),
        "to_program": turn.to_program,
        "told": turn.told,
        "danger": turn.danger,
    }


def _rating(rating: SelfRating | None) -> dict[str, int | None] | None:
    return {"sure": rating.sure, "tense": rating.tense} if rating else None


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)
