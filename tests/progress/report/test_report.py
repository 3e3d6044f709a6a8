from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from progress.test_caseload import assigned, client
from steady.homework.formats import SharedAttempt, SharedFieldNote
from steady.progress.calibration import Agreement
from steady.progress.client import Slice, client_view
from steady.progress.report import Form, Report, rendered
from steady.progress.report.as_csv import harmless
from steady.progress.report.charts import Series, chart, course, running
from steady.store.caseload import CaseAttempt, CaseFieldNote, TherapistNote
from steady.terms import Criterion, Part, Rung
from store.caseload.conftest import Practice

MADE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> & \"quotes\" 'and' {{ 7*7 }} [/] Åna 🙂"


@pytest.fixture
def practice() -> Practice:
    return Practice(Path("nowhere"))


def report(practice: Practice, *attempts: CaseAttempt, **more: Any) -> Report:
    """A report on these attempts, each criterion's agreement not known unless given."""
    placed = [
        replace(each, id=100 + place, place=place, source=1)
        for place, each in enumerate(attempts, start=1)
    ]
    note = CaseFieldNote(
        "0e9b0df4-3f5c-4d9f-8f4b-0c5b7f0ad001",
        "need-a-minute",
        1,
        "yes",
        HOSTILE,
        MADE,
        HOSTILE,
    )
    view = client_view(
        client(HOSTILE),
        placed,
        (assigned("Ana", 18),),
        (note,),
        (TherapistNote(1, "timpani " + HOSTILE, MADE),),
        (),
        date(2026, 11, 20),
        more.pop("chosen", Slice()),
    )
    agreement = {each: Agreement(each, 0, None, None, None) for each in Criterion}
    agreement |= more.pop("agreement", {})
    return Report(view, HOSTILE, MADE, agreement, **more)


def html(found: Report) -> str:
    return rendered(found, "html").decode()


