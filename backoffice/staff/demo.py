"""The staff of the demo shop: one of each role (interface.md)."""

from ..access.roles import Role
from .models import StaffMember
from .roles import sync_roles

NAMES = {
    Role.OWNER: "Olga Owner",
    Role.MANAGER: "Marek Manager",
    Role.SUPPORT: "Sophie Support",
    Role.MARKETING: "Mihai Marketing",
    Role.VIEWER: "Vera Viewer",
}


def email_of(role: str) -> str:
    """The sign-in name of that role's member of the demo staff."""
    return f"{role}@example.com"


def hire_staff(password: str) -> list[StaffMember]:
    """All five, with that password; who is there already keeps the rest of the account."""
    sync_roles()
    there = {person.role: person for person in demo_staff()}
    people = [
        there.get(role) or StaffMember(email=email_of(role), name=name, role=role)
        for role, name in NAMES.items()
    ]
    for person in people:
        person.set_password(password)
        person.save()
    return people


def set_passwords(password: str) -> list[StaffMember]:
    """Gives that password to those of the demo staff who are there, and returns them; nobody is hired."""
    people = demo_staff()
    for person in people:
        person.set_password(password)
        person.save(update_fields=["password"])
    return people


def demo_staff() -> list[StaffMember]:
    """Those of the demo staff who are there, with the role they were hired for."""
    addresses = [email_of(role) for role in NAMES]
    return [
        person
        for person in StaffMember.objects.filter(email__in=addresses)
        if person.email == email_of(person.role)
    ]
