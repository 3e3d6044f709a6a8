from pathlib import Path

import pytest

from shelves import Shelf
from steady.scenario.check import check_bytes, check_file
from steady.scenario.files import Fault
from steady.terms import Act, Relationship

ID = "never-yes"


def faults_after(shelf: Shelf, *edits: tuple[str, str]) -> list[Fault]:
    return check_file(shelf.put(ID, *edits), shelf.shipped)


def the_fault_after(shelf: Shelf, *edits: tuple[str, str]) -> Fault:
    (fault,) = faults_after(shelf, *edits)
    return fault


def line_of(path: Path, text: str) -> int:
    """The line on which a text stands, counted in the file itself."""
    (place,) = (n for n, line in enumerate(path.read_text().splitlines(), 1) if text in line)
    return place


def test_a_sound_file_has_no_faults(shelf: Shelf) -> None:
    assert check_file(shelf.put(ID), shelf.shipped) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "what", "mend"),
    [
        # keys
        ('need = "You', '# need = "You', "need", "missing", "add need = … to the top"),
        ('need = "You', 'ned = "You', "ned", "not a key", "write need"),
        ('manner = "Short', 'maner = "Short', "partner.maner", "not a key", "write manner"),
        ("temper = 0.5", "temper = 0.5\nsetting = 'x'", "partner.setting", "not a key", "the top"),
        ("temper = 0.5", "temper = 0.5\nwords = ['x']", "partner.words", "not a key", "[[topics]]"),
        ("temper = 0.5", "temper = 0.5\nzzz = 1", "partner.zzz", "not a key", "one of name, man"),
        ("temper = 0.5\n", "", "partner.temper", "is missing", "to [partner]"),
        # types and values
        ('short = "never yes"', "short = 3", "short", "not a text", "quotation marks"),
        ("temper = 0.5", 'temper = "0.5"', "partner.temper", "not a number", "without quot"),
        ("temper = 0.5", "temper = true", "partner.temper", "not a number", "such as 0.5"),
        ("temper = 0.5", "temper = nan", "partner.temper", "more than 1", "limits"),
        ("temper = 0.5", "temper = -0.1", "partner.temper", "less than 0", "limits"),
        ('criteria = ["clear-ask", "return"]', 'criteria = "return"', "criteria", "a list", "["),
        ('["clear-ask", "return"]', '["claer-ask"]', "criteria 1", '"claer-ask"', '"clear-ask"'),
        ('leans_on = ["press"', 'leans_on = ["prss"', "partner.leans_on 1", '"prss"', '"press"'),
        ('["validates", "commits"]', "[]", "partner.softens", "fewer than 1", "add"),
        ('relationship = "partner"', 'relationship = "x"', "relationship", '"x"', "supervisor"),
        ('name = "Alex"', "name = 'Al\u202eex'", "partner.name", "U+202E", "take it out"),
        ('name = "Alex"', 'name = "Al\\u001bex"', "partner.name", "U+001B", "take it out"),
        ('need = "You', 'need = "{time} You', "need", "no slot is filled here", "without {"),
        ('need = "You', f'need = "{"x" * 400}You', "need", "longer than 400", "shorten"),
        ('manner = "Short and quick."', 'manner = "  "', "partner.manner", "shorter", "write"),
        ('about = "the car"', 'about = "the\\ncar"', "topics 1, about", "line break", "one line"),
        ('words = ["phone"]', "words = 'phone'", "topics 2, words", "not a list", '["one"'),
        ('answers = ["It was off."]', "", "topics 2, answers", "is missing", "[[topics]]"),
        ('["Look."]', '["Look.", 3]', "voice.before_push 2", "not a text", "quotation"),
        ('closes = ["Tea?"]', "closes = []", "return.closes", "fewer than 1", "add"),
        ("[[topics]]", "[topics]", "", "opened before", "together"),
        # rules of the content
        ('["validates", "commits"]', '["blames"]', "partner.inflames 1", "softens too", "one of"),
        ('leans_on = ["press"', 'leans_on = ["accept"', "partner.leans_on 1", "eases", "a push"),
        ('"You came, {time}.", "You came."', '"{Time}."', "return.receives", "every line", "slots"),
        ('words = ["phone"]', 'words = ["phone", "Phone"]', "topics 2, words 2", "already", "way"),
        ('says = ["That phone."]', 'says = ["Tea {tme}"]', "topics 2, says 1", "brace", "{time}"),
        ('says = ["That phone."]', 'says = ["{time:>9}"]', "topics 2, says 1", "brace", "{time}"),
    ],
)
def test_a_fault_is_named_with_its_line_its_key_and_its_mend(
    shelf: Shelf, old: str, new: str, key: str, what: str, mend: str
) -> None:
    path = shelf.put(ID, (old, new))
    faults = {fault.key: fault for fault in check_file(path, shelf.shipped)}
    fault = faults[key]
    assert what in fault.what
    assert mend in fault.mend


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("temper = 0.5", "temper = 5", "temper = 5"),
        ('"Alex does press, 2."', '"Alex {tim}"', '"Alex {tim}"'),
        ("[rungs.firm]\ntension = 0.4", "[rungs.firm]\ntension = 4", "tension = 4"),
        ("temper = 0.5\n", "", "[partner]"),
        ('answers = ["It was off."]\n', "", "[[topics]] # 2"),
        ('says = ["The car again."]', "says = [\n\n'ok',\n\n 3,\n]", " 3,"),
    ],
)
def test_the_line_is_the_one_to_mend(shelf: Shelf, old: str, new: str, place: str) -> None:
    path = shelf.put(
        ID, ('[[topics]]\nabout = "the phone"', '[[topics]] # 2\nabout = "the phone"'), (old, new)
    )
    (fault,) = check_file(path, shelf.shipped)
    assert fault.line == line_of(path, place)


