"""What an import leaves behind: history, ledger, stored figures, counts, a line on the activity page (decision 28)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from backoffice.models import Counter, Event, Summary
from backoffice.records.actors import Actor
from backoffice.records.required_fields import require
from backoffice.views.event_sentences import tell
from customers.importing import importer
from customers.models import Consent, Customer, CustomerFigures, Membership, Tagging
from customers.sections.customers import CUSTOMERS
from customers.services.figures import open_figures, record_purchase, record_visit
from groups.models import Group

HEAD = "E-mail;Last name;First name;Newsletter;Opt-in;Groups;Tags"
TWO = f"{HEAD}\nada@shop.example;Byron;Ada;1;0;Village;VIP\nbo@shop.example;Bo;Bo;0;1;Village, Harvest;\n"


def ada() -> Customer:
    return Customer.objects.get(email="ada@shop.example")


def test_every_row_written_has_its_row_of_history_by_the_door_import(take_in):
    """Decision 28: bulk writes add history rows themselves, tested by counting; passwords are in none."""
    take_in(TWO)
    for model, rows in ((Customer, 2), (Membership, 3), (Tagging, 1)):
        past = model.history.all()
        assert (past.count(), model.objects.count()) == (rows, rows)
        assert {(one.history_type, one.door, one.history_user) for one in past} == {("+", "import", None)}
    first = ada().history.get()
    assert (first.first_name, first.newsletter, first.history_change_reason) == ("Ada", True, "import")
    assert not hasattr(first, "password")


def test_a_change_writes_one_row_of_history_and_no_change_writes_none(take_in):
    """D-93: who, when, from where."""
    take_in(TWO)
    take_in(TWO.replace("Byron", "King"))
    assert [one.last_name for one in ada().history.order_by("history_id")] == ["Byron", "King"]
    assert Customer.objects.get(email="bo@shop.example").history.count() == 1
    assert (ada().version, Customer.objects.get(email="bo@shop.example").version) == (2, 1)


def test_leaving_a_group_is_in_the_history_too(take_in):
    """Groups and tags have a history of their own."""
    take_in(TWO)
    take_in(f"{HEAD}\nbo@shop.example;Bo;Bo;0;1;Harvest;\n")
    bo = Customer.objects.get(email="bo@shop.example")
    moves = Membership.history.filter(customer_id=bo.pk).order_by("history_id")
    assert [(one.group.name, one.history_type) for one in moves] == [
        ("Village", "+"),
        ("Harvest", "+"),
        ("Village", "-"),
    ]
    assert bo.default_group.name == "Harvest"


def test_each_consent_that_changes_is_in_the_ledger(take_in):
    """D-50, decision 9: without a ground of its own it rests on the file."""
    take_in(TWO)
    take_in(TWO.replace("Ada;1;0", "Ada;0;1"))
    lines = (
        Consent.objects.filter(customer=ada()).order_by("id").values_list("kind", "given", "ground", "door")
    )
    assert list(lines) == [
        ("newsletter", True, "import of shop.csv", "import"),
        ("newsletter", False, "import of shop.csv", "import"),
        ("partner_offers", True, "import of shop.csv", "import"),
    ]


def test_who_reads_the_newsletter_is_known_since_when(take_in):
    """Facts 1.1."""
    before = timezone.now()
    take_in(TWO)
    assert ada().newsletter_at >= before
    assert Customer.objects.get(email="bo@shop.example").newsletter_at is None


@pytest.mark.parametrize("field", ["newsletter", "partner_offers"])
@pytest.mark.parametrize("cell", ["0", "no", ""])
def test_a_required_consent_that_was_never_given_and_stays_so_does_not_refuse_the_row(
    take_in, customer, field, cell
):
    """Decision 5, code finding C19.6: stored no, no in the file; nothing of it is changed, so nothing is judged."""
    customer(email="ada@shop.example", first_name="John")
    require(CUSTOMERS, [field], by=Actor.command())
    outcome = take_in(f"E-mail;First name;{field}\nada@shop.example;Ada;{cell}\n")
    assert (outcome.counts, outcome.reasons) == ((0, 1, 0, 0), [])
    assert (ada().first_name, getattr(ada(), field)) == ("Ada", False)


def test_the_stored_figures_and_counts_are_right_and_the_list_is_another_one(take_in, counted_right):
    """Decisions 13 and 39: counters, members, tagged customers, a row of figures for each."""
    version = Counter.of("customers.customer").version
    take_in(TWO)
    counter = Counter.of("customers.customer")
    assert (counter.value, counter.version > version) == (2, True)
    assert dict(Group.objects.values_list("name", "members_count")) == {
        "Default": 0,
        "Harvest": 1,
        "Village": 2,
    }
    assert CustomerFigures.objects.count() == 2
    assert Summary.objects.get(name="customers").figures["people"] == 2
    counted_right()


def test_people_of_a_file_are_found_by_the_search_at_once(take_in, client_of, owner):
    """The folded columns are written with the rest (decision 34)."""
    take_in("E-mail;Last name;First name;Company\nlukasz@mlyn.example;Młynarz;Łukasz;Żarna\n")
    for query in ("q=mlynarz lukasz", "last_name=mły", "company=zarna", "q=mlyn.exa"):
        assert "lukasz@mlyn.example" in client_of(owner).get(f"/customers/?{query}").content.decode()


def test_an_import_stands_on_the_activity_page(take_in):
    """Decision 28."""
    take_in(TWO + "bad;Bad;Bad;0;0;;\n")
    event = Event.objects.get(kind="import")
    assert event.facts == {"rows": 2, "created": 2, "updated": 0, "refused": 1, "file": "shop.csv"}
    assert tell(event) == "A command on the server imported 2 rows into Customers."


def test_a_dry_run_tells_the_same_and_writes_nothing(take_in):
    """Habit 15: the same code without the writing; L106: it tells what would be."""
    text = TWO + "bad;Bad;Bad;0;0;;\n"
    outcome = take_in(text, dry_run=True)
    tables = (Customer, CustomerFigures, Membership, Tagging, Consent, Event, Summary, Customer.history.model)
    assert [model.__name__ for model in tables if model.objects.exists()] == []
    assert list(Group.objects.values_list("name", "members_count")) == [("Default", 0)]
    assert Counter.of("customers.customer").value == 0
    real = take_in(text)
    assert (real.counts, real.faults) == (outcome.counts, outcome.faults)
    assert outcome.remarks == [
        "Groups that would be created: “Village”, “Harvest”.",
        "Tag that would be created: “VIP”.",
        "Newsletter: would be switched on for 1, off for 0.",
        "Partner offers: would be switched on for 1, off for 0.",
    ]
    assert real.remarks == [
        "Groups created: “Village”, “Harvest”.",
        "Tag created: “VIP”.",
        "Newsletter: switched on for 1, off for 0.",
        "Partner offers: switched on for 1, off for 0.",
    ]


# Opening figures (decision 23)

SALES = "E-mail;Last name;First name;Sales;Orders;Last visit"


def test_sales_and_visits_of_the_former_shop_become_opening_figures(take_in, counted_right):
    """Decisions 17 and 23."""
    take_in(f"{SALES}\nada@shop.example;Byron;Ada;191.20;3;2011-08-09 10:50:53\n")
    figures = ada().figures
    assert (figures.total_spent, figures.orders_count, figures.valid_orders_count) == (
        Decimal("191.20"),
        3,
        3,
    )
    assert timezone.localtime(figures.last_visit_at).isoformat() == "2011-08-09T10:50:53+02:00"
    counted_right()


def test_stated_again_they_replace_what_was_stated_and_orders_here_are_added(take_in, counted_right):
    """Decision 17: stored = opening + sum of our own; set-wise the same as one by one."""
    take_in(
        f"{SALES}\nada@shop.example;Byron;Ada;191.20;3;2011-08-09\nbo@shop.example;Bo;Bo;191.20;3;2011-08-09\n"
    )
    bo = Customer.objects.get(email="bo@shop.example")
    seen = timezone.now() - dt.timedelta(days=3)
    for one in (ada(), bo):
        record_purchase(one.pk, placed_at=timezone.now(), value=Decimal("50.00"), valid=True)
        record_visit(one.pk, started_at=seen)
    outcome = take_in(f"{SALES}\nada@shop.example;Byron;Ada;200.00;7;2012-01-01\n")
    assert outcome.counts == (0, 1, 0, 0)
    open_figures(
        bo.pk,
        orders=7,
        spent=Decimal("200.00"),
        last_visit_at=dt.datetime(2012, 1, 1, tzinfo=timezone.get_current_timezone()),
    )
    names = [one.attname for one in CustomerFigures._meta.concrete_fields if one.attname != "customer_id"]
    alike = [
        {
            name: getattr(CustomerFigures.objects.get(pk=one.pk), name)
            for name in names
            if "order_at" not in name
        }
        for one in (ada(), bo)
    ]
    # The visit itself is not in the visits' table here, so only its figure is compared.
    assert alike[0]["total_spent"] == Decimal("250.00")
    assert alike[0] == alike[1]


def test_another_currency_is_refused_for_that_cell_only(take_in):
    """Decision 23, S4.33."""
    outcome = take_in("E-mail;Last name;First name;Sales\nada@shop.example;Byron;Ada;191,20 zł\n")
    assert (outcome.counts, ada().figures.total_spent) == ((1, 0, 0, 0), 0)
    assert outcome.remarks == ["Line 2, column “Sales”: not taken: the shop's currency is EUR"]


def test_a_currency_column_says_what_the_amounts_are(take_in):
    """The own export writes one."""
    head = "E-mail;Last name;First name;Sales;Currency"
    take_in(f"{head}\nada@shop.example;Byron;Ada;191.20;EUR\nbo@shop.example;Bo;Bo;191.20;PLN\n")
    assert ada().figures.total_spent == Decimal("191.20")
    assert Customer.objects.get(email="bo@shop.example").figures.total_spent == 0


# Large files


@pytest.mark.parametrize("block", [1, 2, 3])
def test_the_size_of_a_block_changes_nothing(take_in, monkeypatch, counted_right, block):
    """Rows go in block by block; a row does not know in which."""
    monkeypatch.setattr(importer, "BLOCK", block)
    rows = "".join(f"c{n}@shop.example;Byron;Ada;{n % 2};0;Village;VIP\n" for n in range(5))
    assert take_in(f"{HEAD}\n{rows}").counts == (5, 0, 0, 0)
    assert take_in(f"{HEAD}\n{rows}").counts == (0, 0, 5, 0)
    counted_right()


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(take_in, django_assert_max_num_queries):
    """P10: set-wise."""
    rows = "".join(f"c{n}@shop.example;Byron;Ada;{n % 2};0;Village;VIP\n" for n in range(500))
    with django_assert_max_num_queries(80):
        assert take_in(f"{HEAD}\n{rows}").counts == (500, 0, 0, 0)
    with django_assert_max_num_queries(80):
        assert take_in(f"{HEAD}\n{rows.replace('Byron', 'King')}").counts == (0, 500, 0, 0)


def test_an_import_that_is_stopped_keeps_whole_blocks_and_can_be_done_again(
    take_in, monkeypatch, counted_right
):
    """Ctrl-C leaves nothing half-written."""
    monkeypatch.setattr(importer, "BLOCK", 2)
    store = importer.store
    calls = []

    def store_once(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return store(*args, **kwargs)

    monkeypatch.setattr(importer, "store", store_once)
    rows = "".join(f"c{n}@shop.example;Byron;Ada;1;0;Village;VIP\n" for n in range(5))
    outcome = take_in(f"{HEAD}\n{rows}")
    assert (outcome.report.stopped, outcome.counts, Customer.objects.count()) == (True, (2, 0, 0, 0), 2)
    assert Event.objects.get(kind="import").facts["rows"] == 2
    assert take_in(f"{HEAD}\n{rows}").counts == (3, 0, 2, 0)
    counted_right()
