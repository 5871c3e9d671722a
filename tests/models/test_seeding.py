"""What a fresh shop has before anybody works in it."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from addresses.models import Country, State
from addresses.rules.layouts import lay_out
from backoffice.models import Counter
from backoffice.records.recounting import recount_all
from backoffice.records.seeding import seed_all
from carts.models import OrderStatus
from customers.models import Title
from groups.models import Group, PriceDisplay

pytestmark = pytest.mark.django_db


def test_there_is_one_group_called_by_the_readers_language(seeded):
    """S0.63, S1.40, S1.79, decision 8: Default, id 1, 0 %, tax included."""
    group = Group.objects.get()
    assert (group.pk, group.discount, group.price_display) == (1, 0, PriceDisplay.TAX_INCLUDED)
    names = {}
    for language in ("en", "fr", "pl", "ro"):
        with override(language):
            names[language] = str(group)
    assert names == {"en": "Default", "fr": "Défaut", "pl": "Domyślna", "ro": "Implicit"}


def test_there_are_two_titles(seeded):
    """S0.22: Male and Female (Unknown is none of them); S4.5: in Polish "Pan" and "Pani"."""
    titles = Title.objects.order_by("id")
    assert [(title.name, title.kind, title.name_pl) for title in titles] == [
        ("Male", "male", "Pan"),
        ("Female", "female", "Pani"),
    ]


def test_order_statuses_say_what_counts_as_bought(seeded):
    """Facts 1.11 and 4.3: an order that awaits its cheque is no valid order."""
    valid = dict(OrderStatus.objects.values_list("name", "valid"))
    assert valid == {
        "Awaiting cheque payment": False,
        "Payment accepted": True,
        "Shipped": True,
        "Delivered": True,
        "Canceled": False,
        "Refunded": False,
        "Payment error": False,
    }
    with override("fr"):
        assert str(OrderStatus.objects.get(pk=1)) == "En attente du paiement par chèque"


def test_countries_know_what_an_address_there_needs(seeded):
    """Facts 1.5 and 6.3; decision 24: GB "W11" and KY "2101" break their country's rule."""
    assert Country.objects.count() == 250
    france, kayman, britain = (Country.objects.get(code=code) for code in ("FR", "KY", "GB"))
    assert france.needs_postcode
    assert not france.needs_state
    assert re.fullmatch(france.postcode_pattern, "75000")
    assert not re.fullmatch(kayman.postcode_pattern, "2101")
    assert not re.fullmatch(britain.postcode_pattern, "W11")
    assert not Country.objects.get(code="IE").needs_postcode
    assert set(Country.objects.filter(needs_identification=True).values_list("code", flat=True)) == {
        "ES",
        "MX",
    }
    assert [Country.objects.get(code=code).calling_code for code in ("FR", "PL", "RO", "GB")] == [
        33,
        48,
        40,
        44,
    ]


def test_every_example_of_a_postcode_keeps_its_countrys_rule(seeded):
    """The example stands in the message to whoever typed another one, so it has to be right."""
    wrong = [
        country.pk
        for country in Country.objects.exclude(postcode_pattern="").exclude(postcode_example="")
        if not re.fullmatch(country.postcode_pattern, country.postcode_example)
    ]
    assert wrong == []


def test_countries_are_named_in_the_readers_language(seeded):
    country = Country.objects.get(code="DE")
    names = []
    for language in ("en", "fr", "pl", "ro"):
        with override(language):
            names.append(str(country))
    assert names == ["Germany", "Allemagne", "Niemcy", "Germania"]


def test_states_go_by_their_iso_code(seeded):
    """interface.md: `state` is ISO 3166-2; facts 1.6."""
    assert State.objects.get(pk="US-CA").name == "California"
    assert State.objects.get(pk="JP-13").name == "Tokyo"
    assert Country.objects.get(code="US").needs_state
    assert not State.objects.filter(country="FR").exists()
    needing = Country.objects.filter(needs_state=True)
    assert [country.pk for country in needing if not country.states.exists()] == []


def test_an_address_is_written_as_in_its_country(seeded):
    """Facts 6.4."""
    values = {
        "first_name": "John",
        "last_name": "DOE",
        "address1": "14, Main street",
        "city": "Paris",
        "postcode": "75000",
        "state": "CA",
    }
    assert lay_out(Country.objects.get(code="FR").address_format, values) == [
        "John DOE",
        "14, Main street",
        "75000 Paris",
    ]
    assert lay_out(Country.objects.get(code="US").address_format, values)[-1] == "Paris, CA 75000"


def test_a_layout_is_no_way_to_anything_but_the_fields():
    """G24: what staff write into a layout is text; only names of fields have a meaning."""
    assert lay_out("{city.__class__} {unknown}{city}\n{0} %s {{city}}", {"city": "Łódź"}) == [
        "{city.__class__} Łódź",
        "%s {Łódź}",
    ]
    assert lay_out("{company}\n{city}, {state} {postcode}", {"city": "Łódź", "company": ""}) == ["Łódź"]


def test_seeding_again_changes_nothing(seeded):
    """Tests that emptied the database seed it again; what staff changed stays."""
    Group.objects.filter(pk=1).update(name_fr="Tous")
    seed_all()
    assert Group.objects.get().name_fr == "Tous"
    assert Title.objects.count() == 2


def test_ids_given_out_later_follow_the_seeds(seeded):
    """Rows with ids of their own do not stop the next one (PostgreSQL's sequences)."""
    assert Group.objects.create(name="Wholesale").pk == 2 or connection.vendor == "postgresql"
    assert Title.objects.create(name="Dr.").pk > 2


def test_the_stored_figures_of_a_fresh_shop_are_right(seeded):
    """`manage.py recount --check` says nothing on the first day."""
    assert [str(difference) for difference in recount_all(mend=False)] == []
    assert Counter.of("groups.group").value == 1


def test_models_and_migrations_agree():
    """No model has changed without its migration."""
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
