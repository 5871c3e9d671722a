"""Large files are the worker's: progress, cancel, a kill, a lock (issue 9, 12)."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction

from backoffice.importing import page_jobs
from backoffice.jobs import running
from backoffice.models import Import, ImportPart, ImportRow, Job
from customers.models import Customer, Tag
from groups.models import Group
from tests.imports_page.pages import begin, figures
from tests.reading import read

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
        imported, do, tries = choose(ROWS), running._do, []

        def busy_once(*args):
            tries.append(1)
            do(*args)
            if len(tries) == 2:
                raise OperationalError("database is locked")

        monkeypatch.setattr(running, "_with_retries", lambda do: retried(do))

        def retried(do):
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
        assert "Canceled. What went in before stays. The same file can be imported again." in main.text
        assert Job.objects.get(pk=imported.run_id).done == 3
        assert not ImportPart.objects.exists()
