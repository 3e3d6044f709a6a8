import os
import socket
from pathlib import Path

import pytest

from steady.scenario.files import LARGEST, Fault, Faulty, decode, parse, read

HERE = Path("mine.toml")


def fault_of_text(text: str) -> Fault:
    with pytest.raises(Faulty) as refused:
        parse(text, HERE)
    return refused.value.fault


def fault_of_file(path: Path) -> Fault:
    with pytest.raises(Faulty) as refused:
        read(path)
    return refused.value.fault


def test_a_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"a = 1\r\n\x00\xff")
    assert read(path) == b"a = 1\r\n\x00\xff"


def test_a_file_at_the_limit_is_read_and_one_beyond_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#" * LARGEST)
    assert len(read(path)) == LARGEST
    path.write_bytes(b"#" * (LARGEST + 1))
    assert "larger than 1,000,000 bytes" in fault_of_file(path).what


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert "no such file" in fault_of_file(tmp_path / "nothing.toml").what
    assert "not a regular file" in fault_of_file(tmp_path).what
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert "not a regular file" in fault_of_file(pipe).what


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.toml")
        assert "cannot be read" in fault_of_file(tmp_path / "s.toml").what


def test_a_file_behind_a_link_is_read_and_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_bytes(b"a = 1")
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    assert read(tmp_path / "link.toml") == b"a = 1"
    assert "cannot be read" in fault_of_file(tmp_path / "loop.toml").what


def test_bytes_that_are_no_text_are_placed_at_their_line() -> None:
    with pytest.raises(Faulty) as refused:
        decode(b"a = 1\nb = 2\nc = '\xff'\n", HERE)
    assert refused.value.fault.line == 3
    assert "UTF-8" in refused.value.fault.what


def test_a_byte_order_mark_and_dos_line_ends_are_no_faults() -> None:
    assert parse(decode(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n", HERE), HERE) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('a = 1\nb = "x\nc = 2\n', 2, "not closed"),
        ('a = 1\nb = "he said "no" then"\n', 2, "something after the value"),
        ('a = 1\nb = [\n  "x"\n  "y",\n]\n', 4, "comma is missing"),
        ('a = 1\nb = [\n  "x",\n\n', 2, "a list is not closed"),
        ('a = 1\nb = """\nx\n\n', 2, "not closed"),
        ('a = 1\nb = """ = " = 1\n\n\n', 2, "not closed"),
        ("a = 1\na = 2\n", 2, "given before"),
        ("[a]\nx = 1\n[b]\n[a]\n", 4, "opened before"),
        ("a = 1\nb\n", 2, "no = after the key"),
        ("a = yes\n", 1, "value cannot be read"),
        ("a = 1\n[b\n", 2, "section's name is not closed"),
        ('a = 1\nb = "c:\\dir"\n', 2, "stands alone"),
        ('a = "\x07"\n', 1, "control character"),
        ("a = 1\n!\n", 2, "neither a key nor a section"),
        ("a = { b = 1\n", 1, "{ is not closed"),
    ],
)
def test_text_that_is_no_toml_is_refused_at_its_line_in_plain_words(
    text: str, line: int, what: str
) -> None:
    fault = fault_of_text(text)
    assert (fault.line, what in fault.what) == (line, True), fault
    assert fault.mend


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{b=" * 100_000,
        ".".join(["a"] * 100_000) + " = 1",
        "[" + ".".join(['"a"'] * 100_000) + "]",
        "a = { " + " . ".join(["'a'"] * 100_000) + " = 1 }",
        "a = " + "9" * 100_000,
    ],
    ids=["lists", "tables", "dotted key", "dotted header", "dotted inside", "number"],
)
def test_text_made_to_exhaust_the_parser_is_refused(text: str) -> None:
    assert fault_of_text(text).line == 1


def test_prose_with_many_dots_is_no_key() -> None:
    text = "No. " * 20 + "..." * 40 + " a.b.c.d.e.f"
    assert parse(f'a = "{text}"', HERE) == {"a": text}


def test_a_fault_is_one_line_and_sends_nothing_to_the_terminal() -> None:
    fault = Fault(Path("a\x1b]0;x\x07.toml"), 3, "id", "is wrong", "mend it")
    assert str(fault) == "a<U+001B>]0;x<U+0007>.toml:3: id: is wrong; mend it."


def test_the_error_counts_the_faults_it_leaves_out() -> None:
    fault = Fault(HERE, 3, "", "is wrong", "mend it")
    assert str(Faulty(fault)) == "mine.toml:3: is wrong; mend it."
    assert str(Faulty(fault, 2)) == "mine.toml:3: is wrong; mend it. (2 more.)"
