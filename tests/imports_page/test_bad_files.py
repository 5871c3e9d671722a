"""Files that are none, and who may not send any: told, and never broken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backoffice.importing import page_jobs, uploads
from backoffice.jobs import running
from backoffice.models import Import, Job
from customers.models import Customer
from tests.imports_page.pages import FILE, begin, columns, send
from tests.reading import List, read

BAD = [
    ("", "The file is empty."),
    (
        b"PK\x03\x04rest of a spreadsheet",
        "This is not a CSV file but a spreadsheet or archive (xlsx, ods, zip).",
    ),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
    (
        "E-mail;Last name;First name\nada@shop.example;By\0ron;Ada\n",
        "Line 2 contains a NUL byte: this is not text.",
    ),
    (
        "E-mail;Last name;First name\nb@shop.example;Wąs;Paweł\n".encode("cp1250"),
        "The file is not written in UTF-8.",
    ),
    ("Strasse;Ort\nx;y\n", "names no known column"),
    ("\n\n\n", "The file is empty."),
    ("Last name;First name\nByron;Ada\n", "These columns are missing: E-mail."),
    ('E-mail;Last name;First name\n"ada@shop.example;B;A\n', "A quotation mark opens in the row of line 2"),
]


class TestBadFiles:
    def test_the_list_says_why_a_file_cannot_be_imported(self, client):
        """Issue 9: an unusable file is not one that merely waits."""
        send(client, "Strasse;Ort\nx;y\n", name="bad.csv")
        page = client.get("/imports/").content.decode()
        assert "Cannot be imported: The first line names no known column" in page
        assert "Not imported yet" not in page

    @pytest.mark.parametrize(("text", "said"), BAD)
    def test_each_says_what_is_wrong_and_never_breaks(self, client, text, said):
        """What, where, how to mend it; nothing is changed."""
        answer = send(client, text, name="bad.csv")
        if answer.status_code == 302:
            answer = client.get(answer["Location"])
        assert answer.status_code == 200
        assert said in read(answer).one("main").text
        assert not Customer.objects.exists()

    def test_it_speaks_of_the_fields_of_the_page_and_not_of_the_command(self, choose, page, client):
        imported = choose("E-mail;Last name;First name\nb@shop.example;Wąs;Paweł\n".encode("cp1250"))
        main = page(imported)
        assert "--" not in main.text
        assert "“Encoding”" in main.text
        client.post(f"/imports/{imported.pk}/options/", {"key": "email", "encoding": "windows-1250"})
        assert columns(page(imported))[1] == ("Last name", "Last name", "Wąs")

    @pytest.mark.parametrize(
        ("text", "asked"),
        [
            (b"PK\x03\x04rest of a spreadsheet", []),
            ("E-mail;Last name\nb@shop.example;By\0ron\n", []),
            ("E-mail;Last name;First name\nb@shop.example;Wąs;Paweł\n".encode("cp1250"), ["encoding"]),
            ("Strasse;Ort\nx;y\n", ["map", "delimiter"]),
            ("Last name;First name\nByron;Ada\n", ["map"]),
        ],
    )
    def test_only_what_may_mend_the_fault_is_asked(self, choose, page, text, asked):
        """Issue 9, how its pages read: a spreadsheet becomes no CSV file by another time zone."""
        forms = [one for one in page(choose(text)).all("form") if one.get("id") == "options"]
        fields = [one["name"] for form in forms for one in form.walk() if one.has("name")]
        assert [one for one in fields if one != "csrfmiddlewaretoken"] == asked

    def test_what_was_said_of_a_file_can_be_taken_back(self, choose, page, client):
        """The fault of an option is mended at that option."""
        imported = choose("E-mail;Last name;First name\nada@shop.example;Byron;Ada\n")
        client.post(f"/imports/{imported.pk}/options/", {"key": "email", "map": "Ort=city"})
        options = page(imported).one("form", id="options")
        assert options.one("textarea", name="map").text == "Ort=city"
        client.post(f"/imports/{imported.pk}/options/", {"map": ""})
        assert columns(page(imported))[0] == ("E-mail", "E-mail", "ada@shop.example")

    def test_two_columns_of_one_name_are_told(self, choose, page):
        main = page(choose("E-mail;Phone;Phone;Last name;First name\na@shop.example;1;2;B;A\n"))
        assert columns(main)[1:3] == [
            ("Phone", "Phone", "1"),
            ("Phone", "Not used: another column says it already", "2"),
        ]

    def test_too_many_rows_are_told(self, choose, page, settings):
        settings.IMPORT_ROWS = 2
        assert "The file has 4 rows; this page takes 2 rows." in page(choose(FILE)).text

    def test_a_file_that_is_too_large_is_told_with_the_limit(self, client, settings):
        settings.IMPORT_MEGABYTES = 1
        answer = send(client, FILE + "x" * 1_100_000)
        assert answer.status_code == 200
        assert "The file has 2 MB; at most 1 MB." in read(answer).one("main").text
        answer = send(client, FILE + "x" * 6_000_000)
        assert answer.status_code == 413
        assert "larger than 1 MB" in answer.content.decode()

    def test_only_who_may_import_may_send_more_than_others(self, client_of, viewer, owner, settings):
        """Nobody fills the disk before one knows who they are."""
        large = {
            "section": "tags",
            "file": SimpleUploadedFile("tags.csv", b"Name\nVIP\n" + 6_000 * (b"V" * 999 + b"\n")),
        }
        assert client_of(viewer).post("/imports/", large).status_code == 413
        large["file"].seek(0)
        assert client_of(owner).post("/imports/", large).status_code == 302
        large["file"].seek(0)
        assert client_of(owner).post("/tags/add/", large).status_code == 413

    def test_no_file_and_no_such_section(self, client):
        answer = client.post("/imports/", {"section": "carts"})
        assert "Choose a file." in read(answer).one("main").text
        assert Import.objects.count() == 0

    def test_odd_file_names(self, choose, client):
        for name in ("../../etc/passwd", "ż" * 190 + ".csv", "...", "a b;c\"d'.csv"):
            imported = choose("Name\nVIP\n", "tags", name)
            assert client.get(f"/imports/{imported.pk}/").status_code == 200
            with uploads.on_disk(imported) as path:
                assert path.read_text() == "Name\nVIP\n"


class TestRights:
    @pytest.mark.parametrize("role", ["support", "marketing", "viewer"])
    def test_who_may_not_import_gets_in_nowhere(self, role, choose, client_of, hire):
        """Decisions, Rights: import is the owner's and the manager's."""
        imported, client = choose(FILE), client_of(hire(role))
        answers = [
            client.get("/imports/"),
            client.get(f"/imports/{imported.pk}/"),
            client.get(f"/imports/{imported.pk}/report/"),
            *(client.post(f"/imports/{imported.pk}/{page}/") for page in ("options", "start", "discard")),
            send(client, FILE),
        ]
        assert [one.status_code for one in answers] == [403] * 7
        assert "/imports/" not in client.get("/customers/").content.decode()
        listed = List(client.get(f"/customers/?import={imported.pk}"))
        assert listed.chips == {}

    def test_others_who_may_import_read_it_and_leave_it_alone(self, choose, client_of, manager):
        imported, client = choose(FILE), client_of(manager)
        main = read(client.get(f"/imports/{imported.pk}/")).one("main")
        assert main.all("form") == []
        assert client.post(f"/imports/{imported.pk}/start/", {"dry_run": "0"}).status_code == 403

    def test_one_that_is_not_there(self, client):
        assert client.get("/imports/99/").status_code == 404

    def test_who_lost_the_right_meanwhile_is_refused_by_the_job(
        self, choose, client, owner, monkeypatch, page
    ):
        monkeypatch.setattr(page_jobs, "AT_ONCE", 0)
        imported = begin(client, choose(FILE))
        type(owner).objects.filter(pk=owner.pk).update(is_active=False)
        running.carry_out(imported.run_id)
        assert Job.objects.get(pk=imported.run_id).fault == (
            "The person who started this is no longer allowed to do it."
        )
        assert not Customer.objects.exists()
