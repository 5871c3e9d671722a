"""Why somebody is in a group, and until when: `/customers/<id>/groups/<group>/` (issue 9, point 9)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import needs
from backoffice.forms.forms import told_by_form
from backoffice.records.actors import Actor
from backoffice.records.changes import refusal_to_change
from backoffice.records.errors import NotAllowed
from backoffice.sections import section_named
from backoffice.views.gone import keeps_typed
from backoffice.views.records import record_or_404
from groups.models import Group

from .. import services
from ..forms.group_members import PinForm
from ..models import Customer, Membership, MembershipOrigin
from ..rights import SEGMENT
from ..sections.customers import CUSTOMERS
from ..sections.membership_words import joins_and_leaves, origin_in_words, why_by_the_rule


@needs("customers.view_customer", SEGMENT.name)
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, record: [PinForm(data, today=timezone.localdate())])
def membership(request: HttpRequest, pk: int, group: int) -> HttpResponse:
    """Says what put them there, who and when, and what came before; keeps them by hand, or leaves them to the rule."""
    customer = record_or_404(CUSTOMERS, pk, request.user)
    place = record_or_404(section_named("groups"), group, request.user)
    mine = Membership.objects.select_related("added_by").filter(customer=pk, group=group).first()
    back = reverse("customers_membership", args=[pk, group])
    data = request.POST if request.method == "POST" and mine else None
    form = PinForm(data, today=timezone.localdate(), initial={"until": mine.until if mine else None})
    if data is not None and (data.get("do") == "release" or form.is_valid()):
        _carry_out(request, customer, place, form)
        return HttpResponseRedirect(back)
    may = mine is not None and not refusal_to_change(customer)
    context = {
        "page_title": _("%(name)s in %(group)s") % {"name": customer, "group": place},
        "section": CUSTOMERS,
        "list_url": reverse("customers_list"),
        "record_title": customer.name,
        "record_url": reverse("customers_view", args=[pk]) + "#groups",
        "facts": _facts(customer, place, mine),
        "entries": joins_and_leaves(customer, place),
        "form": form if may else None,
        "by_rule": mine is not None and mine.origin == MembershipOrigin.RULE,
        "can_release": may and place.rule is not None and mine.origin != MembershipOrigin.RULE,
    }
    return render(request, "customers/membership.html", context)


def _carry_out(request: HttpRequest, customer: Customer, group: Group, form: PinForm) -> None:
    rows, by = Customer.objects.filter(pk=customer.pk), Actor.of(request)
    try:
        if request.POST.get("do") == "release":
            moved = services.leave_to_rule(rows, group, by=by)
        else:
            moved = services.pin(rows, group, until=form.cleaned_data["until"], by=by)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return
    messages.success(request, _("Saved.") if moved else _("No changes."))


def _facts(customer: Customer, group: Group, mine: Membership | None) -> list[dict]:
    if mine is None:
        return [{"title": _("Group"), "value": _("Not a member.")}]
    facts = [(_("Origin"), origin_in_words(mine))]
    if why := why_by_the_rule(customer, group):
        facts.append((_("The rule"), why))
    return [{"title": title, "value": value} for title, value in facts]
