"""Whether a value is known at all: the question beside each filter whose value may be missing (U4)."""

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from ..screen.markup import fill, fill_each
from ..texts import Text
from .filter import refusal
from .filters import KNOWN, NONE, ChoiceFilter
from .pages import FilterPage

NOT_KNOWN_OR_KNOWN: tuple[Text, Text] = (gettext_lazy("Not known"), gettext_lazy("Known"))


class PresenceFilter(ChoiceFilter):
    """`company_is=none` finds those without a value, `company_is=known` those with one.

    `field` is the stored value, `key` the folded copy of a text, which has an index; `words` say the two choices;
    `conditions` are what they mean, where that is no column of the record.
    It is asked by links, one click each, and no input of its own: a hidden one keeps the answer while others filter.
    """

    def __init__(
        self,
        label: Text,
        *,
        field: str,
        may_be_null: bool = True,
        key: str = "",
        words: tuple[Text, Text] = NOT_KNOWN_OR_KNOWN,
        conditions: tuple[Q, Q] | None = None,
    ):
        conditions = conditions or (_of_null(field) if may_be_null else _of_text(field, key or field))
        super().__init__(
            label,
            choices=list(zip((NONE, KNOWN), words, strict=True)),
            conditions=dict(zip((NONE, KNOWN), conditions, strict=True)),
        )

    def links(self, page: FilterPage, name: str, address: str) -> SafeString:
        """A link for each answer; `address` is the list's without what else asks the same value, ready for more."""
        given = page.params.get(name, "")
        return fill_each(
            '<a href="{}{}={}"{}>{}</a>',
            (
                (address, name, value, fill(' aria-current="true"') if value == given else "", label)
                for value, label in self.pairs
            ),
        )

    def draw(self, page, name):
        given = page.params.get(name, "")
        if not given:
            return fill("")
        mark, why = refusal(page, name)
        return fill('<input type="hidden" name="{}" value="{}" form="filters"{}>{}', name, given, mark, why)


def _of_null(field: str) -> tuple[Q, Q]:
    # Every record has its figures: said so, the database may begin with either table.
    before = field.rpartition("__")[0]
    there = Q(**{f"{before}__isnull": False}) if before else Q()
    return there & Q(**{f"{field}__isnull": True}), Q(**{f"{field}__isnull": False})


def _of_text(field: str, key: str) -> tuple[Q, Q]:
    """A text that says nothing but punctuation has an empty folded copy, and counts as none."""
    return Q(**{key: ""}), Q(**{f"{key}__gt": ""})
