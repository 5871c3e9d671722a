"""Opening files of unknown make: encoding, delimiter, header, and what is no CSV file at all (decision 25)."""

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.importing.encodings import Proposals, line_of_nul, wide_without_mark
from backoffice.importing.reading import CsvFile, Unreadable, shown
from backoffice.importing.shape import fitted

from .conftest import KNOWN

HEAD = "E-mail;Name;Town"


def cells(file):
    return [row.cells for row in file.rows()]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_by_the_names_in_the_header(opened, delimiter):
    """Decision 25: PrestaShop's semicolon, everybody else's comma, a spreadsheet's tab."""
    file = opened(f"E-mail{delimiter}Name\nada@shop.example{delimiter}Ada; Byron, or | so\n")
    assert (file.delimiter, file.header) == (delimiter, ["E-mail", "Name"])


def test_a_delimiter_inside_a_name_of_the_header_does_not_mislead(opened):
    """thirty bees: commas, and "Titles ID (Mr = 1; Ms = 2; else 0)"."""
    file = opened('E-mail,Titles (Mr = 1; Ms = 2; else 0),Name\na@b.example,1,"Byron, Ada"\n')
    assert cells(file) == [["a@b.example", "1", "Byron, Ada"]]


def test_a_spreadsheets_own_note_about_the_delimiter_is_no_row(opened):
    """Some programs begin a file with sep=;"""
    assert cells(opened("sep=;\nE-mail;Name\na@b.example;Ada\n")) == [["a@b.example", "Ada"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_mark_or_strict_utf_8_says_the_encoding(opened, encoding):
    """Decision 25: with a byte-order mark or without, the letters are right and the mark is no letter."""
    file = opened("Imię;Name\nŁukasz;Wąs\n", encoding=encoding)
    assert (file.header, cells(file)) == (["Imię", "Name"], [["Łukasz", "Wąs"]])


def test_another_encoding_is_not_guessed_but_asked_for_with_a_preview(refused):
    """Decision 25: the sentence names --encoding and how the line would read in each."""
    told = refused("E-mail;Name\r\na@b.example;Wąs\r\n", encoding="cp1250")
    assert "not written in UTF-8" in told
    assert "--encoding windows-1250: a@b.example;Wąs" in told
    assert "--encoding windows-1252: a@b.example;W¹s" in told


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_asked_for_by_name(refused, opened, encoding):
    """Decision 25: its every other byte is a NUL, which alone would be called no text."""
    content = "E-mail;Name\na@b.example;Łucja\n".encode(encoding)
    assert refused(content) == (
        "The file is not written in UTF-8.\n"
        "Say with --encoding which it is; line 1 would then read:\n"
        f"  --encoding {encoding}: E-mail;Name"
    )
    assert [row.cells for row in opened(content, as_encoding=encoding).rows()] == [["a@b.example", "Łucja"]]


def test_with_the_encoding_named_the_letters_are_right(opened):
    """The Polish files of old spreadsheets."""
    file = opened("E-mail;Name\r\na@b.example;Wąs\r\n", encoding="cp1250", as_encoding="windows-1250")
    assert cells(file) == [["a@b.example", "Wąs"]]


@pytest.mark.parametrize(
    "name", ["klingon", "base64", "rot13", "idna", "unicode_escape", "utf-8\0", "x" * 500]
)
def test_invented_encodings_are_refused_with_those_that_are_known(refused, name):
    """G11: only encodings of letters are taken."""
    told = refused(f"{HEAD}\n", as_encoding=name)
    assert "no encoding that is known here" in told
    assert "windows-1250" in told


def test_an_encoding_that_does_not_fit_is_refused_not_bent(refused):
    """Nothing is replaced by question marks."""
    assert "not written in UTF-8" in refused(f"{HEAD}\nŁ;b;c\n", encoding="cp1250", as_encoding="utf-8")
    assert "not written in ascii" in refused(f"{HEAD}\nŁ;b;c\n", as_encoding="ascii")


def test_a_delimiter_is_one_of_four(refused, opened):
    """--delimiter takes a mark or its name."""
    assert "A delimiter is one of" in refused(f"{HEAD}\n", delimiter="#")
    assert opened("E-mail\tName\n", delimiter="tab").header == ["E-mail", "Name"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_read_and_counted(opened, end):
    """CRLF in PrestaShop's samples."""
    file = opened(end.join(["E-mail;Name", "a@b.example;Ada", "", " ; ", "c@d.example;Bo"]))
    assert [(row.line, row.cells[1]) for row in file.rows()] == [(2, "Ada"), (5, "Bo")]
    assert file.length == 2


def test_a_row_over_several_lines_is_told_by_its_first(opened):
    """Magento's street with a line break inside quotation marks."""
    file = opened('E-mail;Town\na@b.example;"Stow\non the Wold"\nc@d.example;York\n')
    assert [(row.line, row.cells[1]) for row in file.rows()] == [(2, "Stow\non the Wold"), (4, "York")]


def test_a_header_over_two_lines_is_read_as_one(opened):
    """S4.30: as the Polish article prints it, with closing delimiters and a blank line between."""
    file = opened("E-mail;Name;\n\nTown;Newsletter;\n\na@b.example;Ada;Stow;1;\n")
    assert file.header == ["E-mail", "Name", "Town", "Newsletter"]
    assert file.header_lines == [1, 3]
    assert cells(file) == [["a@b.example", "Ada", "Stow", "1", ""]]


def test_a_first_row_that_happens_to_hold_a_known_word_is_no_header(opened):
    """Somebody may be called Town."""
    assert opened("E-mail;Name\na@b.example;Town\n").header_lines == [1]


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        (["a", "b", "c"], ["a", "b", "c"]),
        (["a", "b", "c", ""], ["a", "b", "c"]),
        (["a", "b", "", ""], ["a", "b", ""]),
        (["a", "b"], None),
        (["a", "b", "c", "d"], None),
    ],
)
def test_a_closing_delimiter_is_fine_a_missing_cell_is_not(row, fits):
    """S4.34, facts 10.3: a cell too few cannot be placed, an empty one too many does no harm."""
    assert fitted(row, 3) == fits


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"PK\x03\x04 and so on", "spreadsheet or archive"),
        (b"\xd0\xcf\x11\xe0 and so on", "old spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"E-mail;Name\na@b.example;A\0da\n", "Line 2 contains a NUL byte: this is not text."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a CSV file but a picture"),
        (b"E-mail~Name\na@b.example~Ada\n", "A delimiter is one of ; , | or tab. (--delimiter)"),
        (b"\xff\xfe\x00\xd8\x00\x00", "not written in utf-16"),
        (b"no;header;here\n1;2;3\n", "names no known column"),
        (b'{"json": [1, 2, 3]}', "names no known column"),
        (b'E-mail;Name\na@b.example;"Ada\nc@d.example;Bo\n', "never closed"),
        (b"E-mail;Name\n" + b"x" * 1_000_001 + b"\n", "more than 1,000,000 characters"),
        (
            b'E-mail;Name\na@b.example;"Ada\n' + b"c@d.example;Bo\n" * 10_000 + b'";x\n',
            "In the row of line 2 a cell has more than 131,072 characters: is a quotation mark missing?",
        ),
        (
            b'E-mail;Name\na@b.example;"' + b"x\n" * 600_000 + b'"\n',
            "In the row of line 2 a cell has more than 1,000,000 characters: is a quotation mark missing?",
        ),
        (b"E-mail" + b";x" * 600 + b"\n", "more than 500 columns"),
    ],
)
def test_what_is_no_csv_file_is_refused_with_the_reason(refused, content, said):
    """The bad input of the issue: empty, binary, spreadsheets, NUL bytes, endless lines, no header."""
    assert said in refused(content)


