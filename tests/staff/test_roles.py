"""What each role may (decisions.md, Rights)."""

import pytest
from django.contrib.auth.models import Group as RightsGroup
from django.contrib.auth.models import Permission
from django.core.management import call_command

from backoffice.access.grants import rights_of
from backoffice.access.roles import Role
from backoffice.records.actors import Actor
from backoffice.staff import services
from backoffice.staff.roles import sync_roles

# The table of decisions.md, a cell a line: right, then who has it.
CELLS = [
    ("customers.view_customer", "owner manager support marketing viewer"),
    ("carts.view_order", "owner manager support marketing viewer"),
    ("customers.view_mail", "owner manager support marketing viewer"),
    ("customers.add_customer", "owner manager support"),
    ("customers.change_customer", "owner manager support"),
    ("addresses.change_address", "owner manager support"),
    ("carts.change_cart", "owner manager support"),
    ("groups.change_group", "owner manager marketing"),
    ("customers.add_tag", "owner manager marketing"),
    ("carts.change_voucher", "owner manager marketing"),
    ("customers.consent_customer", "owner manager support marketing"),
    ("customers.segment_customer", "owner manager support marketing"),
    ("customers.add_note", "owner manager support marketing"),
    ("customers.add_task", "owner manager support marketing"),
    ("customers.add_message", "owner manager support"),
    ("customers.change_title", "owner manager"),
    ("addresses.change_country", "owner manager"),
    ("customers.delete_customer", "owner manager"),
    ("groups.delete_group", "owner manager"),
    ("customers.export_customer", "owner manager marketing"),
    ("customers.import_customer", "owner manager"),
    ("customers.settings_customer", "owner manager"),
    ("backoffice.view_event", "owner manager"),
    ("staff.view_staffmember", "owner"),
    ("staff.manage_staffmember", "owner"),
]


@pytest.mark.parametrize(("right", "who"), CELLS)
def test_the_table_of_rights_is_what_the_roles_may(hire, right, who):
    """Decisions, Rights: the people who have a right are exactly those of the table."""
    assert [role for role in Role.values if hire(role).has_perm(right)] == who.split()


def test_making_the_roles_again_changes_nothing(roles):
    """Issue 2, deliverable 3: roles are made by a command, which may be run at every start."""

    def stored():
        return {
            group.name: sorted(group.permissions.values_list("codename", flat=True))
            for group in RightsGroup.objects.all()
        }

    before = stored()
    sync_roles()
    assert stored() == before
    assert set(before) == set(Role.values)


def test_the_command_mends_a_role_that_somebody_changed(roles, capsys):
    viewers = RightsGroup.objects.get(name=Role.VIEWER)
    viewers.permissions.set(Permission.objects.all())
    call_command("create_roles")
    assert viewers.permissions.count() == len(rights_of(Role.VIEWER))
    assert f"viewer: {len(rights_of(Role.VIEWER))} rights" in capsys.readouterr().out


def test_a_change_of_role_counts_from_the_next_request(owner, support, client_of):
    """Rights are read from the role at each request, not from the session."""
    theirs = client_of(support)
    assert theirs.get("/activity/").status_code == 403
    services.change(support, name="Sue", role=Role.MANAGER, by=Actor.command())
    assert theirs.get("/activity/").status_code == 200
    services.change(support, name="Sue", role=Role.VIEWER, by=Actor.command())
    assert theirs.get("/activity/").status_code == 403


def test_rights_cost_one_query_a_request(support, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert support.has_perm("customers.view_customer")
        assert not support.has_perm("customers.delete_customer")
        assert support.has_perms(["customers.add_note", "customers.add_task"])
        assert "customers.add_message" in support.get_all_permissions()
        assert support.has_module_perms("carts")
        assert not support.has_module_perms("staff")


def test_who_is_disabled_has_no_rights(hire):
    """G34."""
    gone = hire("owner", is_active=False)
    assert gone.get_all_permissions() == set()
    assert not gone.has_perm("customers.view_customer")
