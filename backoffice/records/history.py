"""Who changed what, when and from where (decision 28): one historical table a model, written with the change."""

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..database.fields import FoldedField, SearchField
from ..personal import Marks
from .actors import Actor, Door


class Origin(models.Model):
    """What every history row says beside the values: the door and the address the change came in by."""

    door = models.CharField(_("from"), max_length=10, choices=Door.choices, default=Door.COMMAND)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True)

    personal = Marks(
        contact="ip",
        technical="door history_date history_type history_change_reason history_user",
    )

    class Meta:
        abstract = True


# What only the machinery needs of the record as it stands now.
_PRESENT_ONLY = frozenset(("version", "updated_at"))


class History(HistoricalRecords):
    """The history of a model; name in `excluded_fields` what must never be copied (passwords, counts).

    Folded copies and what only the record of today needs are left out in any case.

    A service says who acts with `signed_by()`; a row saved without it is kept as done by a command.
    """

    def __init__(self, *, excluded_fields: tuple[str, ...] = ()):
        super().__init__(
            bases=[Origin],
            excluded_fields=list(excluded_fields),
            history_change_reason_field=models.CharField(max_length=200, null=True),
            cascade_delete_history=False,
        )

    def fields_included(self, model):
        return [
            one
            for one in super().fields_included(model)
            if one.name not in _PRESENT_ONLY and not isinstance(one, FoldedField | SearchField)
        ]


def signed_by(instance: models.Model, by: Actor, reason: str = "") -> None:
    """Say who is about to save or delete `instance`, for its history row."""
    for name, value in (
        ("_history_user", by.staff),
        ("_change_reason", reason or by.act or None),
        ("_history_door", by.door),
        ("_history_ip", by.ip),
    ):
        setattr(instance, name, value)


def fill_origin(sender, instance, history_instance, **kwargs) -> None:
    """Copy door and address onto the history row (simple-history's own hook for extra columns)."""
    history_instance.door = getattr(instance, "_history_door", Door.COMMAND)
    history_instance.ip = getattr(instance, "_history_ip", None)


def record_set(
    rows: models.QuerySet, *, by: Actor, kind: str = "~", reason: str = "", at: models.F | None = None
) -> int:
    """Write the history rows of a set-wise change in one statement: `kind` is "+", "~" or "-" (decision 28).

    Call it after an update or insert, before a delete, in the same transaction. `at` names the column with the
    time of the change; it is now without one. Returns how many rows it wrote.
    """
    past = rows.model.history.model
    names = [one.attname for one in past.tracked_fields]
    facts = {
        "history_date": timezone.now(),
        "history_type": kind,
        "history_change_reason": reason or by.act or None,
        "history_user": by.staff.pk if by.staff else None,
        "door": str(by.door),
        "ip": by.ip,
    }
    constants: dict[str, models.Expression | models.F] = {
        f"{name}_": models.Value(value, output_field=past._meta.get_field(name))
        for name, value in facts.items()
    }
    if at is not None:
        constants["history_date_"] = at
    columns = [past._meta.get_field(name).column for name in (*names, *facts)]
    source = rows.order_by().annotate(**constants).values_list(*names, *constants)
    try:
        select, params = source.query.sql_with_params()
    except EmptyResultSet:  # nobody, as Django can tell without asking
        return 0
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(past._meta.db_table)} ({', '.join(map(quote, columns))}) {select}"
    with connection.cursor() as cursor:
        cursor.execute(into, params)
        return cursor.rowcount
