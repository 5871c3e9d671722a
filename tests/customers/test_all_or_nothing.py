"""Each verb is one change: where its last statement fails, nothing of it is left (habits 1 and 7)."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError, Q

from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.sections import Choice
from customers import services
from customers.models import Customer, Note, Tag, Title
from customers.services.group_deletion import empty_group
from groups.models import Group

BY = Actor.command()
APPS = ("backoffice", "customers", "groups")


class Broken(Exception):
    """The database went away."""


def everything() -> dict[str, list[tuple]]:
    """All rows of all tables, history included."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for app in APPS
        for model in apps.get_app_config(app).get_models()
    }


@pytest.fixture
def john(customer, group, tag, mr) -> Customer:
    """A customer of two groups with a tag, a title and a note, beside one who is hidden."""
    default, wholesale, _loyalty = Group.objects.get(pk=1), group("Wholesale"), group("Loyalty")
    services.hide_customer(customer(), by=BY)
    vip, _late = tag("VIP"), tag("Late")
    john = customer(title=mr, groups=[default, wholesale], default_group=wholesale, tags=[vip])
    Note.objects.create(customer=john, text="calls on Mondays")
    return john


def rows():
    return Customer.objects.all()


def named(model, name: str, *remembered: int) -> Choice:
    return Choice(str(model.objects.get(name=name).pk), name, remembered)


VERBS: dict[str, Callable[[Customer], object]] = {
    "edit": lambda john: services.edit_customer(john, {"first_name": "Ada"}, by=BY),
    "note": lambda john: services.write_note(john, "calls on Mondays", by=BY),
    "switch": lambda john: services.switch(john, "newsletter", True, by=BY),
    "flag": lambda john: services.set_flag(rows(), "newsletter", True, by=BY),
    "add to a group": lambda john: services.add_to_group(rows(), by=BY, choice=named(Group, "Loyalty")),
    "remove from a group": lambda john: services.remove_from_group(
        rows(), by=BY, choice=named(Group, "Wholesale")
    ),
    "back in a group": lambda john: services.back_in_group(
        rows(), by=BY, choice=named(Group, "Loyalty", john.pk)
    ),
    "empty a group": lambda john: empty_group(Group.objects.get(name="Wholesale"), by=BY),
    "tag": lambda john: services.tag(rows(), by=BY, choice=named(Tag, "Late")),
    "untag": lambda john: services.untag(rows(), by=BY, choice=named(Tag, "VIP")),
    "delete a tag": lambda john: services.delete_tag(Tag.objects.get(name="VIP"), by=BY),
    "delete a title": lambda john: services.delete_title(Title.objects.get(pk=john.title_id), by=BY),
    "hide": lambda john: services.hide_customers(rows(), by=BY),
    "bring back": lambda john: services.bring_back_customers(rows(), by=BY),
    "remove": lambda john: services.remove_customers(rows(), by=BY),
    "save": lambda john: changes.save(john, {"first_name": "Ada"}, by=BY),
    "change many": lambda john: changes.change_set(
        rows(), {"first_name": "Ada"}, where=Q(first_name="John"), by=BY
    ),
    "delete": lambda john: changes.delete(Tag.objects.get(name="VIP"), by=BY),
}


@pytest.mark.parametrize("verb", VERBS)
def test_of_a_verb_that_breaks_before_its_end_nothing_is_left(john, monkeypatch, verb):
    """It breaks where it moves a stored count for the last time."""
    move, moved = Counter.move, []
    before = everything()

    def counted(*what) -> None:
        moved.append(what)
        move(*what)

    def broken(*what) -> None:
        moved.pop()
        if not moved:
            raise Broken
        move(*what)

    with transaction.atomic():
        monkeypatch.setattr(Counter, "move", counted)
        VERBS[verb](john)
        assert everything() != before
        transaction.set_rollback(True)
    monkeypatch.setattr(Counter, "move", broken)
    with pytest.raises(Broken):
        VERBS[verb](Customer.objects.get(pk=john.pk))
    assert everything() == before


def test_of_a_deletion_that_something_stands_against_nothing_is_left(john):
    """Decision 8: the group is somebody's default."""
    before = everything()
    with pytest.raises(ProtectedError):
        changes.delete_set(Group.objects.filter(name="Wholesale"), by=BY)
    assert everything() == before


def test_of_a_deletion_of_many_that_breaks_in_the_middle_nothing_is_left(john, monkeypatch):
    """Who carried the tags goes first, the tags themselves last."""
    write = changes.record_set

    def broken(rows, **signed) -> None:
        if rows.model is Tag:
            raise Broken
        write(rows, **signed)

    before = everything()
    monkeypatch.setattr(changes, "record_set", broken)
    with pytest.raises(Broken):
        changes.delete_set(Tag.objects.all(), by=BY)
    assert everything() == before
