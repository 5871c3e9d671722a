"""One corridor (decision 27): the page and the import leave the same rows, history, ledger and counts behind."""

import datetime as dt

import pytest

from backoffice.models import Counter
from backoffice.records.actors import Actor, Door
from customers import services
from customers.models import Consent, Customer, CustomerFigures, Membership, Tagging
from customers.services.figures import open_figures
from groups.models import Group

GROUNDS = dict.fromkeys(("newsletter", "partner_offers"), "import of shop.csv")
BY = Actor(staff=None, door=Door.IMPORT)
HEAD = "E-mail;Last name;First name;Birthday;Enabled;Newsletter;Opt-in;Default group;Groups;Tags;Company;Phone;Orders"
FIRST = "1985-04-03;1;1;0;Village;Village, Harvest;VIP;Żarna;+48 600 100 200;3"
THEN = "1986-04-03;0;0;1;Harvest;Harvest;VIP, PROBLEM;Mill;;5"
# What is another one for each customer, or a moment.
OWN = {"id", "customer_id", "email", "created_email", "email_key", "search_text", "history_id"}


@pytest.fixture
def segments(group, tag):
    """The groups and tags of the files, by name."""
    made = {name: group(name) for name in ("Village", "Harvest")}
    return made | {name: tag(name) for name in ("VIP", "PROBLEM")}


def values_of(line: str, segments) -> dict:
    """What the form would give for that line of the file."""
    born, active, newsletter, offers, default, groups, tags, company, phone, _orders = line.split(";")
    return {
        "birthday": dt.date.fromisoformat(born),
        "active": active == "1",
        "newsletter": newsletter == "1",
        "partner_offers": offers == "1",
        "default_group": segments[default],
        "groups": [segments[name] for name in groups.split(", ")],
        "tags": [segments[name] for name in tags.split(", ")],
        "company": company,
        **({"phone": phone} if phone else {}),  # an empty cell leaves what is stored
    }


def rows(model, **which) -> list[dict]:
    """Rows by their values that are not each customer's own; of moments, whether there is one."""
    return [
        {
            name: value if not isinstance(value, dt.datetime) else True
            for name, value in row.items()
            if name not in OWN
        }
        for row in model.objects.filter(**which).order_by("pk").values()
    ]


def traces(customer: Customer) -> dict:
    """All that is written of this customer."""
    of_customer = {"customer_id": customer.pk}
    pairs = {
        model.__name__: (
            rows(model, **of_customer),
            sorted(map(str, rows(model.history.model, **of_customer))),
        )
        for model in (Membership, Tagging)
    }
    past = rows(Customer.history.model, id=customer.pk)
    return {
        "row": rows(Customer, pk=customer.pk),
        "figures": rows(CustomerFigures, **of_customer),
        "history": [{**row, "history_change_reason": None} for row in past],
        "consents": sorted(map(str, rows(Consent, **of_customer))),
        **pairs,
    }


def test_page_and_import_write_the_same(take_in, segments, counted_right):
    """Habit 5: three doors, one corridor. Added, changed, and changed to what is stored already."""
    page = services.add_customer(
        {
            "last_name": "Byron",
            "first_name": "Ada",
            "email": "page@shop.example",
            **values_of(FIRST, segments),
        },
        by=BY,
        grounds=GROUNDS,
    )
    open_figures(page.pk, orders=3)
    take_in(f"{HEAD}\nfile@shop.example;Byron;Ada;{FIRST}\n")
    file = Customer.objects.get(email="file@shop.example")
    assert traces(file) == traces(page)
    for _ in range(2):
        services.edit_customer(page, values_of(THEN, segments), by=BY, grounds=GROUNDS)
        open_figures(page.pk, orders=5)
        take_in(f"{HEAD}\nfile@shop.example;Byron;Ada;{THEN}\n")
        assert traces(file) == traces(page)
    assert [row["version"] for row in traces(file)["row"]] == [2]
    assert dict(Group.objects.values_list("name", "members_count")) == {
        "Default": 0,
        "Harvest": 2,
        "Village": 0,
    }
    assert Counter.of("customers.customer").value == 2
    counted_right()


def test_who_switches_the_newsletter_on_again_is_known_since_the_first_time(take_in, customer):
    """Facts 1.1: at every door: the switch, many at once, the file."""
    made = customer(email="ada@shop.example")
    on = Actor(staff=None, door=Door.PAGE, ip="203.0.113.8")
    services.switch(made, "newsletter", True, by=on)
    first = Customer.objects.values("newsletter_at", "newsletter_ip").get(pk=made.pk)
    assert first["newsletter_ip"] == "203.0.113.8"
    later = Actor(staff=None, door=Door.PAGE, ip="203.0.113.9")
    everybody = Customer.objects.all()
    for switch_on in (
        lambda: services.switch(made, "newsletter", True, by=later),
        lambda: services.set_flag(everybody, "newsletter", True, by=later),
        lambda: take_in("E-mail;Newsletter\nada@shop.example;1\n"),
    ):
        services.set_flag(everybody, "newsletter", False, by=later)
        switch_on()
        after = Customer.objects.get(pk=made.pk)
        assert after.newsletter is True
        assert {"newsletter_at": after.newsletter_at, "newsletter_ip": after.newsletter_ip} == first


def test_many_switched_on_at_once_are_known_since_when_and_from_where(customer):
    """Facts 1.1: as one who is switched on alone."""
    one, other = customer(), customer(newsletter=True)
    before = Customer.objects.get(pk=other.pk)
    services.set_flag(
        Customer.objects.all(), "newsletter", True, by=Actor(staff=None, door=Door.PAGE, ip="203.0.113.8")
    )
    after = Customer.objects.get(pk=one.pk)
    assert (after.newsletter_ip, after.newsletter_at is None) == ("203.0.113.8", False)
    assert Customer.objects.get(pk=other.pk).newsletter_ip == before.newsletter_ip
