"""The last owner who can really sign in cannot be lost at any door (finding D10)."""

import pytest

from backoffice.access.roles import Role
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.staff import services
from backoffice.staff.models import StaffMember

COMMAND = Actor.command()


@pytest.fixture
def invited(owner):
    """A second owner, who has not answered the invitation."""
    return services.invite("ada@example.com", "Ada", Role.OWNER, by=COMMAND)


DOORS = {
    "disable": lambda person: services.disable(person, by=COMMAND),
    "change the role": lambda person: services.change(person, name=person.name, role=Role.VIEWER, by=COMMAND),
    "delete": lambda person: person.delete(),
    "delete a set": lambda person: StaffMember.objects.filter(pk=person.pk).delete(),
}
each_door = pytest.mark.parametrize("lose", DOORS.values(), ids=DOORS)


@each_door
def test_an_invited_owner_does_not_replace_the_one_who_can_sign_in(owner, invited, lose):
    """D10: nobody could let anybody in any more once the invitation has run out."""
    with pytest.raises(NotAllowed) as refused:
        lose(owner)
    assert refused.value.message == (
        "Owner is the only owner who can sign in: Ada has not chosen a password yet."
    )
    assert StaffMember.objects.get(pk=owner.pk).can_sign_in


@each_door
def test_an_invited_owner_can_be_taken_back(owner, invited, lose):
    """D10: who cannot let anybody in need not stay."""
    lose(invited)
    assert [one.pk for one in StaffMember.objects.owners()] == [owner.pk]


@each_door
def test_once_the_invitation_is_answered_the_first_one_may_go(owner, invited, lose):
    """D10."""
    services.choose_password(invited, "lavender-under-stairs", by=COMMAND)
    lose(owner)
    assert [one.pk for one in StaffMember.objects.owners()] == [invited.pk]


@each_door
def test_the_only_owner_stays_before_the_first_password_too(db, lose):
    """D10: a shop just set up has an owner who is invited, and nobody else."""
    first = services.invite("boss@example.com", "Boss", Role.OWNER, by=COMMAND)
    with pytest.raises(NotAllowed, match=r"Boss is the only owner\. Make somebody else an owner first\."):
        lose(first)


def test_the_page_says_why(owner, invited, client_of):
    """D10: the way it was found, on the page."""
    answer = client_of(owner, sure=True).post(f"/staff/{owner.pk}/disable/", follow=True)
    assert "Owner is the only owner who can sign in: Ada has not chosen a password yet." in answer.text
