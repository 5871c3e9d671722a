"""Fixtures of the incidents: every page there is, and a shop in which every text is an attack."""

from collections.abc import Callable

import pytest
from django.db import models

from backoffice.records.actors import Actor
from backoffice.sections import Choice, all_sections
from customers import services
from customers.models import Customer
from tests.test_every_url import EVERY_URL, addresses_of

MARKUP = '"><script>alert("{name}")</script><img src=x onerror=alert(1)>\'{{{{ 7777*7777 }}}}'
SHORT = '"><script>a//'
NEVER_TYPED = {"password", "language", "theme", "density", "role", "country", "door"}


def attack(field: models.Field, name: str) -> str:
    """A text for that field which breaks out of attributes and elements where it is not escaped."""
    text = MARKUP.format(name=name)
    if isinstance(field, models.EmailField):
        text += "@evil.example"
    limit = getattr(field, "max_length", None)
    # Names of groups, tags and titles are short, and no two are the same.
    return text if limit is None or len(text) <= limit else f"{SHORT}{name}"[:limit]


def poison(record: models.Model, name: str) -> None:
    """Write an attack into every text of a record, past the rules, as an old database or another shop would hold it."""
    for field in record._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if field.name in NEVER_TYPED or field.name.endswith("_key") or field.name == "search_text":
            continue
        setattr(record, field.attname, attack(field, f"{name} {field.name}"))
    record.save()


@pytest.fixture
def poisoned(customer, group, tag, title, owner, hire) -> dict:
    """A customer, a group, a tag, a title, an agent and the owner whose every text is an attack, and so is the past."""
    agent = hire("support")
    one, other = group("Wholesale"), group("Loyalty")
    dr, recurrent = title("Dr"), tag("RECURRENT")
    by = Actor(staff=owner, door="page")
    made = customer(
        groups=[one, other], tags=[recurrent], title=dr, sales_agent=agent, password="0123456789", by=by
    )
    message = services.receive_message(made, "Where is it?", by=by)
    answer = services.remark(message.thread, "Lost.", by=by)
    note = services.add_note(made, "Rings twice.", by=by)
    mail = services.log_mail(made, recipient=made.email, template="account", subject="Hi", language="en")
    for record in (message, answer, message.thread, note, mail):
        record.refresh_from_db()
        poison(record, f"said {record.pk}")
    for number in range(2):
        for record in (made, one, other, dr, recurrent):
            record.refresh_from_db()
            poison(record, f"{number} {record.pk}")
    for person in (agent, owner):
        poison(person, f"staff {person.pk}")
    people = Customer.objects.filter(pk=made.pk)
    services.remove_from_group(people, by=by, choice=Choice(str(other.pk)))
    services.set_flag(people, "newsletter", True, by=by)
    return {
        "customer": Customer.objects.get(pk=made.pk),
        "group": one,
        "tag": recurrent,
        "title": dr,
        "agent": agent,
    }


@pytest.fixture
def every_page(poisoned) -> Callable[[], list[str]]:
    """The addresses of all pages that a GET may ask for, each of a record that is there."""

    def every_page() -> list[str]:
        found = {
            section.slug: section.rows().order_by("-pk").first().pk
            for section in all_sections()
            if section.rows()
        }
        customer = poisoned["customer"]
        records = {
            **found,
            "customers": customer.pk,
            "entry": customer.history.latest().history_id,
            "staff": poisoned["agent"].pk,
        }
        addresses = [address.path for url in EVERY_URL for address in addresses_of(url, records)]
        return [address for address in dict.fromkeys(addresses) if not address.startswith("/logout")]

    return every_page
