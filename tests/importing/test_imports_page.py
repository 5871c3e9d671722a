"""The imports page: a file chosen, looked at, tried, taken in, told (issue 9, 12; S4.27, S4.29)."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from backoffice.importing import page_jobs, uploads
from backoffice.jobs import running
from backoffice.models import Event, Import, ImportPart, ImportRow, Job
from backoffice.views.event_sentences import tell
from customers.models import Customer, Tag, Title
from groups.models import Group
from tests.reading import List, Node, read

HEAD = "E-mail;Last name;First name;Newsletter;Opt in;Uwagi\n"
FILE = HEAD + (
    "ada@shop.example;Byron;Ada;1;0;likes tea\n"
    "bo@shop.example;Bo;Bo;0;0;\n"
    "no address;Kim;Kim;0;0;\n"
    "ada@shop.example;Byron;Ada;1;0;\n"
)


@pytest.fixture
def client(shop, client_of, owner):
    return client_of(owner)


def send(client, text: str | bytes, section: str = "customers", name: str = "shop.csv"):
    """The answer to a file that is chosen."""
    data = text.encode() if isinstance(text, str) else text
    return client.post("/imports/", {"section": section, "file": SimpleUploadedFile(name, data)})


@pytest.fixture
def choose(client):
    """`choose("E-mail;…", "customers")` chooses a file; gives the import."""

    def choose(text: str | bytes, section: str = "customers", name: str = "shop.csv") -> Import:
        answer = send(client, text, section, name)
        assert answer.status_code == 302, read(answer).one("main").text
        return Import.objects.get(pk=answer["Location"].split("/")[-2])

    return choose


@pytest.fixture
def page(client):
    """`page(imported)` is its page as somebody reads it."""
    return lambda imported: read(client.get(f"/imports/{imported.pk}/")).one("main")


def begin(client, imported: Import, *, dry_run: bool = False) -> Import:
    answer = client.post(f"/imports/{imported.pk}/start/", {"dry_run": "1" if dry_run else "0"})
    assert answer.status_code == 302
    imported.refresh_from_db()
    return imported


def figures(main: Node) -> list[str]:
    return [one.text for one in main.one("ul", "stats").all("li")]


def columns(main: Node) -> list[tuple[str, str, str]]:
    """What the page says of each column: its name, what it is taken for, some cells."""
    table = next(one for one in main.all("table") if one.one("caption").text == "Columns")
    return [
        tuple(cell.text for cell in line.children if cell.tag in ("th", "td")) for line in table.all("tr")[1:]
    ]


class TestLooking:
    def test_the_page_says_what_was_recognised_and_what_each_column_is_taken_for(self, choose, page):
        """I6: "Opt in → Partner offers" is seen before anything happens; columns left aside are named."""
        main = page(choose(FILE))
        facts = dict(
            zip([one.text for one in main.all("dt")], [one.text for one in main.all("dd")], strict=True)
        )
        assert facts == {"Rows": "4", "Encoding": "UTF-8", "Delimiter": ";", "Column names": "in line 1"}
        assert columns(main) == [
            ("E-mail", "E-mail", "ada@shop.example bo@shop.example no address"),
            ("Last name", "Last name", "Byron Bo Kim"),
            ("First name", "First name", "Ada Bo Kim"),
            ("Newsletter", "Newsletter", "1 0"),
            ("Opt in", "Partner offers", "0"),
            ("Uwagi", "Not used: nothing here has this name Take it as: Note", "likes tea"),
        ]
        assert not Customer.objects.exists()

    def test_a_likely_column_is_taken_by_a_click(self, choose, client, page):
        """I7: proposed and mapped."""
        imported = choose(FILE)
        button = page(imported).one("button", name="take")
        client.post(f"/imports/{imported.pk}/options/", {"key": "email", "take": button["value"]})
        imported.refresh_from_db()
        assert imported.options == {"map": ["Uwagi=note"]}
        assert columns(page(imported))[-1] == ("Uwagi", "Note", "likes tea")
        begin(client, imported)
        assert Customer.objects.get(email="ada@shop.example").note == "likes tea"

    def test_options_are_those_that_the_section_declares(self, choose, page):
        named = {
            one["name"] for one in page(choose(FILE)).one("form", id="options").walk() if one.has("name")
        }
        assert named - {"csrfmiddlewaretoken", "take"} == {
            *("key", "names", "replace_people", "map", "dates", "time_zone", "without_bad_cells"),
            *("encoding", "delimiter"),
        }
        tags = page(choose("Name\nVIP\n", "tags")).one("form", id="options")
        assert [one["value"] for one in tags.one("select", name="key").all("option")] == ["name", "id"]

    def test_what_is_said_of_a_file_is_looked_at_anew_and_an_older_dry_run_forgotten(
        self, choose, client, page
    ):
        imported = begin(client, choose("E-mail;Name\nada@shop.example;Ada Byron\n"), dry_run=True)
        assert figures(page(imported)) == [
            *("0 would be created", "0 would be updated", "0 would stay unchanged", "1 would be refused")
        ]
        client.post(f"/imports/{imported.pk}/options/", {"key": "email", "names": "first-last"})
        assert page(imported).all("ul", "stats") == []
        assert figures(page(begin(client, imported, dry_run=True)))[0] == "1 would be created"

    def test_dates_and_clock_are_told(self, choose, page):
        main = page(choose("E-mail;Last name;First name;Birthday\na@shop.example;B;A;31/12/1984\n"))
        assert "the day comes first in its dates, as “31/12/1984” in line 2 shows" in main.text


class TestTakingIn:
    def test_a_dry_run_tells_what_would_happen_and_changes_nothing(self, choose, client, page):
        main = page(begin(client, choose(FILE), dry_run=True))
        assert figures(main) == [
            *("2 would be created", "0 would be updated", "0 would stay unchanged", "2 would be refused")
        ]
        assert "Newsletter: would be switched on for 1, off for 0." in main.text
        assert (Customer.objects.count(), Event.objects.filter(kind="import").count()) == (0, 0)
        assert ImportRow.objects.count() == 0

    def test_the_import_tells_what_it_did_and_leads_to_its_rows(self, choose, client, page):
        imported = begin(client, choose(FILE))
        main = page(imported)
        assert figures(main) == ["2 created", "0 updated", "0 unchanged", "2 refused"]
        table = next(one for one in main.all("table") if one.one("caption").text == "Refused or left out: 2")
        assert [[cell.text for cell in line.all("td")] for line in table.all("tr")[1:]] == [
            ["4", "E-mail", "no address", "Not a valid e-mail address: write it like name@example.com."],
            ["5", "E-mail", "ada@shop.example", "Line 2 has this address already."],
        ]
        url = f"/customers/?import={imported.pk}"
        assert url in [one["href"] for one in main.all("a")]
        rows = List(client.get(url))
        assert rows.ids == list(Customer.objects.order_by("-pk").values_list("pk", flat=True))
        (chip,) = rows.chips
        assert chip.startswith("Import: shop.csv, ")

    def test_the_report_is_a_file_too(self, choose, client):
        """Line, column, value, reason; what a spreadsheet would run is guarded."""
        imported = begin(client, choose(HEAD + "=1+1;Kim;Kim;0;0;\n"))
        answer = client.get(f"/imports/{imported.pk}/report/")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert text.splitlines()[:2] == [
            '"Line";"Column";"Value";"Reason"',
            '"2";"E-mail";"\'=1+1";"Not a valid e-mail address: write it like name@example.com."',
        ]
        assert answer["Content-Disposition"] == f'attachment; filename="import_{imported.pk}.csv"'

    def test_it_is_one_act_of_the_activity_with_its_figures(self, choose, client, page):
        imported = begin(client, choose(FILE))
        (event,) = Event.objects.filter(kind="import")
        assert tell(event) == (
            "Owner imported 2 rows into Customers. shop.csv: 2 created, 0 updated, 0 unchanged, 2 refused."
        )
        assert f"/imports/{imported.pk}/" in client.get("/activity/").content.decode()

    def test_the_history_of_each_record_leads_to_the_import(self, choose, client, client_of, support):
        imported = begin(client, choose(FILE))
        ada = Customer.objects.get(email="ada@shop.example")
        head = read(client.get(f"/customers/{ada.pk}/history/")).one("p", "act-head")
        assert (head.one("span", "by").text, head.one("a").text) == ("Owner", "Import")
        assert head.one("a")["href"] == f"/imports/{imported.pk}/"
        others = read(client_of(support).get(f"/customers/{ada.pk}/history/")).one("p", "act-head")
        assert others.all("a") == []

    def test_the_same_file_again_changes_nothing(self, choose, client, page):
        begin(client, choose(FILE))
        again = begin(client, choose(FILE))
        assert figures(page(again)) == ["0 created", "0 updated", "2 unchanged", "2 refused"]
        assert List(client.get(f"/customers/?import={again.pk}")).lines == []

    @pytest.mark.parametrize(
        ("section", "text", "model"),
        [
            ("groups", "Name;Discount\nWholesale;15\nKids;101\n", Group),
            ("tags", "Name\nVIP\n<b>\n", Tag),
            ("titles", "Name;Gender\nDr;neutral\nSir;x\n", Title),
        ],
    )
    def test_every_section_with_declared_fields_alike(self, choose, client, page, section, text, model):
        before = model.objects.count()
        imported = choose(text, section)
        assert figures(page(begin(client, imported, dry_run=True)))[0] == "1 would be created"
        assert model.objects.count() == before
        assert figures(page(begin(client, imported))) == [
            "1 created",
            "0 updated",
            "0 unchanged",
            "1 refused",
        ]
        assert model.objects.count() == before + 1
        assert len(List(client.get(f"/{section}/?import={imported.pk}")).ids) == 1

    def test_a_file_goes_in_once(self, choose, client):
        imported = begin(client, choose(FILE))
        answer = client.post(f"/imports/{imported.pk}/start/", {"dry_run": "0"}, follow=True)
        assert "This file is being imported, or was already." in answer.content.decode()
        assert Job.objects.count() == 1

    def test_past_imports_are_listed_with_who_when_what_and_result(self, choose, client):
        begin(client, choose(FILE))
        choose("Name\nVIP\n", "tags", "tags.csv")
        table = read(client.get("/imports/")).one("table")
        rows = [
            [cell.text for cell in line.children if cell.tag in ("th", "td")] for line in table.all("tr")[1:]
        ]
        assert [row[:4] for row in rows] == [
            ["tags.csv", "Tags", "Not imported yet", "Owner"],
            ["shop.csv", "Customers", "2 created, 0 updated, 0 unchanged, 2 refused", "Owner"],
        ]

    def test_the_gear_menu_of_a_list_leads_here_with_its_section(self, client):
        """S4.27, S4.29."""
        gear = read(client.get("/tags/")).one("div", id="list-gear")
        assert [one["href"] for one in gear.all("a") if one.text == "Import"] == ["/imports/?section=tags"]
        chosen = read(client.get("/imports/?section=tags")).one("select", name="section")
        assert [one["value"] for one in chosen.all("option") if one.has("selected")] == ["tags"]
        assert "/imports/" in [one["href"] for one in read(client.get("/")).one("nav", id="rail").all("a")]


class TestKeeping:
    def test_the_file_is_kept_until_it_went_in_and_no_cell_of_it_longer(self, choose, client):
        imported = choose(FILE)
        assert ImportPart.objects.count() == 1
        begin(client, imported, dry_run=True)
        assert ImportPart.objects.count() == 1
        begin(client, imported)
        assert not ImportPart.objects.exists()
        assert "likes tea" not in str(imported.look)

    def test_one_that_nobody_takes_in_is_forgotten_after_a_day(self, choose, client, page):
        imported = choose(FILE)
        Import.objects.update(created_at=timezone.now() - timedelta(hours=25))
        uploads.forget_files()
        assert not ImportPart.objects.exists()
        assert "The file is no longer kept. Choose it again to import it." in page(imported).text
        assert client.post(f"/imports/{imported.pk}/start/", {"dry_run": "0"}).status_code == 302
        assert not Customer.objects.exists()

    def test_imports_are_forgotten_with_their_jobs(self, choose, client):
        """Decision 50."""
        begin(client, choose(FILE))
        Import.objects.update(created_at=timezone.now() - timedelta(days=91))
        uploads.forget_files()
        assert (Import.objects.count(), ImportRow.objects.count()) == (0, 0)

    def test_a_file_can_be_discarded(self, choose, client):
        imported = choose(FILE)
        client.post(f"/imports/{imported.pk}/discard/")
        assert (Import.objects.count(), ImportPart.objects.count()) == (0, 0)

    def test_a_large_file_is_kept_in_pieces_and_comes_out_as_it_was(self, choose):
        imported = Import(section="customers", file="shop.csv")
        uploads.keep(imported, (FILE.encode()[start : start + 40] for start in range(0, len(FILE), 40)))
        assert (ImportPart.objects.count(), imported.size) == (-(-len(FILE) // 40), len(FILE))
        with uploads.on_disk(imported) as path:
            assert (path.name, path.read_text()) == ("shop.csv", FILE)


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
            "file": SimpleUploadedFile("tags.csv", b"Name\nVIP\n" + b"\n" * 6_000_000),
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


ROWS = "ID;E-mail;Last name;First name;Groups;Guest\n" + "".join(
    f"{n % 7 + 900};c{n % 9}@shop.example;{'Byron' if n % 3 else 'King'};Ada;Village {n % 3};{n % 2}\n"
    for n in range(40)
)


@pytest.mark.django_db(transaction=True)
class TestOfTheWorker:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch):
        """Every file is large here, and three rows a block."""
        monkeypatch.setattr(page_jobs, "AT_ONCE", 0)
        monkeypatch.setattr("customers.importing.importer.BLOCK", 3)
        monkeypatch.setattr("backoffice.importing.rows.BLOCK", 3)
        monkeypatch.setattr(running, "SHORTEST_REST", 0)

    def test_it_is_the_workers_and_its_progress_is_shown(self, choose, client, page):
        imported = begin(client, choose(ROWS))
        main = page(imported)
        assert "0 of 40" in main.text
        assert main.one("div", id="import")["hx-get"] == f"/imports/{imported.pk}/"
        assert not Customer.objects.exists()
        assert read(client.get("/tags/")).one("div", "job-line").one("a").text == "Import: shop.csv"
        call_command("worker", once=True)
        assert figures(page(imported))[0] != "0 created"
        assert not page(imported).one("div", id="import").has("hx-get")

    @pytest.mark.parametrize("key", ["email", "id"])
    @pytest.mark.parametrize("killed_after", [1, 5])
    def test_a_killed_worker_changes_nothing_of_what_is_told(
        self, choose, client, page, monkeypatch, key, killed_after
    ):
        """Every row goes in once, and the report is that of an import that nobody killed."""
        told = []
        for dies in (False, True):
            Customer.objects.all().delete()
            Group.objects.exclude(pk=1).delete()
            imported = choose(ROWS)
            client.post(f"/imports/{imported.pk}/options/", {"key": key})
            begin(client, imported)
            if dies:
                self.kill_after(killed_after, imported, monkeypatch)
            running.carry_out(imported.run_id)
            imported.refresh_from_db()
            people = Customer.objects.order_by("email", "last_name", "external_id")
            told.append(
                (
                    imported.figures,
                    list(people.values_list("email", "last_name", "external_id", "guest")),
                    sorted(ImportRow.objects.filter(imported=imported).values_list("line", "created")),
                )
            )
        for one, other in zip(*told, strict=True):
            assert one == other
        assert told[0][0]["created"] > 3

    @staticmethod
    def kill_after(blocks: int, imported: Import, monkeypatch):
        done, do = [], running._do

        def killed(*args):
            if len(done) == blocks:
                raise SystemExit
            do(*args)
            done.append(1)

        with monkeypatch.context() as patch:
            patch.setattr(running, "_do", killed)
            with pytest.raises(SystemExit):
                running.carry_out(imported.run_id)
        assert Job.objects.get(pk=imported.run_id).state == "running"

    def test_a_killed_import_of_tags_goes_on_as_well(self, choose, client, monkeypatch):
        text = "ID;Name\n" + "".join(f"{n % 5};Tag {n % 8}\n" for n in range(20))
        told = []
        for dies in (False, True):
            Tag.objects.all().delete()
            imported = begin(client, choose(text, "tags"))
            if dies:
                self.kill_after(2, imported, monkeypatch)
            running.carry_out(imported.run_id)
            imported.refresh_from_db()
            told.append((imported.figures, sorted(Tag.objects.values_list("name", flat=True))))
        assert told[0] == told[1]

    def test_a_block_that_is_rolled_back_is_taken_in_once(self, choose, client, monkeypatch):
        from django.db import OperationalError

        imported, do, tries = choose(ROWS), running._do, []

        def busy_once(*args):
            tries.append(1)
            do(*args)
            if len(tries) == 2:
                raise OperationalError("database is locked")

        monkeypatch.setattr(running, "_with_retries", lambda do: retried(do))

        def retried(do):
            from django.db import transaction

            try:
                with transaction.atomic():
                    return do()
            except OperationalError:
                return do()

        monkeypatch.setattr(running, "_do", busy_once)
        begin(client, imported)
        running.carry_out(imported.run_id)
        imported.refresh_from_db()
        numbers = [imported.figures[name] for name in ("created", "updated", "unchanged", "refused")]
        assert sum(numbers) == 40
        assert Customer.objects.count() == numbers[0]

    def test_it_is_cancelled_between_two_blocks_and_says_so(self, choose, client, page, monkeypatch):
        imported, do = begin(client, choose(ROWS)), running._do

        def cancelled_meanwhile(*args):
            do(*args)
            client.post(f"/jobs/{imported.run_id}/cancel/")

        monkeypatch.setattr(running, "_do", cancelled_meanwhile)
        running.carry_out(imported.run_id)
        main = page(imported)
        assert "Cancelled. What went in before stays. The same file can be imported again." in main.text
        assert Job.objects.get(pk=imported.run_id).done == 3
        assert not ImportPart.objects.exists()


class TestCosts:
    def test_the_pages_cost_the_same_for_many_imports_as_for_one(
        self, choose, client, django_assert_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        counts = []
        for number in (1, 5):
            for _ in range(number):
                imported = begin(client, choose(FILE))
            for address in ("/imports/", f"/imports/{imported.pk}/"):
                client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                counts.append(len(queries))
        assert counts[:2] == counts[2:]


def test_everything_goes_into_an_empty_shop_whole_by_the_page(choose, client, customer, group, tag, page):
    """D22, I22: the export of all columns, guests included, taken in where nobody is."""
    village, vip = group("Village"), tag("VIP")
    ada = customer(
        email="ada@shop.example", first_name="Ada", last_name="Byron", note="tea", phone="+33 1 02 03 04 05"
    )
    ada.groups.add(village)
    ada.tags.add(vip)
    customer(email="guest@shop.example", first_name="Gil", last_name="Guest", guest=True)
    customer(email="guest@shop.example", first_name="Gus", last_name="Guest", guest=True)
    whole = b"".join(client.get("/customers/?columns=all".replace("?", "export/?")).streaming_content)
    before = rows_of(whole)
    Customer.objects.all().delete()
    Tag.objects.all().delete()
    imported = choose(whole)
    assert not [one for one in columns(page(imported)) if "nothing here has this name" in one[1]]
    begin(client, imported)
    assert [imported.figures[one] for one in ("created", "refused")] == [3, 0]
    after = rows_of(b"".join(client.get("/customers/export/?columns=all").streaming_content))
    assert sorted(after, key=str) == sorted(before, key=str)


def rows_of(file: bytes) -> list[dict]:
    """The rows of an export, without what a new shop gives them: number, moment of the last change."""
    import csv

    rows = csv.DictReader(io.StringIO(file.decode()), delimiter=";")
    new = ("ID", "External reference", "Last update")
    return [{name: cell for name, cell in row.items() if name not in new} for row in rows]
