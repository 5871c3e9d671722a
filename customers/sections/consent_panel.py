"""The consent ledger on a customer's file (S1.48, S4.14, S4.15, S4.64)."""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from backoffice.access.verbs import right_of
from backoffice.records.actors import Door
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_table
from backoffice.sections.explained import explained_at
from backoffice.tables.switches import draw_switch

from .. import services
from ..models import NOT_STATED, Consent, Customer, Ground
from ..queries import lines_of

ROWS = 6
_USUAL = dict(Ground.choices)
_SWITCHED = '<span class="switched">{} → {}</span>'


def consents_panel(customer: Customer, staff) -> dict:
    """The latest lines of the ledger; where a consent rests on nothing yet, the way to state it (decision 9)."""
    found = list(lines_of(customer)[: ROWS + 1])
    may = staff.has_perm(right_of(services.SWITCHES["newsletter"])) and not customer.deleted
    return {
        "empty": "" if found else _("No consent has been recorded."),
        "url": explained_at("customers", "consents", customer, staff) if len(found) > ROWS else "",
        **consent_table(customer, found[:ROWS], may_state=may),
    }


def consent_table(customer: Customer, lines: Iterable[Consent], *, may_state: bool = False) -> dict:
    """Lines of the ledger, the latest first: what, from and to, on what ground, when, and who from where."""
    columns = (
        (_("Consent"), ""),
        (_("Given"), "flag"),
        (_("Source of consent"), "wraps"),
        (_("Date and author"), "wraps"),
    )
    rows, told = [], set()
    for line in lines:
        may = may_state and line.given and line.kind not in told
        told.add(line.kind)
        rows.append((line.get_kind_display(), _change(line), _ground(line, may=may), _traces(line)))
    return {"cards": True, **as_table(columns, rows)}


def _change(line: Consent) -> SafeString:
    """From what to what; the state alone where the line only states a ground."""
    now = draw_switch(line.given, label="", url="")
    return fill(_SWITCHED, draw_switch(line.was, label="", url=""), now) if line.was != line.given else now


def _ground(line: Consent, *, may: bool) -> str:
    if line.ground == NOT_STATED and may:
        url = link("customers_consent", line.customer_id, line.kind)
        return fill('<a href="{}">{}</a>', url, _("How did they consent?"))
    return ground_in_words(line.ground)


def ground_in_words(ground: str) -> str:
    """A ground as it is read: the usual ones in the reader's language, the others as they were said."""
    if ground.startswith(services.IMPORTED):
        return _("Import of %(file)s") % {"file": ground.removeprefix(services.IMPORTED)}
    return str(_USUAL.get(ground, ground))


def _traces(line: Consent) -> SafeString:
    """When, by whom, by which door and from where."""
    who = line.staff.name if line.staff else ""
    traces = filter(None, (who, Door(line.door).told, line.ip))
    return fill('{}<br><span class="muted">{}</span>', minute_with_seconds(line.at), " · ".join(traces))
