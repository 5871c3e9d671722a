"""The discounts of a group by category: `/groups/<id>/category-discounts/` (facts 7.4)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import needs
from backoffice.forms.forms import told_by_form
from backoffice.records.actors import Actor
from backoffice.records.errors import Conflict, NotAllowed
from backoffice.sections import section_named
from backoffice.views.back import at_row, back_to_list, kept_back, list_before, with_back
from backoffice.views.gone import keeps_typed
from backoffice.views.records import record_or_404

from ..forms import CategoryDiscountsForm
from ..services.category_discounts import discounts_of, set_category_discounts


@needs("groups.view_group", "groups.change_group")
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, group: [CategoryDiscountsForm(data, discounts={})])
def category_discounts(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows and saves them, all in one form; a wrong percentage is told at its box and nothing is saved.

    Nothing is saved either where somebody else did so since it was opened: it comes again, with what they typed.
    """
    section = section_named("groups")
    group, way = record_or_404(section, pk, request.user), list_before(request, section)
    back = with_back(reverse("groups_view", args=[pk]), way)
    stored, status = discounts_of(group), 200
    form = CategoryDiscountsForm(request.POST if request.method == "POST" else None, discounts=stored)
    if form.is_bound and form.is_valid():
        try:
            changed = set_category_discounts(
                group, form.discounts, by=Actor.of(request), seen=request.POST.get("seen")
            )
        except Conflict:
            form, status = form.beside(discounts_of(group)), 409
            form.add_error(None, _("Somebody else has saved this group meanwhile."))
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Category discounts saved.") if changed else _("No changes."))
            return HttpResponseRedirect(back)
    context = {
        "page_title": _("Category discounts of %(group)s") % {"group": group},
        "form": form,
        "form_groups": [
            {
                "title": _("Discount in the category, in place of the general one"),
                "help": _("Empty: the group's discount applies. 0: no discount in this category."),
                "fields": form.visible_fields(),
            }
        ],
        "section": section,
        "list_url": at_row(back_to_list(request, section), pk),
        "kept": kept_back(way),
        "record_title": str(group),
        "record_url": back,
        "cancel_url": back,
    }
    return render(request, "backoffice/form.html", context, status=status)