def test_the_longest_line_cell_and_header_are_taken(opened, refused):
    """Issue 2, bad input: on both sides of each edge; a longer cell is its row's fault alone (I16)."""
    line = ";".join(["x" * 100_000] * 9 + ["x" * 99_990])
    assert len(line) == 999_999
    assert opened(f"E-mail\n{line}\n").length == 1
    assert "Line 2 has more than 1,000,000 characters" in refused(f"E-mail\n{line}x\n")
    assert opened("E-mail\n" + "x" * 131_073).length == 1
    assert len(opened("E-mail" + ";x" * 499).header) == 500
    assert "more than 500 columns" in refused("E-mail" + ";x" * 500)


@pytest.mark.parametrize(("size", "said"), [(1024**3, "Line 1"), (1024**3 + 1, "larger than 1 GB")])
def test_a_file_has_one_gigabyte_at_most(tmp_path, size, said):
    """Decision 25: it is looked through before the first row goes in."""
    path = tmp_path / "large.csv"
    path.touch()
    os.truncate(path, size)
    with pytest.raises(Unreadable, match=said):
        CsvFile(path, knows=lambda cell: True)


@pytest.mark.parametrize(
    ("names", "delimiter"),
    [("tab \\t", "\t"), ("; semicolon SEMICOLON", ";"), (", comma", ","), ("| pipe", "|")],
)
def test_a_delimiter_is_named_as_people_name_it(opened, names, delimiter):
    for name in names.split(" "):
        assert opened(f"E-mail{delimiter}Name\n", delimiter=name).header == ["E-mail", "Name"]