class Reader(HTMLParser):
    """What a page holds: its tags, and its words without the style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_the_page_runs_nothing_and_loads_nothing(practice: Practice) -> None:
    words = practice.words(HOSTILE)
    page = html(report(practice, practice.attempt(1), words={101: words}, notes=True))
    found = Reader(page)
    tags = {tag for tag, _ in found.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "a"}
    for tag, attributes in found.tags:
        assert not {name for name in attributes if name.startswith("on")}, tag
        assert not {"src", "href", "xlink:href", "srcset"} & set(attributes), tag
    assert "url(" not in page
    assert "@import" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page


def test_what_people_wrote_is_shown_as_they_wrote_it(practice: Practice) -> None:
    words = practice.words(HOSTILE)
    page = html(report(practice, practice.attempt(1), words={101: words}, notes=True))
    assert page.count(HOSTILE[:20]) == 0
    plain = Reader(page).text
    assert plain.count(HOSTILE) >= 4  # the name, the field note, the note, the therapist
    assert "49" not in plain


def test_words_and_notes_are_in_a_report_only_when_asked_for(practice: Practice) -> None:
    attempt = replace(practice.attempt(1), agreed="in 20 minutes", with_words=True)
    forms: tuple[Form, ...] = ("html", "json", "csv")
    for form in forms:
        without = rendered(report(practice, attempt), form).decode()
        assert "20 minutes" not in without
        assert "timpani" not in without
    words = {101: practice.words()}
    for form in forms[:2]:
        whole = rendered(report(practice, attempt, words=words, notes=True), form).decode()
        assert "20 minutes" in whole.replace("</sup></mark>", "")
        assert "timpani" in whole


def test_a_chart_says_what_it_shows_without_being_seen(practice: Practice) -> None:
    attempts = [practice.attempt(n, level=n % 4, aided=n < 12) for n in range(1, 25)]
    page = html(report(practice, *attempts))
    charts = re.findall(r"<svg [^>]*role=\"img\".*?</svg>", page)
    assert len(charts) == 4  # two criteria were rated; confidence and tension were told
    identities = re.findall(r'id="([^"]+)"', page)
    assert len(identities) == len(set(identities))
    for drawn in charts:
        svg = ElementTree.fromstring(drawn)
        named = svg.attrib["aria-labelledby"].split()
        told = {each.attrib["id"]: each.text for each in svg if "id" in each.attrib}
        assert all(told[name] for name in named)
    assert "unaided: 13 rated, mean of the first five 1.2, of the last five 1.2" in page
    rows = re.findall(r'<tr><td class="figure">\d+</td>', page)
    assert len(rows) == 24  # every attempt stands in the table


def test_a_weak_criterion_is_flagged_in_every_form(practice: Practice) -> None:
    weak = {Criterion.VALIDATION: Agreement(Criterion.VALIDATION, 20, 0.31, 0.05, 0.52)}
    found = report(practice, practice.attempt(1), agreement=weak)
    plain = Reader(html(found)).text
    assert "Read with caution: agreement with" in plain
    assert "0.31 (0.05 to 0.52), 20 rated" in plain
    assert "Validation (0.31)" in plain
    assert "validation: agreement 0.31" in rendered(found, "csv").decode()
    told = json.loads(rendered(found, "json"))["levels"]["criteria"][0]
    assert told["agreement"] == {
        "rated": 20,
        "kappa": 0.31,
        "low": 0.05,
        "high": 0.52,
        "caution": True,
    }
    assert "works them out from the wording" in plain


def test_a_report_without_attempts_is_still_a_report(practice: Practice) -> None:
    found = report(practice)
    assert "No attempts in this period" in html(found)
    assert len(rendered(found, "csv").splitlines()) == 1
    assert json.loads(rendered(found, "json"))["attempts"] == []


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x1b[0m=1", " =1", "＝1", "\n-2"]
)
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert str(harmless(cell)).startswith("'")


def test_a_table_opens_in_a_spreadsheet(practice: Practice) -> None:
    hostile = practice.attempt(1, scenario="x")
    hostile = replace(hostile, scenario=replace(hostile.scenario, title='=HYPERLINK("x")\n,é 🙂'))
    attempts = (hostile, practice.attempt(2, aided=True), practice.attempt(3, part=Part.RETURN))
    data = rendered(report(practice, *attempts), "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["title"] == '\'=HYPERLINK("x") ,é 🙂'
    assert [row["practiced"] for row in rows] == ["unaided", "aided", "unaided"]
    assert [row["validation"] for row in rows] == ["2", "2", "2"]
    assert rows[0]["few-words"] == ""
    assert [row["part"] for row in rows] == ["talk", "talk", "return"]
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_json_holds_attempts_and_notes_in_the_form_of_a_packet(practice: Practice) -> None:
    attempts = (practice.attempt(1, aided=True), practice.attempt(2, rung=Rung.ACCUSED))
    found = report(practice, *attempts, words={101: practice.words(HOSTILE)})
    told = json.loads(rendered(found, "json"))
    assert (told["format"], told["version"]) == ("steady-report", 1)
    back = [SharedAttempt.model_validate_json(json.dumps(each)) for each in told["attempts"]]
    assert [each.number for each in back] == [1, 2]
    assert back[0].words is not None
    assert back[0].words.turns[1].text == HOSTILE
    assert back[1].words is None
    SharedFieldNote.model_validate_json(json.dumps(told["field_notes"][0]))
    assert told["assignments"][0]["state"] == "overdue"


def test_lines_stand_on_a_fixed_scale() -> None:
    def heights(points: tuple[tuple[int, float], ...]) -> list[str]:
        drawn = chart(
            "c", "t", "d", [Series("unaided", points)], positions=2, ends=("1", "2"), top=3
        )
        dots = re.search(r'class="dot unaided" d="([^"]+)"', drawn)
        assert dots is not None
        return re.findall(r"M[\d.]+ ([\d.]+)h0", dots[1])

    low, high = heights(((0, 0), (1, 3)))
    assert float(low) > float(high)
    assert heights(((0, 0), (1, 0))) == [low, low]
    assert heights(((0, 3), (1, 3))) == [high, high]


def test_a_line_is_the_mean_of_the_last_few() -> None:
    assert running([3, 0, 3, 0], 2) == [3, 1.5, 1.5, 1.5]
    assert running([1, 2, 3], 5) == [1, 1.5, 2]
    assert running([], 5) == []
    assert course([]) == "none"
    assert course([1, 2]) == "2 rated, mean 1.5"
