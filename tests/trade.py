"""Fixtures: customers, groups and tags of a shop, made the way the product makes them."""

import datetime as dt
import itertools
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from addresses.models import Address, Country, State
from addresses.services import save_address, save_country
from backoffice.records import named_records
from backoffice.records.actors import Actor, Door
from backoffice.registries import seeds
from backoffice.sections import all_sections
from customers import services
from customers.models import Customer, CustomField, Mail, Tag, Task, Thread, Title, Visit
from customers.services.figures import record_purchase, record_visit
from groups.models import Group
from tests import sold_things


@pytest.fixture
def shop(db) -> None:
    """A fresh shop: the group Default and the two titles, also after a test that emptied the database behind it."""
    if not Group.objects.exists():
        for name in ("groups", "titles"):
            seeds[name].function(apps)


@pytest.fixture
def default_group(shop) -> Group:
    """The one group of a fresh shop (S0.63)."""
    return Group.objects.get(pk=1)


@pytest.fixture
def mr(shop) -> Title:
    """The title of men."""
    return Title.objects.get(kind=Title.Kind.MALE)


@pytest.fixture
def mrs(shop) -> Title:
    """The title of women."""
    return Title.objects.get(kind=Title.Kind.FEMALE)


@pytest.fixture
def group(shop) -> Callable[..., Group]:
    """`group("Wholesale", discount="15.00")` gives a new group without members."""
    return lambda name, **fields: named_records.saving(Group)(
        None, {"name": name, **fields}, by=Actor.command()
    )


@pytest.fixture
def tag(shop) -> Callable[..., Tag]:
    """`tag("RECURRENT")` gives a new tag."""
    return lambda name: named_records.saving(Tag)(None, {"name": name}, by=Actor.command())


@pytest.fixture
def task(customer) -> Callable[..., Task]:
    """`task("Call back", due_on=today, assignee=support)` gives a task for a new customer, or the one given."""

    def task(title: str = "Telephone", *, by: Actor | None = None, **values) -> Task:
        done = values.pop("done", False)
        values = {"customer": values.get("customer") or customer(), "title": title, **values}
        made = services.save_task(None, values, by=by or Actor.command())
        return services.switch_done(made, "done", True, by=by or Actor.command()) if done else made

    return task


@pytest.fixture
def title(shop) -> Callable[..., Title]:
    """`title("Dr", kind="neutral")` gives a new title."""
    return lambda name, **fields: named_records.saving(Title)(
        None, {"name": name, **fields}, by=Actor.command()
    )


@pytest.fixture
def custom_field(shop) -> Callable[..., CustomField]:
    """`custom_field("Shoe size", kind="number")` declares a field of customers."""
    return lambda name, **fields: services.save_custom_field(
        None, {"name": name, **fields}, by=Actor.command()
    )


@pytest.fixture
def customer(default_group) -> Callable[..., Customer]:
    """`customer(first_name="Ada")` adds a customer as every door does: John DOE in Default where nothing is said.

    Beside the fields: `visited` says when they were last seen, `spent` what their one valid order came to.
    """
    numbers = itertools.count(1)

    def customer(
        *, visited=None, spent=None, by: Actor | None = None, groups=(), tags=(), **values
    ) -> Customer:
        groups = list(groups) or [values.get("default_group", default_group)]
        values = {
            "last_name": "DOE",
            "first_name": "John",
            "email": f"customer{next(numbers)}@shop.example",
            "default_group": groups[0],
            **values,
        }
        made = services.add_customer({**values, "groups": groups, "tags": tags}, by=by or Actor.command())
        if visited is not None:
            record_visit(made.pk, started_at=visited)
        if spent is not None:
            record_purchase(made.pk, placed_at=timezone.now(), value=Decimal(spent), valid=True)
        return made

    return customer


def _ada(fixture) -> Customer:
    """Ada Byron, of whom everything is known that a list can show."""
    default = fixture("default_group")
    return fixture("customer")(
        first_name="Ada",
        last_name="Byron",
        password="0123456789",
        title=fixture("mrs"),
        birthday=dt.date(1990, 5, 1),
        company="Analytical Engines",
        phone="+33 1 23 45 67 89",
        sales_agent=fixture("hire")("support", name="Sue Agent", email="agent@example.com"),
        groups=[default, fixture("group")("Loyalty")],
        tags=[fixture("tag")("PROBLEM")],
        visited=timezone.now() - dt.timedelta(days=2),
        spent="19.90",
        registered_at=timezone.now() - dt.timedelta(days=3),
    )


def _telephone(fixture) -> Task:
    """A task of which everything is known that a list can show."""
    return fixture("task")(
        customer=fixture("customer")(first_name="Tess", last_name="Lund"),
        kind="call",
        details="About the open invoice",
        due_on=dt.date(2026, 3, 10),
        due_time=dt.time(14, 30),
        assignee=fixture("hire")("support", name="Sven Caller", email="caller@example.com"),
        done=True,
    )


@pytest.fixture
def conversation(customer) -> Callable[..., Thread]:
    """`conversation(ada, "Where is it?", subject="Parcel")`: they have written so; John DOE where nobody is named."""

    def conversation(who: Customer | None = None, text: str = "Where is my parcel?", **said) -> Thread:
        shop = Actor(staff=None, door=Door.SHOP, ip="192.0.2.7")
        message = services.receive_message(who or customer(), text, by=shop, **said)
        return Thread.objects.get(pk=message.thread_id)

    return conversation