def test_names_that_two_delimiters_part_as_well_are_asked_about(refused, opened):
    """Decision 25: nothing is guessed; one name alone is one column however it is parted."""
    assert refused("E-mail;Name;x,Town,Newsletter\n") == (
        "The columns could be separated in several ways: name the right one with --delimiter."
    )
    assert opened("E-mail\na@b.example\n").header == ["E-mail"]


@pytest.mark.parametrize("note", ["sep=,", "SEP=,", "sep=, "])
def test_the_note_about_the_delimiter_decides(opened, note):
    """Whatever names another one would find."""
    text = "E-mail;Name;x,Town\na@b.example,York\n"
    file = opened(f"{note}\n{text}")
    assert (file.delimiter, file.header) == (",", ["E-mail;Name;x", "Town"])
    assert opened(text).delimiter == ";"


@pytest.mark.parametrize("note", ["sep=", "sep=#", "sep=;;"])
def test_a_note_that_names_no_delimiter_decides_nothing(opened, note):
    assert opened(f"{note}\nE-mail,Name\n", delimiter=",").header == ["E-mail", "Name"]


def test_what_is_shown_of_a_file_is_cut_to_its_length_and_cannot_be_obeyed():
    """A file cannot write on the screen of who imports it."""
    assert shown("x" * 60, 60) == "x" * 60
    assert shown("x" * 61, 60) == "x" * 59 + "…"
    assert shown("a\x1b[2Jb", 60) == "a [2Jb"


def test_the_first_line_and_the_encoding_asked_for_are_told_in_short(refused):
    assert f"“{'x' * 79}…”" in refused("x" * 81 + "\n")
    assert f"“{'x' * 80}”" in refused("x" * 80 + "\n")
    assert refused(f"{HEAD}\n", as_encoding="x" * 41).startswith(f"“{'x' * 40}” is no encoding")


@pytest.mark.parametrize("mark", [b"\xff\xfe\0\0", b"\0\0\xfe\xff"])
def test_utf_32_is_known_by_its_mark(opened, mark):
    as_encoding = "utf-32-le" if mark.startswith(b"\xff") else "utf-32-be"
    assert cells(opened(mark + "Imię;Name\nŁ;W\n".encode(as_encoding))) == [["Ł", "W"]]


def test_the_first_line_that_is_not_of_the_encoding_is_the_one_shown(written):
    """Decision 25: by its number, without its end."""
    path = written("E-mail\r\na@b.example\r\nWąs\r\n", encoding="cp1250")
    assert Proposals(path).samples == [
        (3, [("windows-1250", "Wąs"), ("windows-1252", "W¹s"), ("iso-8859-2", "Wšs")])
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a\nb\n\0", 3), (b"\0", 1), (b"a\nb", 0), (b"x" * 65_535 + b"\0", 1), (b"x" * 65_536 + b"\0", 0)],
)
def test_a_nul_byte_is_looked_for_in_the_beginning(written, content, line):
    assert line_of_nul(written(content), "utf-8") == line
    assert line_of_nul(written(content), "utf-16") == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("ab".encode("utf-16-le"), "utf-16-le"),
        ("ab".encode("utf-16-be"), "utf-16-be"),
        (b"\0a\0", ""),  # too short to tell
        ("abcd€".encode("utf-16-le"), ""),  # four letters of five: bytes of any other file may be so
        ("abcde€".encode("utf-16-le"), "utf-16-le"),  # five of six
        ("abcde€".encode("utf-16-be"), "utf-16-be"),
        (b"a\0b\0\0\0", ""),
        (b"\0\0" + "abcdefgh".encode("utf-16-le"), ""),
    ],
)
def test_two_bytes_a_letter_are_told_by_the_nul_of_every_other_byte(written, content, name):
    found = wide_without_mark(written(content))
    assert (found.readings[0][0] if found else "") == name


@pytest.mark.parametrize("path", ["nowhere.csv", ".", "bad\0name"])
def test_what_is_no_file_is_refused(path, tmp_path):
    """A folder, nothing at all, a name that cannot be one."""
    with pytest.raises(Unreadable):
        CsvFile(tmp_path / path, knows=lambda cell: True)


def test_a_pipe_is_no_file(tmp_path):
    """The file is read more than once, so it must lie still."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable, match="not an ordinary file"):
        CsvFile(tmp_path / "pipe", knows=lambda cell: True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(content=st.binary(max_size=200), with_header=st.booleans())
def test_no_bytes_at_all_make_the_reader_fall_over(written, content, with_header):
    """Whatever the file, it is read or refused with a sentence."""
    path = written((HEAD.encode() + b"\n" if with_header else b"") + content)
    with suppress(Unreadable):
        list(CsvFile(path, knows=lambda cell: cell in KNOWN).rows())
