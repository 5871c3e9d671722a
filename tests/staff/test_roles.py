"""What each role may (decisions.md, Rights)."""

import pytest
from django.contrib.auth.models import Group as RightsGroup
from django.contrib.auth.models import Permission
from django.core.management import call_command

from backoffice.access.grants import rights_of
from backoffice.access.roles import Role
from backoffice.records.actors import Actor
from backoffice.staff import services
from backoffice.staff.models import StaffMember
from backoffice.staff.roles import sync_roles

# The table of decisions.md, whole: a line a model (or a right of its own), a column a role. Letters are the columns of
# decisions.md: v view, a add, c change, d delete, e export, i import, s settings; – nothing. Written by hand.
TABLE = """
                                owner      manager    support  marketing  viewer

# People; "carts' customers" of support: who a cart belongs to can be changed.
customers.customer              vacdeis    vacdeis    vac      ve         v
customers.consent_customer      ✓          ✓          ✓        ✓          –
customers.segment_customer      ✓          ✓          ✓        ✓          –
addresses.address               vacdeis    vacdeis    vac      ve         v
carts.cart                      vacdeis    vacdeis    vc       ve         v

# Marketing's: groups, tags, vouchers.
groups.group                    vacdeis    vacdeis    v        vace       v
customers.tag                   vacdeis    vacdeis    v        vace       v
carts.voucher                   vacdeis    vacdeis    v        vace       v

# Notes, messages, tasks.
customers.note                  vacdeis    vacdeis    vac      vace       v
customers.task                  vacdeis    vacdeis    vac      vace       v
customers.message               vacdeis    vacdeis    vac      ve         v
customers.thread                vacdeis    vacdeis    vac      ve         v

# The rest of the shop.
customers.customfield           vacdeis    vacdeis    v        ve         v
customers.title                 vacdeis    vacdeis    v        ve         v
customers.visit                 vacdeis    vacdeis    v        ve         v
addresses.country               vacdeis    vacdeis    v        ve         v
carts.product                   vacdeis    vacdeis    v        ve         v
carts.order                     vacdeis    vacdeis    v        ve         v
customers.mail                  v          v          v        v          v
backoffice.event                v          v          –        –          –

# Staff, tokens.
staff.staffmember               v          –          –        –          –
staff.manage_staffmember        ✓          –          –        –          –
backoffice.manage_apitoken      ✓          –          –        –          –
"""
LETTERS = {
    "v": "view",
    "a": "add",
    "c": "change",
    "d": "delete",
    "e": "export",
    "i": "import",
    "s": "settings",
}


def written_down() -> dict[str, set[str]]:
    """The table as {role: {"app.action_model"}}."""
    header, *lines = [line.split() for line in TABLE.splitlines() if line and not line.startswith("#")]
    found: dict[str, set[str]] = {role: set() for role in header}
    for name, *cells in lines:
        app, _, model = name.partition(".")
        for role, cell in zip(header, cells, strict=True):
            if cell == "✓":
                found[role].add(name)
            elif cell != "–":
                found[role] |= {f"{app}.{LETTERS[letter]}_{model}" for letter in cell}
    return found


@pytest.mark.parametrize("role", Role.values)
def test_a_role_may_exactly_what_the_table_of_rights_says_and_not_one_thing_more(hire, role):
    """Decisions, Rights; code findings C18, C19.7: roles are compared whole, models that nobody may touch included."""
    assert sorted(hire(role).get_all_permissions()) == sorted(written_down()[role])


def test_the_table_of_rights_has_every_role_and_no_other():
    assert list(written_down()) == Role.values


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
    """Whether they are others by now; they themselves are read again when they are."""
    assert StaffMember.objects.get(pk=support.pk).has_perm("customers.view_customer")
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
