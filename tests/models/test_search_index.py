"""The index of the search columns is there after all migrations and keeps in step with the tables."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from addresses.models import Address
from backoffice.database.refolding import refolding
from backoffice.database.search_index import all_indexes, mend_indexes
from customers.models import Customer

pytestmark = pytest.mark.django_db


def found(search: str, model, word: str) -> list[int]:
    """Ids by the database's own index, past our search."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT rowid FROM {search} WHERE {search} MATCH %s ORDER BY rowid", [f'"{word}"']
            )
        else:
            cursor.execute(f"SELECT id FROM {table} WHERE search_text LIKE %s ORDER BY id", [f"%{word}%"])
        return [key for (key,) in cursor.fetchall()]


def test_what_is_searched_by_words_has_one():
    assert [(index.name, index.table) for index in all_indexes()] == [
        ("customers_search", "customers_customer"),
        ("messages_search", "customers_thread"),
        ("custom_values_search", "customers_customvalue"),
        ("addresses_search", "addresses_address"),
        ("orders_search", "carts_order"),
        ("products_search", "carts_product"),
        ("vouchers_search", "carts_voucher"),
    ]


@pytest.mark.parametrize("index", all_indexes(), ids=lambda index: index.name)
def test_it_is_there_after_all_migrations(index):
    """SQLite changes a table by copying it, and a copy has no triggers: a later migration must make them anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s ORDER BY name",
                [index.table],
            )
            assert [name for (name,) in cursor.fetchall()] == [
                f"{index.name}_delete",
                f"{index.name}_insert",
                f"{index.name}_update",
            ]
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [index.name])
            assert "trigram" in cursor.fetchone()[0]
        else:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index.name])
            assert "gin (search_text gin_trgm_ops)" in cursor.fetchone()[0]


def test_the_table_of_the_cache_is_there_after_all_migrations():
    """`migrate` is all that a new shop needs: the cache that workers share has its table."""
    assert "cache_entries" in connection.introspection.table_names()


def test_the_rule_of_the_default_group_is_part_of_the_table():
    """The composite key survives SQLite's copying, since it stands in CREATE TABLE; PostgreSQL lists it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'customers_customer'")
        else:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'default_group_is_a_membership'"
            )
        told = cursor.fetchone()[0].replace('"', "")
    assert "REFERENCES customers_membership" in told
    assert "DEFERRABLE INITIALLY DEFERRED" in told


def test_it_follows_every_way_of_writing(row):
    """S0.6, D-58: a new or changed customer is found at once; who is gone is found no more."""
    ada = row(Customer, first_name="Véronique", last_name="O'Hara")
    assert found("customers_search", Customer, "veronique") == [ada.pk]
    ada.refresh_from_db()
    ada.first_name = "Łucja"
    ada.save()
    assert found("customers_search", Customer, "veronique") == []
    assert found("customers_search", Customer, "lucja") == [ada.pk]
    Customer.objects.filter(pk=ada.pk).update(search_text=" set-wise")
    assert found("customers_search", Customer, "set-wise") == [ada.pk]
    ada.delete()
    assert found("customers_search", Customer, "set-wise") == []


def test_addresses_are_found_by_street_town_and_telephone(row):
    home = row(Address, address1="Złota 44", city="Łódź", phone="+48 42 123 45 67")
    for word in ("zlota", "lodz", "48421234567"):
        assert found("addresses_search", Address, word) == [home.pk]


def test_what_was_stored_in_an_older_form_is_found_after_a_migration(customer):
    """V1, V2: a database that is there already has its search columns in the form of its day."""
    old = customer(
        first_name="Jean-Pierre", last_name="Petit", email="jp@mail.example", phone="+44 (0)20 7946-0018"
    )
    Customer.objects.filter(pk=old.pk).update(
        first_name_key="jean-pierre", search_text=" petit jean-pierre jp@mail.example 4402079460018"
    )
    refolding("customers.customer").code(apps, None)
    old.refresh_from_db()
    assert old.first_name_key == "jean pierre"
    assert old.search_text == " petit jean pierre jp mail example 442079460018"
    assert old.version == 1
    assert found("customers_search", Customer, "442079460018") == [old.pk]


def test_it_can_be_put_aside_while_very_much_is_loaded(row):
    index = next(index for index in all_indexes() if index.name == "customers_search")
    with index.put_aside():
        ada = row(Customer, first_name="Wendy", registered_at=timezone.now())
    assert found("customers_search", Customer, "wendy") == [ada.pk]


@pytest.mark.parametrize("index", all_indexes(), ids=lambda index: index.name)
def test_what_a_migration_took_away_is_made_again(index, customer):
    """Code finding C4: AddField copies the table on SQLite, and its triggers go with the old one."""
    if connection.vendor != "sqlite":
        index.mend()
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {index.name}_update")
        made = customer(first_name="Ada", last_name="Byron")
        mend_indexes()
        made.refresh_from_db()
        made.last_name = "Lovelace"
        made.save()
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [index.table]
        )
        assert cursor.fetchone() == (3,)
    assert found("customers_search", Customer, "lovelace") == [made.pk]
