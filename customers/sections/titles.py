"""The titles section: what a customer can be addressed by (S4.4–S4.6, facts 11.1)."""

from functools import partial

from django import forms
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.lists.columns import DayColumn, IdColumn, TextColumn
from backoffice.lists.filters import ChoiceFilter, NameFilter, NumberFilter
from backoffice.lists.filtersets import SectionFilterSet
from backoffice.lists.tables import SectionTable
from backoffice.records import named_records
from backoffice.screen import formats
from backoffice.sections import DeleteWay, Section, register

from .. import rules
from ..faults import as_validation_error
from ..models import Customer, Title
from ..queries import TITLES
from ..services import delete_title

LIMIT = 20


class KindColumn(TextColumn):
    """Male, Female or Neutral."""

    def draw(self, row, page):
        return str(Title.Kind(row["kind"]).label)


class TitleNameColumn(TextColumn):
    """The title in the reader's language."""

    def draw(self, row, page):
        title = page.lookup("titles").get(row["id"])
        return title.local_name if title else row["name"]


class TitleTable(SectionTable):
    """Number, name, gender, since when."""

    label_reads = ("name",)
    label = staticmethod(lambda row: row["name"])

    lookups = {"titles": TITLES}

    id = IdColumn(_("ID"), reads=("id",), sorts="id", filter="id")
    name = TitleNameColumn(_("Name"), reads=("name",), sorts="name", filter="name", css="text lead")
    kind = KindColumn(pgettext_lazy("of a title", "Gender"), reads=("kind",), sorts="kind", filter="kind")
    created_at = DayColumn(_("Creation date"), reads=("created_at",), sorts="created_at")


class TitleFilters(SectionFilterSet):
    """By number, name and gender."""

    id = NumberFilter(_("ID"))
    name = NameFilter(_("Name"), fields=("name", "name_fr", "name_pl", "name_ro"))
    kind = ChoiceFilter(pgettext_lazy("of a title", "Gender"), choices=Title.Kind.choices, field="kind")


class TitleForm(named_records.NamedForm):
    """A title's names and the gender it stands for."""

    name = forms.CharField(
        label=_("Name"), max_length=LIMIT, help_text=_("Used where a language has no name of its own.")
    )
    name_fr = forms.CharField(label=_("Name in French"), max_length=LIMIT, required=False)
    name_pl = forms.CharField(label=_("Name in Polish"), max_length=LIMIT, required=False)
    name_ro = forms.CharField(label=_("Name in Romanian"), max_length=LIMIT, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a title", "Gender"),
        choices=Title.Kind.choices,
        widget=forms.RadioSelect,
        initial=Title.Kind.MALE,
    )

    groups_of_fields = ((_("Title"), ("name", "name_fr", "name_pl", "name_ro", "kind")),)
    rules = dict.fromkeys(("name", "name_fr", "name_pl", "name_ro"), partial(rules.thing_name, limit=LIMIT))
    explain = staticmethod(as_validation_error)
    model = Title


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
        title=_("Titles"),
        title_one=_("Title"),
        add_label=_("Add a title"),
        icon="titles",
        menu="settings",
        rows=lambda: Title.objects.all(),
        table=TitleTable,
        filters=TitleFilters,
        form=TitleForm,
        save=named_records.saving(Title),
        delete_ways=(
            DeleteWay(name="delete", title=_("Delete the title"), run=delete_title, foretell=_foretell),
        ),
        bulk_delete=named_records.deleting(delete_title),
        default_sort="id",
    )
)
