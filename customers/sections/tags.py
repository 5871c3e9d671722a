"""The tags section: the words staff put on customers (S3.23–S3.28)."""

from functools import partial

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
from backoffice.sections.usual import NOBODY, NUMBER, SINCE, name
from backoffice.tables.columns import CountColumn

from ..forms.swatches import colour_field
from ..models import Tag, TagColour
from ..registries import tag_deletion_steps
from ..services import delete_tag
from .tag_columns import ColourColumn, TagColumn

_FIELDS = (
    NUMBER,
    name(
        "tag",
        help=_("A word or two, for example RECURRENT or PROBLEM."),
        column=TagColumn,
        files="name; tag; nom; etiquette; mot cle; nazwa; znacznik; nume; eticheta",
    ),
    Field(
        "customers_count",
        personal=Personal.NONE,
        column=partial(CountColumn, leads_to="customers", by="tag"),
        without=("form", "files"),
    ),
    Field(
        "colour",
        personal=Personal.NONE,
        why=NOBODY,
        group="tag",
        form=colour_field,
        column=partial(ColourColumn, labels=dict(TagColour.choices)),
        files="colour; color; couleur; kolor; culoare",
    ),
    SINCE,
)


def _foretell(ids: list[int]) -> list[str]:
    number = sum(Tag.objects.filter(pk__in=ids).values_list("customers_count", flat=True))
    said = ngettext("%(n)s customer loses the tag.", "%(n)s customers lose the tag.", number)
    told = [said % {"n": formats.number(number)} if number else gettext("No customer is concerned.")]
    return told + [sentence for step in tag_deletion_steps for sentence in step.foretell(ids)]


TAGS_SECTION = register(
    Section(
        slug="tags",
        model=Tag,
        titles=Titles(
            many=_("Tags"),
            one=_("Tag"),
            add=_("Add a tag"),
            counted=ngettext_lazy("%(n)s tag", "%(n)s tags", "count"),
            back=_("Back to Tags"),
        ),
        menu=Menu(group="people", place=50, icon="tags"),
        fields=_FIELDS,
        listing=Listing(label_reads=("name",), lead=("name",), default_sort="name", small=True),
        editing=Editing(groups={"tag": _("Tag")}, save=saving(Tag), base=NamedForm),
        delete_ways=deletion(Tag, _("Delete the tag"), delete=delete_tag, foretell=_foretell),
    )
)
