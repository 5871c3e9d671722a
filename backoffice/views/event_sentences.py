"""Events as sentences in the reader's language, for the activity page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..access.roles import Role
from ..importing.report import summary
from ..models import Event
from ..records.actors import Door
from ..records.events import Kind
from ..screen.formats import labelled, number, quoted
from ..sections import section_named


def tell(event: Event) -> str:
    """One sentence. Kinds without a sentence of their own are told by their name and what they concern."""
    said = {"who": _who(event), "target": event.target}
    by_kind = _SENTENCES.get(event.kind)
    if by_kind is not None:
        return by_kind(said, event.facts)
    kind = dict(Kind.choices).get(event.kind, event.kind)
    return (
        _("%(who)s: %(kind)s, %(target)s") % {**said, "kind": kind}
        if event.target
        else labelled(said["who"], kind)
    )


def icon_of(event: Event) -> str:
    """The icon of the sprite that stands before the sentence."""
    return _ICONS.get(event.kind, "activity")


def tone_of(event: Event) -> str:
    """The colour of that icon: bad, good, warn, accent for data that moved; "" for what is everyday."""
    return _TONES.get(event.kind, "")


def _who(event: Event) -> str:
    if event.staff_name:
        return event.staff_name
    return _("A command on the server") if event.door in (Door.COMMAND, Door.IMPORT) else _("Somebody")


def _with_section(said: dict) -> dict:
    """The target is a section's slug there: its title in the reader's language, or the slug of one that is gone."""
    section = section_named(said["target"])
    return {**said, "target": str(section.titles.many)} if section else said


def _role(name: str) -> str:
    return str(dict(Role.choices).get(name, name))


def _sign_in_failed(said: dict, facts: dict) -> str:
    if said["target"]:
        return _("Failed sign-in as %(target)s.") % said
    return _("Failed sign-in with an unknown e-mail address.")


def _second_factor(said: dict, facts: dict) -> str:
    sentences = {
        "totp_activated": _("%(who)s set up an authenticator app."),
        "totp_deactivated": _("%(who)s removed their authenticator app."),
        "recovery_codes_generated": _("%(who)s generated new recovery codes."),
        "webauthn_added": _("%(who)s added a passkey or security key."),
        "webauthn_removed": _("%(who)s removed a passkey or security key."),
    }
    return sentences.get(facts.get("what"), _("%(who)s changed their second factor.")) % said


def _invited(said: dict, facts: dict) -> str:
    return _("%(who)s invited %(target)s as %(role)s.") % {**said, "role": _role(facts.get("role", ""))}


def _role_changed(said: dict, facts: dict) -> str:
    before, after = _role(facts.get("before", "")), _role(facts.get("after", ""))
    return _("%(who)s changed the role of %(target)s from %(before)s to %(after)s.") % {
        **said,
        "before": before,
        "after": after,
    }


def _renamed(said: dict, facts: dict) -> str:
    return _("%(who)s changed the name of %(before)s to %(target)s.") % {
        **said,
        "before": facts.get("before", ""),
    }


def _exported(said: dict, facts: dict) -> str:
    rows = int(facts.get("rows", 0))
    return ngettext(
        "%(who)s exported %(rows)s row of %(target)s.", "%(who)s exported %(rows)s rows of %(target)s.", rows
    ) % {**_with_section(said), "rows": number(rows)}


def _changed_in_bulk(said: dict, facts: dict) -> str:
    rows = int(facts.get("rows", 0))
    if facts.get("undone"):
        sentence = ngettext(
            "%(who)s undid %(done)s on %(rows)s row of %(target)s.",
            "%(who)s undid %(done)s on %(rows)s rows of %(target)s.",
            rows,
        )
    else:
        sentence = ngettext(
            "%(who)s: %(done)s on %(rows)s row of %(target)s.",
            "%(who)s: %(done)s on %(rows)s rows of %(target)s.",
            rows,
        )
    done = _title_of(said["target"], facts.get("done", ""))
    if choice := facts.get("choice"):
        done = labelled(done, choice)
    return sentence % {**_with_section(said), "rows": number(rows), "done": quoted(done)}


def _password_set(said: dict, facts: dict) -> str:
    return _("%(who)s set a new password: %(target)s, ID %(id)s.") % {
        **_with_section(said),
        "id": facts.get("id", ""),
    }


def _password_link(said: dict, facts: dict) -> str:
    return _("%(who)s sent a password link: %(target)s, ID %(id)s.") % {
        **_with_section(said),
        "id": facts.get("id", ""),
    }


def _calendar_link(said: dict, facts: dict) -> str:
    if facts.get("made"):
        return _("%(who)s created a calendar link.") % said
    return _("%(who)s revoked their calendar link.") % said


def _api_token(said: dict, facts: dict) -> str:
    sentences = {
        "created": _("%(who)s created the API token %(target)s."),
        "changed": _("%(who)s changed the API token %(target)s."),
        "revoked": _("%(who)s revoked the API token %(target)s."),
    }
    return sentences[facts["what"]] % {**said, "target": quoted(said["target"])}


def _title_of(slug: str, name: str) -> str:
    """The title of a section's bulk action or way of deleting; the name of one that is gone."""
    section = section_named(slug)
    known = (*section.actions, *(way.action for way in section.delete_ways)) if section else ()
    return next((str(one.title) for one in known if one.name == name), name)


