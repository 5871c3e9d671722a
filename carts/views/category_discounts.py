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
from backoffice.records.errors import NotAllowed
from backoffice.sections import section_named
from backoffice.views.gone import keeps_typed
from backoffice.views.records import record_or_404

from ..forms import CategoryDiscountsForm
from ..models import CategoryDiscount
from ..services.category_discounts import set_category_discounts


@needs("groups.view_group", "groups.change_group")
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, group: [CategoryDiscountsForm(data, discounts={})])
def category_discounts(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows and saves them, all in one form; a wrong percentage is told at its box and nothing is saved."""
    section = section_named("groups")
    group, back = record_or_404(section, pk, request.user), reverse("groups_view", args=[pk])
    stored = dict(CategoryDiscount.objects.filter(group=pk).values_list("category", "discount"))
    form = CategoryDiscountsForm(request.POST if request.method == "POST" else None, discounts=stored)
    if form.is_bound and form.is_valid():
        try:
            changed = set_category_discounts(group, form.discounts, by=Actor.of(request))
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
                "fields": list(form),
            }
        ],
        "section": section,
        "list_url": reverse("groups_list"),
        "record_title": str(group),
        "record_url": back,
        "cancel_url": back,
    }
    return render(request, "backoffice/form.html", context)
