"""What the shop has chosen: options, required fields, and each person's columns."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..personal import Marks
from .counters import Remembered


class Option(Remembered):
    """One chosen option of a section; what is not stored has the default of its declaration."""

    section = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    value = models.JSONField()

    personal = Marks(technical="section name value")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "name"], name="option_once")]

    def __str__(self):
        return f"{self.section}.{self.name}"


class RequiredField(models.Model):
    """A field that staff made required in a section (S0.16–S0.18), by its name in our forms."""

    section = models.CharField(max_length=40)
    field = models.CharField(max_length=60)

    personal = Marks(technical="section field")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "field"], name="required_field_once")]

    def __str__(self):
        return f"{self.section}.{self.field}"


class ColumnChoice(Remembered):
    """The columns one member of staff wants in a list, in that order (decision 1)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="column_choices")
    section = models.CharField(max_length=40)
    columns = models.JSONField(_("columns"), default=list)

    personal = Marks(technical="staff section columns")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "section"], name="column_choice_once")]

    def __str__(self):
        return f"{self.section}: {', '.join(self.columns)}"