def _imported(said: dict, facts: dict) -> str:
    rows = int(facts.get("rows", 0))
    told = ngettext(
        "%(who)s imported %(rows)s row into %(target)s.",
        "%(who)s imported %(rows)s rows into %(target)s.",
        rows,
    ) % {**_with_section(said), "rows": number(rows)}
    if "imported" not in facts:
        return told
    created, updated, refused = (int(facts.get(name, 0)) for name in ("created", "updated", "refused"))
    figures = summary(created, updated, rows - created - updated, refused)
    return _("%(told)s %(file)s: %(figures)s.") % {
        "told": told,
        "file": facts.get("file"),
        "figures": figures,
    }


_SENTENCES = {
    Kind.SIGN_IN: lambda said, facts: _("%(who)s signed in.") % said,
    Kind.SIGN_IN_FAILED: _sign_in_failed,
    Kind.SIGN_OUT: lambda said, facts: _("%(who)s signed out.") % said,
    Kind.PASSWORD_CHANGED: lambda said, facts: _("%(target)s has a new password.") % said,
    Kind.SECOND_FACTOR: _second_factor,
    Kind.STAFF_INVITED: _invited,
    Kind.ROLE_CHANGED: _role_changed,
    Kind.STAFF_RENAMED: _renamed,
    Kind.STAFF_DISABLED: lambda said, facts: _("%(who)s disabled %(target)s.") % said,
    Kind.STAFF_ENABLED: lambda said, facts: _("%(who)s enabled %(target)s.") % said,
    Kind.SECOND_FACTOR_RESET: lambda said, facts: _("%(who)s reset the second factor of %(target)s.") % said,
    Kind.EXPORT: _exported,
    Kind.IMPORT: _imported,
    Kind.BULK_CHANGE: _changed_in_bulk,
    Kind.REQUIRED_FIELDS: lambda said, facts: (
        _("%(who)s changed the required fields of %(target)s.") % _with_section(said)
    ),
    Kind.PASSWORD_SET: _password_set,
    Kind.PASSWORD_LINK: _password_link,
    Kind.OPTIONS_CHANGED: lambda said, facts: (
        _("%(who)s changed the settings of %(target)s.") % _with_section(said)
    ),
    Kind.CALENDAR_LINK: _calendar_link,
    Kind.API_TOKEN: _api_token,
}

_ICONS = {
    Kind.SIGN_IN: "sign-in",
    Kind.SIGN_IN_FAILED: "warning",
    Kind.SIGN_OUT: "sign-out",
    Kind.PASSWORD_CHANGED: "lock",
    Kind.SECOND_FACTOR: "key",
    Kind.SECOND_FACTOR_RESET: "refresh",
    Kind.STAFF_INVITED: "mail",
    Kind.ROLE_CHANGED: "staff",
    Kind.STAFF_RENAMED: "pencil",
    Kind.STAFF_DISABLED: "off",
    Kind.STAFF_ENABLED: "on",
    Kind.EXPORT: "export",
    Kind.IMPORT: "import",
    Kind.BULK_CHANGE: "tasks",
    Kind.REQUIRED_FIELDS: "required",
    Kind.PASSWORD_SET: "person",
    Kind.PASSWORD_LINK: "link",
    Kind.OPTIONS_CHANGED: "gear",
    Kind.CALENDAR_LINK: "calendar",
    Kind.API_TOKEN: "terminal",
}

_TONES = {
    Kind.SIGN_IN_FAILED: "bad",
    Kind.STAFF_DISABLED: "bad",
    Kind.STAFF_INVITED: "good",
    Kind.STAFF_ENABLED: "good",
    Kind.ROLE_CHANGED: "warn",
    Kind.SECOND_FACTOR_RESET: "warn",
    Kind.PASSWORD_SET: "warn",
    Kind.API_TOKEN: "warn",
    Kind.EXPORT: "accent",
    Kind.IMPORT: "accent",
    Kind.BULK_CHANGE: "accent",
}