def test_every_fault_of_a_file_is_named_at_once_in_order_of_lines(shelf: Shelf) -> None:
    faults = faults_after(
        shelf,
        ("temper = 0.5", "temper = 5"),
        ('short = "never yes"', "short = 3"),
        ('"Alex does press, 2."', '"Alex {tim}"'),
        ('"Alex does guilt, 2."', '"Alex does guilt, 1."'),
        ("[rungs.firm]", "[rungs.frim]"),
    )
    assert [fault.key for fault in faults] == [
        "short",
        "partner.temper",
        "rungs.firm",
        "rungs.frim",
        "lines.press.any 2",
        "lines.guilt.any 2",
    ]
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_a_misspelled_key_is_one_fault_and_not_two(shelf: Shelf) -> None:
    fault = the_fault_after(shelf, ("temper = 0.5", "tempre = 0.5"))
    assert (fault.key, fault.mend) == ("partner.tempre", "write temper")


def test_topics_opened_as_one_section_are_told_how_to_open_each(shelf: Shelf) -> None:
    path = shelf.put(ID)
    first, second, _ = path.read_text().split("[[topics]]")
    faults = check_bytes(f"{first}[topics]{second}".encode(), path, shelf.shipped)
    assert [(fault.key, fault.mend) for fault in faults] == [
        ("topics", "open each topic with [[topics]]")
    ]


@pytest.mark.parametrize("section", ["source", "partner"])
def test_a_missing_section_is_named(shelf: Shelf, section: str) -> None:
    faults = faults_after(shelf, (f"[{section}]", "[voice.x]"))
    assert (section, f"add it, opened with [{section}]") in [(f.key, f.mend) for f in faults]


def test_an_unknown_act_names_the_nearest(shelf: Shelf) -> None:
    faults = faults_after(shelf, ("[lines.waver]", "[lines.wavver]"))
    assert [(fault.key, fault.mend.split(",")[0]) for fault in faults] == [
        ("lines.wavver", 'write "waver"')
    ]


def test_a_kind_of_line_that_an_act_does_not_have_is_named(shelf: Shelf) -> None:
    fault = the_fault_after(shelf, ("[lines.press]\nany", "[lines.press]\nneed"))
    assert (fault.key, fault.mend) == ("lines.press.need", "use one of any, high, low, mid")
    fault = the_fault_after(shelf, ("[lines.answer]\nany", "[lines.answer]\nhigh"))
    assert (fault.key, fault.mend) == ("lines.answer.high", "use one of any, feeling, need, why")


def test_an_id_that_differs_from_the_files_name_is_named(shelf: Shelf) -> None:
    fault = the_fault_after(shelf, (f'id = "{ID}"', 'id = "ever-yes"'))
    assert (fault.line, fault.key) == (3, "id")
    assert fault.mend == 'name the file "ever-yes.toml"'


def test_a_shipped_id_is_refused_in_ones_own_folder(shelf: Shelf) -> None:
    shelf.put(ID)
    (fault,) = check_file(shelf.put(ID, own=True), shelf.shipped)
    assert (fault.line, fault.key) == (3, "id")
    assert "shipped scenario" in fault.what


def test_a_line_that_stands_twice_is_named_with_the_place_of_the_first(shelf: Shelf) -> None:
    fault = the_fault_after(shelf, ('"Alex does guilt, 2."', '"ALEX does  press, 1."'))
    assert fault.key == "lines.guilt.any 2"
    assert "lines.press.any 1" in fault.what


def test_a_file_with_too_few_lines_of_its_own_says_how_many_it_has(shelf: Shelf) -> None:
    spared = [(f'  "Alex does {act}, 3.",\n', "") for act in Act]
    fault = the_fault_after(shelf, *spared)
    assert fault.key == "lines"
    assert "52 partner lines" in fault.what
    assert "at least 60" in fault.mend


def test_an_act_without_lines_here_and_in_the_bank_is_named(shelf: Shelf) -> None:
    path = shelf.put(ID, without=Act.WAVER)
    assert check_file(path, shelf.shipped) == []
    shelf.put_bank(Relationship.PARTNER, without=Act.WAVER)
    (fault,) = check_file(path, shelf.shipped)
    assert (fault.key, fault.mend) == ("lines.waver", "add some under [lines.waver]")


