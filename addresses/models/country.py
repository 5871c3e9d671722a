"""Countries and their states, with what each asks of an address (facts 1.5, 1.6, 6.3, 6.4)."""

from collections.abc import Mapping
from functools import cache

from babel import Locale
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Length, Upper
from django.db.models.lookups import Exact
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.personal import Marks
from backoffice.records.history import History

from ..rules.postcodes import PostcodeRule


class Country(models.Model):
    """A country, known by its ISO 3166-1 alpha-2 code, to which addresses point. Its name is not stored: Babel knows it
    in every language.

    `postcode_pattern` is a regular expression for the whole postcode, empty when there is no rule; `postcode_format` is
    what staff wrote in its place, in N for a digit, L for a letter, C for the country's code (facts 6.3).
    `postcode_example` is a postcode that fits, for the message to the person who typed another one.
    `address_format` holds one line of the printed address a line, as names of address fields.
    """

    code = models.CharField(_("ISO code"), max_length=2, unique=True)
    calling_code = models.PositiveSmallIntegerField(_("Calling code"), null=True, blank=True)
    needs_postcode = models.BooleanField(_("Postcode required"), default=False)
    postcode_format = models.CharField(
        _("Postcode format"), max_length=12, blank=True, default="", db_default=""
    )
    postcode_pattern = models.CharField(_("Postcode pattern"), max_length=1000, blank=True)
    postcode_example = models.CharField(_("Postcode example"), max_length=20, blank=True)
    needs_state = models.BooleanField(_("State required"), default=False)
    needs_identification = models.BooleanField(_("Identification number required"), default=False)
    address_format = models.TextField(_("Address format"), max_length=500)
    active = models.BooleanField(_("Enabled"), default=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("Last update"), auto_now=True)

    personal = Marks(technical="version updated_at")

    history = History()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(
                condition=Q(Exact(Length("code"), 2), code=Upper("code")), name="country_code_is_two_capitals"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The country's name in the reader's language, else its code."""
        return name_of_country(self.code, get_language() or "en")

    @property
    def postcode_rule(self) -> PostcodeRule:
        """What it asks of its postcodes."""
        return PostcodeRule(self.code, self.postcode_format, self.postcode_pattern, self.postcode_example)


def name_of_country(code: str, language: str) -> str:
    """The name of the country with this ISO code in that language; the code itself when Babel has none."""
    return _territories(language).get(code, code)


@cache
def _territories(language: str) -> Mapping[str, str]:
    return Locale.parse(language, sep="-").territories


class State(models.Model):
    """A state, province or county, by its ISO 3166-2 code, e.g. "US-CA"; the name is the local one."""

    code = models.CharField(_("ISO code"), max_length=10, primary_key=True)
    country = models.ForeignKey(
        Country, models.CASCADE, to_field="code", verbose_name=_("Country"), related_name="states"
    )
    name = models.CharField(_("Name"), max_length=100)
    active = models.BooleanField(_("Enabled"), default=True)

    personal = Marks(none="code country name active", why="a part of a country")

    history = History()

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(country=Left(F("code"), 2)), name="state_code_starts_with_country"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="state_has_a_name"),
        ]

    def __str__(self):
        return self.name
