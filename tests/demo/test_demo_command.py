"""`manage.py demo`: fills an empty database, and says so and does nothing where a shop exists (interface.md)."""

import re

import pytest
from django.core.management import CommandError, call_command

from backoffice.access.grants import rights_of
from backoffice.access.roles import Role
from backoffice.staff.models import StaffMember
from customers.models import Customer

pytestmark = pytest.mark.django_db
PASSWORD = "lavender-under-the-stairs"
STAFF = ["manager", "marketing", "owner", "support", "viewer"]


@pytest.fixture
def demo(capsys, roles):
    """`demo(customers=5)` runs the command and gives what it printed."""

    def demo(**options) -> str:
        call_command("demo", **options)
        return capsys.readouterr().out

    return demo


def who_signs_in_with(password: str) -> list[str]:
    return sorted(person.role for person in StaffMember.objects.all() if person.check_password(password))


def test_it_fills_an_empty_database_and_says_how_to_sign_in(demo):
    told = demo(customers=12, password=PASSWORD)
    assert Customer.objects.count() == 13
    assert who_signs_in_with(PASSWORD) == STAFF
    assert "The demo shop is ready: John DOE and 12 generated customers." in told
    assert "owner@example.com, manager@example.com, support@example.com" in told
    assert PASSWORD in told


def test_each_member_of_the_demo_staff_has_the_rights_of_the_role(demo):
    demo(customers=0, password=PASSWORD)
    for person in StaffMember.objects.all():
        assert person.email == f"{person.role}@example.com"
        assert person.get_all_permissions() == rights_of(Role(person.role))


def test_without_a_password_a_random_one_is_printed(demo):
    told = demo(customers=0)
    (password,) = re.findall(r"password: (\S{12,})", told)
    assert who_signs_in_with(password) == STAFF


def test_a_second_call_adds_nothing_and_says_how_to_set_a_password(demo):
    demo(customers=3, password=PASSWORD)
    told = demo(customers=50)
    assert Customer.objects.count() == 4
    assert "There is a shop in this database already; nothing was added." in told
    assert "manage.py demo --password NEW" in told
    assert PASSWORD not in told
    assert who_signs_in_with(PASSWORD) == STAFF


def test_a_second_call_says_nothing_where_its_caller_says_the_rest(demo):
    """`dev.py demo` prints how to set a password itself: said twice, two commands seemed to be needed."""
    demo(customers=0, password=PASSWORD)
    assert demo(verbosity=0) == ""
    assert demo(verbosity=0, password=PASSWORD).startswith("Sign in as ")


def test_a_second_call_with_a_password_sets_that_of_the_demo_staff_only(demo):
    demo(customers=0, password=PASSWORD)
    own = StaffMember.objects.create_user("me@shop.example", "my-own-password", name="Me", role=Role.OWNER)
    demo(password="another-lavender")
    assert who_signs_in_with("another-lavender") == STAFF
    own.refresh_from_db()
    assert own.check_password("my-own-password")
    assert Customer.objects.count() == 1


def test_it_leaves_a_real_shop_alone(demo, customer):
    """A shop that never was a demo: no John DOE, and no accounts with a password somebody knows."""
    customer(first_name="Ada")
    told = demo(customers=5, password=PASSWORD)
    assert "nothing was added" in told
    assert "It has no demo staff, so no password was set." in told
    assert Customer.objects.count() == 1
    assert not StaffMember.objects.exists()


def test_a_negative_number_is_refused(demo):
    with pytest.raises(CommandError):
        demo(customers=-1)
    assert not Customer.objects.exists()