def test_while_the_bank_is_unknown_nothing_is_said_of_lines_it_may_have(shelf: Shelf) -> None:
    path = shelf.put(ID, ('relationship = "partner"', 'relationship = "freind"'), without=Act.WAVER)
    assert [fault.key for fault in check_file(path, shelf.shipped)] == ["relationship"]


def only_with_slots(act: Act, said_by: str, count: int) -> list[tuple[str, str]]:
    return [
        (f'"{said_by} {act}, {n}."', f'"{said_by} {act} {n}, {{time}}."')
        for n in range(1, count + 1)
    ]


def test_an_act_that_may_come_before_a_time_is_named_needs_a_line_without_one(
    shelf: Shelf,
) -> None:
    path = shelf.put(ID, *only_with_slots(Act.ACCEPT, "Alex does", 3))
    assert check_file(path, shelf.shipped) == []
    shelf.put_bank(Relationship.PARTNER, *only_with_slots(Act.ACCEPT, "Anybody does", 1))
    (fault,) = check_file(path, shelf.shipped)
    assert (fault.key, fault.mend) == ("lines.accept", "add a line without slots")


def test_the_act_that_needs_two_times_may_have_slots_in_every_line(shelf: Shelf) -> None:
    path = shelf.put(ID, *only_with_slots(Act.NOTICE_CHANGE, "Alex does", 3))
    shelf.put_bank(Relationship.PARTNER, *only_with_slots(Act.NOTICE_CHANGE, "Anybody does", 1))
    assert check_file(path, shelf.shipped) == []


def test_every_kind_of_question_needs_an_answer(shelf: Shelf) -> None:
    shelf.put_bank(Relationship.PARTNER, without=Act.ANSWER)
    fault = the_fault_after(
        shelf, ("[lines.answer]\nany", '[lines.answer]\nneed = ["Sleep."]\nfeeling')
    )
    assert (fault.key, fault.what) == ("lines.answer", "no answer to a question of the kind why")


def test_a_newer_format_is_the_only_fault_named(shelf: Shelf) -> None:
    fault = the_fault_after(shelf, ("format = 1", "format = 2"), ("temper = 0.5", "mood = 1"))
    assert (fault.line, fault.mend) == (2, "update Steady")


@pytest.mark.parametrize("value", ["3", '"x"', "[]", "[1]", "{}", "{ a = 1 }", "2024-01-01"])
@pytest.mark.parametrize(
    "key", ["source", "partner", "rungs", "lines", "voice", "topics", "return"]
)
def test_a_section_of_the_wrong_shape_is_a_fault_and_no_crash(
    shelf: Shelf, key: str, value: str
) -> None:
    path = shelf.put(ID)
    head = path.read_text().split("[source]")[0]
    faults = check_bytes(f"{head}{key} = {value}\n".encode(), path, shelf.shipped)
    assert any(fault.key.split(" ")[0].split(".")[0] == key for fault in faults) or (
        key in {"voice", "topics"} and value in {"{}", "[]"}
    )


def test_nothing_of_a_file_reaches_the_terminal_as_a_command(shelf: Shelf) -> None:
    faults = faults_after(
        shelf,
        ("temper = 0.5", 'temper = 0.5\n"\\u001b[2J" = 1\n"\u202e" = 2'),
        ('criteria = ["clear-ask"', 'criteria = ["\\u001b]0;x\\u0007"'),
        (f'id = "{ID}"', 'id = "\\u009b2J"'),
    )
    said = "".join(map(str, faults))
    assert {"\x1b", "\x9b", "\x07", "\u202e"}.isdisjoint(said)
    assert len(faults) >= 4


def test_a_bank_is_checked_as_a_bank(shelf: Shelf) -> None:
    path = shelf.put_bank(
        Relationship.SUPERVISOR,
        ('relationship = "supervisor"', 'relationship = "colleague"'),
        ('before_push = ["Well."]', 'befor_push = ["Well."]'),
        ('"Anybody does press, 1."', '"Anybody does guilt, 1.", "x {wos}"'),
    )
    faults = check_file(path, shelf.shipped)
    assert [(fault.key, fault.mend.split(";")[0]) for fault in faults] == [
        ("relationship", "write supervisor"),
        ("lines.press.any 2", faults[1].mend),
        ("lines.guilt.any 1", "say it in another way"),
        ("voice.befor_push", "write before_push"),
    ]


def test_starters_are_checked_as_starters(shelf: Shelf) -> None:
    path = shelf.put_starters(
        ("[starters.accuse]", "[starters.acuse]"), ("partner =", "parner ="), ("I hear", "I {hear")
    )
    assert [(fault.line, fault.key) for fault in check_file(path, shelf.shipped)] == [
        (2, "starters.opening.any 1"),
        (3, "starters.opening.parner"),
        (5, "starters.acuse"),
    ]


def test_a_file_that_cannot_be_read_is_its_own_fault(shelf: Shelf) -> None:
    (fault,) = check_file(shelf.own / "nothing.toml", shelf.shipped)
    assert fault.line == 0
    assert str(fault).startswith(f"{shelf.own / 'nothing.toml'}: cannot be read")
