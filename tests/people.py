"""Fixtures: the staff of the tests, one of each role, and how they sign in."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from backoffice.models import ColumnChoice

PASSWORD = "lavender-under-the-stairs"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with the roles in it from the start."""
    with django_db_blocker.unblock():
        call_command("create_roles", verbosity=0)


@pytest.fixture
def roles(db) -> None:
    """The five roles with their rights, also after a test that emptied the database behind it."""
    if not Group.objects.exists():
        call_command("create_roles", verbosity=0)


@pytest.fixture
def hire(roles) -> Callable:
    """`hire("support")` gives a new member of staff of that role, who signs in with PASSWORD; fields by keyword."""

    def hire(role: str, **fields):
        fields = {"email": f"{role}@example.com", "name": role.title(), **fields}
        return get_user_model().objects.create_user(password=PASSWORD, role=role, **fields)

    return hire


@pytest.fixture
def owner(hire):
    return hire("owner")


@pytest.fixture
def manager(hire):
    return hire("manager")


@pytest.fixture
def support(hire):
    return hire("support")


@pytest.fixture
def marketing(hire):
    return hire("marketing")


@pytest.fixture
def viewer(hire):
    return hire("viewer")


@pytest.fixture
def client_of() -> Callable:
    """`client_of(owner)` gives a test client that is signed in as that person.

    With `sure=True` they have just typed their password again, as managing staff asks for.
    """

    def client_of(staff, *, sure: bool = False) -> Client:
        client = Client()
        client.force_login(staff)
        if sure:
            client.post("/reauthenticate/", {"password": PASSWORD})
        return client

    return client_of


@pytest.fixture
def clock() -> Iterator[Callable[[float], None]]:
    """`clock(60)` lets that many seconds pass; none pass by themselves."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller.shift


@pytest.fixture
def choose(owner) -> Callable[..., None]:
    """`choose("id", "email")` arranges the columns of the owner's list of customers; `section` is another list."""

    def choose(*columns: str, section: str = "customers") -> None:
        ColumnChoice.objects.update_or_create(
            staff=owner, section=section, defaults={"columns": list(columns)}
        )

    return choose