def _a_parcel(fixture) -> Thread:
    """A conversation of which everything is known that a list can show."""
    mia = fixture("customer")(first_name="Mia", last_name="Lund")
    thread = fixture("conversation")(mia, subject="Parcel")
    agent = fixture("hire")("support", name="Tom Agent", email="tom@example.com")
    return services.organise(thread, status="pending1", assignee=agent, by=Actor.command())


@pytest.fixture
def countries(db) -> None:
    """The countries of a fresh shop, also after a test that emptied the database behind it."""
    if not Country.objects.exists():
        seeds["countries"].function(apps)


@pytest.fixture
def address(customer, countries) -> Callable[..., Address]:
    """`address(ada, city="Paris")` adds an address as every door does: John's in Paris where nothing is said.

    `country` and `state` are codes.
    """

    def address(who: Customer | None = None, *, by: Actor | None = None, **values) -> Address:
        who = who or customer()
        values = {
            "customer": who,
            "alias": "Home",
            "first_name": who.first_name,
            "last_name": who.last_name,
            "address1": "14, Main street",
            "postcode": "75000",
            "city": "Paris",
            "country": "FR",
            **values,
        }
        values["country"] = Country.objects.get(code=values["country"])
        if state := values.get("state"):
            values["state"] = State.objects.get(code=state)
        return save_address(None, values, by=by or Actor.command())

    return address


def _in_kuala_lumpur(fixture) -> Address:
    """An address of which everything is known that a list can show."""
    return fixture("address")(
        fixture("customer")(first_name="Lim", last_name="Lund", email="lim@shop.example"),
        company="Lund Traders",
        address1="12, Jalan Ampang",
        address2="Level 3",
        postcode="50450",
        city="Kuala Lumpur",
        country="MY",
        state="MY-14",
        phone="03-2161 1234",
        phone_mobile="012-345 6789",
        vat_number="MY123",
        dni="900101-14-1234",
        other="Ring twice",
        external_id="A-7",
    )


def _of_atlantis(fixture) -> Country:
    """A country that no library knows."""
    return save_country(
        None,
        {
            "code": "AA",
            "calling_code": 999,
            "address_format": "{first_name} {last_name} {address1} {postcode} {city}",
            "needs_postcode": True,
        },
        by=Actor.command(),
    )


def _a_welcome(fixture) -> Mail:
    """A mail of the log."""
    ben = fixture("customer")(first_name="Ben", last_name="Lund")
    words = {"template": "account", "subject": "Welcome", "language": "en"}
    return services.log_mail(ben, recipient=ben.email, **words)


def _a_visit(fixture) -> Visit:
    """A connection of which everything is known that a list can show."""
    eve = fixture("customer")(first_name="Eve", last_name="Lund", email="eve@shop.example")
    arrival = services.Arrival(
        visitor="e" * 32,
        page="/cables",
        ip="192.0.2.7",
        user_agent="Mozilla/5.0 (iPhone) Mobile",
        referrer="https://www.google.com/search",
        customer=eve,
    )
    return services.view_page(arrival, by=Actor(staff=None, door=Door.SHOP))


# How a record of each section is made, by its slug; `fixture` gives a fixture by its name.
ONE_OF_EACH: dict[str, Callable[[Callable], Model]] = {
    "addresses": _in_kuala_lumpur,
    "carts": sold_things.two_cups,
    "countries": _of_atlantis,
    "customers": _ada,
    "fields": lambda fixture: fixture("custom_field")(
        "Colour", kind="choice", choices="Red\nGreen", in_search=True
    ),
    "groups": lambda fixture: fixture("group")("Wholesale", discount="15.00"),
    "mails": _a_welcome,
    "messages": _a_parcel,
    "orders": sold_things.half_paid,
    "products": sold_things.a_lamp,
    "tags": lambda fixture: fixture("tag")("RECURRENT"),
    "tasks": _telephone,
    "titles": lambda fixture: fixture("title")("Dr", kind="neutral"),
    "visits": _a_visit,
    "vouchers": sold_things.for_vera,
}


@pytest.fixture
def one_of(request) -> Callable[[str], Model]:
    """`one_of("tags")` makes a record of that section, as the product does."""

    def one_of(slug: str) -> Model:
        if slug not in ONE_OF_EACH:
            pytest.fail(
                f"Nobody has said how a record of the section “{slug}” is made, so its list would be empty:"
                " add a line to ONE_OF_EACH in tests/trade.py."
            )
        return ONE_OF_EACH[slug](request.getfixturevalue)

    return one_of


@pytest.fixture
def no_list_is_empty(one_of) -> Callable[[], None]:
    """`no_list_is_empty()` makes a record of each section that has none yet."""

    def no_list_is_empty() -> None:
        for section in all_sections():
            if not section.rows().exists():
                one_of(section.slug)

    return no_list_is_empty


@pytest.fixture
def written(tmp_path) -> Callable[..., Path]:
    """`written("E-mail;…")` gives the path of a file with this text; `encoding` as Python calls it."""

    def written(text: str | bytes, *, encoding: str = "utf-8") -> Path:
        path = tmp_path / "shop.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return written
