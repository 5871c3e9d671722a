"""The key figures above the customers list (facts 2.6): gender shares, average age, orders a customer, newsletter."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from backoffice.lists.key_figures import weekly_figure
from backoffice.lists.pictures import share_bar
from backoffice.screen import formats
from backoffice.screen.links import link

# Kinds with their tone of the bar; the first tone means "yes" next door (U9).
KINDS = (("male", 4), ("female", 2), ("neutral", 3))


def key_figures(figures: dict, page) -> list[dict]:
    """The figures drawn for the page's strip; "–" for what is not known."""
    url = link("customers_list")
    everybody, active = figures.get("people", 0), figures.get("active_people", 0)
    average = figures.get("average_age")
    newsletter = figures.get("readers", 0)
    orders = figures.get("valid_orders", 0)
    return [
        _gender(figures, url),
        {
            "title": _("Average age"),
            "value": ngettext("%(n)s year", "%(n)s years", average) % {"n": average}
            if average is not None
            else "–",
            "note": _("where the birthday is known"),
            "url": f"{url}?sort=age",
        },
        {
            "title": _("Orders per customer"),
            "value": formats.decimals(orders / active, 2) if active else "0",
            "note": _("valid orders"),
            "url": f"{url}?sort=-orders_count" if "orders_count" in page.table.columns else url,
        },
        {
            "title": _("Newsletter"),
            "value": formats.percent(newsletter / everybody) if everybody else "–",
            "note": ngettext("%(n)s customer", "%(n)s customers", newsletter)
            % {"n": formats.number(newsletter)},
            "url": f"{url}?newsletter=true",
            "picture": share_bar(
                _("Newsletter"),
                [(_("Newsletter"), newsletter, 1), (_("No newsletter"), everybody - newsletter, 3)],
            ),
        },
        weekly_figure(
            _("New customers, 12 weeks"),
            figures.get("signups", []),
            said=_("New customers a week, the last 12 weeks: %(numbers)s"),
            url=f"{url}?registered_after={figures.get('weeks_first', '')}",
        ),
    ]


def _gender(figures: dict, url: str) -> dict:
    """The greatest share, which comes first; women win a tie, men need strictly more (facts 2.6).

    Shares are of those whose gender is known: it says so where somebody's is not.
    """
    numbers = {kind: figures.get(kind, 0) for kind, _tone in KINDS}
    total = sum(numbers.values())
    labels = {"male": _("Male"), "female": _("Female"), "neutral": _("Neutral")}
    counted = {
        "male": pgettext("share of customers", "Male"),
        "female": pgettext("share of customers", "Female"),
        "neutral": pgettext("share of customers", "Neutral"),
    }
    if not total:
        return {"title": pgettext("shares", "Gender"), "value": _("No customers"), "url": url}
    greatest = max(numbers, key=lambda kind: (numbers[kind], kind == "female", kind == "male"))
    kinds = sorted(KINDS, key=lambda one: one[0] != greatest)
    notes = [
        f"{formats.percent(numbers[kind] / total)} {counted[kind]}" for kind, _tone in kinds if numbers[kind]
    ]
    if total < figures.get("active_people", 0):
        notes.append(_("where the gender is known"))
    return {
        "title": pgettext("shares", "Gender"),
        "value": f"{formats.percent(numbers[greatest] / total)} {counted[greatest]}",
        "note": " · ".join(notes),
        "url": f"{url}?sort=title",
        "picture": share_bar(
            pgettext("shares", "Gender"), [(labels[kind], numbers[kind], tone) for kind, tone in kinds]
        ),
    }
