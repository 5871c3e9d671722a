"""The settings page of custom fields: staff add, order, rename and retire fields of customers (S4.23, decision 52)."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.custom import custom_name
from backoffice.records.conflicts import without_theirs
from backoffice.records.named_records import NamedForm, deletion
from backoffice.records.required_fields import required_in
from backoffice.sections import (
    Editing,
    Field,
    Listing,
    Menu,
    Page,
    Personal,
    RecordAction,
    Section,
    States,
    Switch,
    Titles,
    register,
)
from backoffice.sections.usual import NOBODY, NUMBER, SINCE, local_names

from ..models import CustomField
from ..options import SECTION
from ..services import (
    delete_custom_field,
    refusal_to_delete_fields,
    refuse_field,
    retire_custom_field,
    save_custom_field,
    use_custom_field,
    use_custom_field_again,
)

STEP = 10


class CustomFieldForm(NamedForm):
    """Declares a field or changes one; what does not go together is told at its field."""

    def initial_of_new(self) -> dict[str, Any]:
        last = CustomField.objects.aggregate(last=Max("position"))["last"] or 0
        return {**super().initial_of_new(), "position": min(last + STEP, 1_000_000)}

    def arrange(self) -> None:
        is_required = self.record is not None and custom_name(self.record.pk) in required_in(SECTION)
        said = _("Customers can't be added without it, here, by import or through the shop.")
        self.put_beside(
            "about",
            "required",
            forms.BooleanField(label=_("Required"), help_text=said, required=False, initial=is_required),
        )

    @property
    def said(self) -> dict[str, Any]:
        return {"required": self.cleaned_data["required"]}

    def clean(self):
        cleaned = super().clean()
        self.ask(refuse_field, without_theirs(cleaned, self.data), record=self.record)
        return cleaned


_SAID = (_("%(name)s is in use again."), _("%(name)s is retired; its values are kept."))
_VERBS = (
    RecordAction(
        name="retire",
        title=_("Retire"),
        run=retire_custom_field,
        said=_SAID[1],
        icon="off",
        offered=lambda field: field.active,
        main=True,
    ),
    RecordAction(
        name="use_again",
        title=_("Use again"),
        run=use_custom_field_again,
        said=_SAID[0],
        icon="undo",
        offered=lambda field: not field.active,
        main=True,
    ),
)

_FIELDS = (
    NUMBER,
    *local_names("field"),
    Field(
        "kind",
        personal=Personal.NONE,
        why=NOBODY,
        help=_(
            "A whole number is 0 or more. The type can be changed until a customer has a value in this field."
        ),
        group="field",
    ),
    Field(
        "choices",
        personal=Personal.NONE,
        why=NOBODY,
        help=_(
            "For one of a list: one choice per line. A choice you remove is no longer offered; "
            "customers who have it keep it."
        ),
        group="field",
        without=("column", "filter"),
    ),
    Field(
        "about",
        personal=Personal.NONE,
        why=NOBODY,
        help=_("What this field says about a person."),
        group="use",
        without=("column", "filter"),
    ),
    Field(
        "in_list",
        personal=Personal.NONE,
        help=_("Offered as a column and a filter of the list of customers, and in exports."),
        group="use",
    ),
    Field(
        "in_search",
        personal=Personal.NONE,
        help=_("The search finds customers by it. For texts, numbers and lists."),
        group="use",
    ),
    Field(
        "position",
        personal=Personal.NONE,
        help=_("Fields with a small number come first, in the form and on the customer's page."),
        group="use",
    ),
    Field(
        "active",
        personal=Personal.NONE,
        switch=Switch(
            run=use_custom_field,
            said=_SAID,
            states=States(pgettext_lazy("of a field", "Status"), _("In use"), _("Retired")),
        ),
        without=("form", "files"),
    ),
    SINCE,
)

CUSTOM_FIELDS = register(
    Section(
        slug="fields",
        model=CustomField,
        titles=Titles(
            many=_("Custom fields"),
            one=_("Custom field"),
            add=_("Add a custom field"),
            counted=ngettext_lazy("%(n)s custom field", "%(n)s custom fields", "count"),
            back=_("Back to Custom fields"),
        ),
        menu=Menu(group="settings", place=105, icon="columns"),
        fields=_FIELDS,
        listing=Listing(label_reads=("name",), lead=("name",), default_sort="position", small=True),
        editing=Editing(
            groups={"field": _("Custom field"), "use": _("Where it is used")},
            save=save_custom_field,
            base=CustomFieldForm,
        ),
        delete_ways=deletion(
            CustomField,
            _("Delete the custom field"),
            delete=delete_custom_field,
            refusal=refusal_to_delete_fields,
            instead="retire",
        ),
        page=Page(actions=_VERBS),
    )
)
