"""How figures of a customer's page come about that this app has the rows of: age, last visit, consents."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from backoffice.lists.latest import ROWS
from backoffice.screen import formats
from backoffice.sections import Explanation

from .. import rules
from ..models import Customer, Visit
from ..queries import lines_of
from .consent_panel import consent_table
from .customer_visits import visits_table

MOST_LINES = 500


def _age(customer: Customer, staff) -> dict:
    """From the birthday to today; the birthday of this year decides, the 29 February on 1 March (decision 12)."""
    born, today = customer.birthday, timezone.localdate()
    if born is None:
        return {"said": pgettext("age", "Unknown")}
    return {
        "sums": [
            {"title": _("Birthday"), "value": formats.day(born)},
            {"title": _("Today"), "value": formats.day(today)},
            {"title": _("Age"), "value": formats.number(rules.age_on(today, born)), "is_total": True},
        ]
    }


def _last_visit(customer: Customer, staff) -> dict:
    """The later one of the imported one and the latest here."""
    figures = customer.figures
    visits = list(Visit.objects.filter(customer=customer.pk).order_by("-started_at")[:ROWS])
    here = visits[0].started_at if visits else None
    sums = [
        {"title": _("Imported"), "value": formats.moment(figures.opening_visit_at)},
        {"title": _("Latest visit here"), "value": formats.moment(here)},
    ]
    total = {
        "title": _("Last visit"),
        "value": formats.moment(figures.last_visit_at) or _("Never"),
        "is_total": True,
    }
    return {"sums": [*(one for one in sums if one["value"]), total], **visits_table(visits)}


def _consents(customer: Customer, staff) -> dict:
    """The whole ledger, its latest lines first."""
    lines = list(lines_of(customer)[:MOST_LINES])
    return consent_table(customer, lines) if lines else {"said": _("No consent has been recorded.")}


EXPLANATIONS = (
    Explanation(
        name="age",
        title=gettext_lazy("Age"),
        content=_age,
        offered=lambda customer: customer.birthday is not None,
    ),
    Explanation(
        name="last_visit",
        title=gettext_lazy("Last visit"),
        content=_last_visit,
        right="customers.view_visit",
        offered=lambda customer: customer.figures.last_visit_at is not None,
    ),
    Explanation(name="consents", title=gettext_lazy("Consents"), content=_consents),
)
