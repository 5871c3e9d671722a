"""What each role may do, in the words of the staff pages: of the sections there are, never of those to come."""

from django.utils.translation import gettext as _

from ..access.grants import rights_of
from ..access.roles import Role
from ..sections import all_sections


def told() -> list[dict]:
    """Each role with its title and a sentence or two."""
    sentences = {
        Role.OWNER: _("Everything, staff included."),
        Role.MANAGER: _("Everything except staff."),
        Role.SUPPORT: _(
            "Sees every section, writes notes, switches consents, puts customers into groups and tags."
            " Adds and changes: %(sections)s."
        ),
        Role.MARKETING: _(
            "Sees and exports every section, writes notes, switches consents, puts customers into groups and tags."
            " Adds and changes: %(sections)s."
        ),
        Role.VIEWER: _("Sees every section, changes nothing."),
    }
    return [{"title": role.label, "may": sentences[role] % {"sections": _adds_to(role)}} for role in Role]


def _adds_to(role: Role) -> str:
    rights = rights_of(role)
    return ", ".join(str(one.titles.many) for one in all_sections() if one.right("add") in rights)
