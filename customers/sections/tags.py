"""The tags section: the words staff put on customers (S3.23–S3.28)."""

from functools import partial

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from backoffice.lists.columns import DayColumn, IdColumn, NumberColumn, TextColumn
from backoffice.lists.filters import NameFilter, NumberFilter
from backoffice.lists.filtersets import SectionFilterSet
from backoffice.lists.tables import SectionTable
from backoffice.records import named_records
from backoffice.screen import formats
from backoffice.sections import DeleteWay, Section, register

from .. import rules
from ..faults import as_validation_error
from ..models import Tag
from ..services import delete_tag

LIMIT = 40


class CountColumn(NumberColumn):
    """How many customers carry it, leading to them."""

    def draw(self, row, page):
        if not row[self.field]:
            return "0"
        return format_html(
            '<a href="{}?tag={}">{}</a>',
            reverse("customers_list"),
            row["id"],
            formats.number(row[self.field]),
        )


class TagTable(SectionTable):
    """Number, name, customers, since when."""

    label_reads = ("name",)
    label = staticmethod(lambda row: row["name"])

    id = IdColumn(_("ID"), reads=("id",), sorts="id", filter="id")
    name = TextColumn(_("Name"), reads=("name",), sorts="name", filter="name", css="text lead")
    customers_count = CountColumn(
        _("Customers"), reads=("customers_count",), sorts="customers_count", css="num sub"
    )
    created_at = DayColumn(_("Creation date"), reads=("created_at",), sorts="created_at")


class TagFilters(SectionFilterSet):
    """By number and name."""

    id = NumberFilter(_("ID"))
    name = NameFilter(_("Name"), fields=("name",))


class TagForm(named_records.NamedForm):
    """A tag's name."""

    name = forms.CharField(
        label=_("Name"), max_length=LIMIT, help_text=_("A word or two, for example RECURRENT or PROBLEM.")
    )

    groups_of_fields = ((_("Tag"), ("name",)),)
    rules = {"name": partial(rules.thing_name, limit=LIMIT)}
    explain = staticmethod(as_validation_error)
    model = Tag


def _foretell(ids: list[int]) -> list[str]:
    number = sum(Tag.objects.filter(pk__in=ids).values_list("customers_count", flat=True))
    said = ngettext("%(n)s customer loses the tag.", "%(n)s customers lose the tag.", number)
    return [said % {"n": formats.number(number)} if number else gettext("No customer is concerned.")]


TAGS_SECTION = register(
    Section(
        slug="tags",
        model=Tag,
        title=_("Tags"),
        title_one=_("Tag"),
        add_label=_("Add a tag"),
        icon="tags",
        menu="customers",
        rows=lambda: Tag.objects.all(),
        table=TagTable,
        filters=TagFilters,
        form=TagForm,
        save=named_records.saving(Tag),
        delete_ways=(
            DeleteWay(name="delete", title=_("Delete the tag"), run=delete_tag, foretell=_foretell),
        ),
        bulk_delete=named_records.deleting(delete_tag),
        default_sort="name",
    )
)
