"""A file is never read in an encoding that spoils its names, and what to say instead is shown (decision 25, D19)."""

import pytest

FRENCH = (
    "E-mail;Name;Town\r\n"
    "a@b.example;Hélène;Orléans\r\n"
    "b@b.example;André;Évry\r\n"
    "c@b.example;Anaïs Lefèvre;Bréhière\r\n"
    "d@b.example;Nuñez;Besançon\r\n"
)


def test_encodings_are_shown_on_lines_where_they_differ_the_likeliest_first(refused):
    """D19: é is the same in all three; è is not, and the wrong one stood first."""
    assert refused(FRENCH, encoding="cp1252").splitlines() == [
        "The file is not written in UTF-8.",
        "Say with --encoding which it is; line 2 would then read:",
        "  --encoding windows-1252: a@b.example;Hélène;Orléans",
        "  --encoding windows-1250: a@b.example;Hélčne;Orléans",
        "  --encoding iso-8859-2: a@b.example;Hélčne;Orléans",
        "Line 4 would read:",
        "  --encoding windows-1252: c@b.example;Anaïs Lefèvre;Bréhière",
        "  --encoding windows-1250: c@b.example;Anaďs Lefčvre;Bréhičre",
        "  --encoding iso-8859-2: c@b.example;Anaďs Lefčvre;Bréhičre",
        "Line 5 would read:",
        "  --encoding windows-1252: d@b.example;Nuñez;Besançon",
        "  --encoding windows-1250: d@b.example;Nuńez;Besançon",
        "  --encoding iso-8859-2: d@b.example;Nuńez;Besançon",
        "The whole file reads the same in windows-1250, iso-8859-2.",
    ]


def test_a_line_far_down_on_which_encodings_differ_is_found_and_cut_there(refused):
    """D19: the first line that cannot be read says nothing where all candidates agree on it."""
    text = f"E-mail;Name;Town\n{'a@b.example;André;Évry' + chr(10)}" + "b@b.example;Bo;Y\n" * 500
    told = refused(text + f"{'c' * 70}@b.example;Żółkiewska;Wąs\n", encoding="cp1250").splitlines()
    assert told[1:5] == [
        "Say with --encoding which it is; line 503 would then read:",
        "  --encoding windows-1250: …ccccccccc@b.example;Żółkiewska;Wąs",
        "  --encoding iso-8859-2: …ccccccccc@b.example;Żółkiewska;Wšs",
        "  --encoding windows-1252: …ccccccccc@b.example;¯ó³kiewska;W¹s",
    ]


def test_an_encoding_in_which_the_file_cannot_be_read_is_not_proposed(refused):
    """D19: each proposal failed at another line, with the same proposals again. 0x9C is no letter in ISO-8859-2."""
    told = refused("E-mail;Name\na@b.example;Świt Łąk\n", encoding="cp1250")
    assert [line.split(":")[0] for line in told.splitlines()[2:]] == [
        "  --encoding windows-1250",
        "  --encoding windows-1252",
    ]


def test_an_encoding_beside_the_usual_ones_is_asked_for_by_the_list(refused):
    """D19: a way out is named in any case."""
    told = refused(b"E-mail;Name\na@b.example;\x81\x8d\x8f\x90\x83\x88\x98\n")
    assert "Name it with --encoding. Possible values: utf-8, " in told


@pytest.mark.parametrize("told_as", ["windows-1250", "windows-1252", "iso-8859-1", "cp852", "mac-roman"])
def test_a_file_in_utf_8_is_not_read_in_another_encoding(refused, opened, told_as):
    """D19: Wąs became WÄ…s over right names, with exit 0."""
    told = refused("E-mail;Name\na@b.example;Wąs\n", as_encoding=told_as)
    assert told.splitlines()[:3] == [
        f"The file is written in UTF-8, not in {told_as}: leave --encoding out.",
        "Line 2 would read:",
        "  UTF-8: a@b.example;Wąs",
    ]
    assert [row.cells for row in opened("E-mail;Name\na@b.example;Bo\n", as_encoding=told_as).rows()] == [
        ["a@b.example", "Bo"]
    ]


def test_a_mark_at_the_beginning_is_believed_rather_than_what_was_told(refused):
    """D19: a wrong setting is not believed without a look."""
    assert refused("E-mail;Name\na@b.example;Bo\n", encoding="utf-16", as_encoding="cp1250") == (
        "The file is written in utf-16, not in windows-1250: leave --encoding out."
    )


@pytest.mark.parametrize("told_as", ["", "windows-1250"])
def test_lines_that_alone_are_not_in_utf_8_are_named(refused, told_as):
    """D19: 3,000 good lines and one of another program; no encoding reads both."""
    good = "".join(f"a{n}@b.example;Zięba\n" for n in range(300)).encode()
    content = b"E-mail;Name\n" + good + "z@b.example;Wąs\n".encode("cp1250")
    assert refused(content, as_encoding=told_as).splitlines() == [
        "The file is written in UTF-8, except for 1 line: correct it and save the file in UTF-8.",
        "  Line 302: z@b.example;W�s",
    ]


def test_utf_8_that_was_told_to_be_plain_ascii_says_so(refused):
    """D19: not a list of encodings, each of them wrong."""
    assert refused("E-mail;Name\na@b.example;Wąs\n", as_encoding="ascii") == (
        "The file is not written in ascii.\nThe file is written in UTF-8, not in ascii: leave --encoding out."
    )
