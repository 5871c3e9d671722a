"""The staff of the demo shop: one of each role (interface.md)."""

from .models import Role, StaffMember
from .roles import sync_roles

NAMES = {
    Role.OWNER: "Olga Owner",
    Role.MANAGER: "Marek Manager",
    Role.SUPPORT: "Sophie Support",
    Role.MARKETING: "Mihai Marketing",
    Role.VIEWER: "Vera Viewer",
}


def email_of(role: Role) -> str:
    """The sign-in name of that role's member of the demo staff."""
    return f"{role.value}@example.com"


def hire_staff(password: str) -> list[StaffMember]:
    """All five, with that password; who is there already keeps the rest of the account."""
    sync_roles()
    people = []
    for role, name in NAMES.items():
        person = StaffMember.objects.filter(email__iexact=email_of(role)).first()
        person = person or StaffMember(email=email_of(role), name=name, role=role)
        person.set_password(password)
        person.save()
        people.append(person)
    return people
