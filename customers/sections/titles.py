"""The titles section: what a customer can be addressed by (S4.4–S4.6, facts 11.1)."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.records.named_records import NamedForm, deletion, saving
from backoffice.screen import formats
from backoffice.sections import (
    Editing,
    Field,
    Listing,
    Menu,
    Personal,
    Section,
    Titles,
    register,
)
from backoffice.sections.usual import NUMBER, SINCE, local_names

from ..models import Customer, Title
from ..services import delete_title


def _radio(**facts: Any) -> forms.Field:
    return forms.ChoiceField(**facts, widget=forms.RadioSelect)


_FIELDS = (
    NUMBER,
    *local_names("title"),
    Field(
        "kind",
        personal=Personal.NONE,
        why="what a word stands for, nobody's",
        group="title",
        files="gender; kind; genre; sexe; plec; rodzaj; gen; sex",
        form=_radio,
    ),
    SINCE,
)


def _foretell(ids: list[int]) -> list[str]:
    number = Customer.objects.here().filter(title__in=ids).count()
    said = ngettext(
        "%(n)s customer is left without a title.", "%(n)s customers are left without a title.", number
    )
    return [said % {"n": formats.number(number)} if number else gettext("No customer is concerned.")]


TITLES_SECTION = register(
    Section(
        slug="titles",
        model=Title,
        titles=Titles(
            many=_("Titles"),
            one=_("Title"),
            add=_("Add a title"),
            counted=ngettext_lazy("%(n)s title", "%(n)s titles", "count"),
            back=_("Back to Titles"),
        ),
        menu=Menu(group="settings", place=110, icon="titles"),
        fields=_FIELDS,
        listing=Listing(label_reads=("name",), lead=("name",), default_sort="id", small=True),
        editing=Editing(groups={"title": _("Title")}, save=saving(Title), base=NamedForm),
        delete_ways=deletion(Title, _("Delete the title"), delete=delete_title, foretell=_foretell),
    )
)
