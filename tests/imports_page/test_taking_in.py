"""The dry run, the import, its report and its rows; how long the file is kept (S4.27, S4.29)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.importing import uploads
from backoffice.models import Event, Import, ImportPart, ImportRow, Job
from backoffice.views.event_sentences import tell
from customers.models import Customer, Tag, Title
from groups.models import Group
from tests.imports_page.pages import FILE, HEAD, begin, figures
from tests.reading import List, read


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
