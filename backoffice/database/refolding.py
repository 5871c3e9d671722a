"""Folded copies worked out again in a database that is there already, after their form has changed: for migrations."""

from functools import partial
from itertools import islice

from django.apps import apps as current
from django.db import migrations

from . import bulk_sql
from .fields import FoldedField, SearchField

_BATCH = 2_000


def refolding(label: str) -> migrations.RunPython:
    """The operation that brings the folded copies and the search column of a model to today's form."""
    return migrations.RunPython(partial(_refold, label=label), migrations.RunPython.noop)


def _refold(apps, schema_editor, *, label: str) -> None:
    """Only the columns that there are at this point of the migrations are read and written."""
    model = current.get_model(label)
    there = [field.attname for field in apps.get_model(label)._meta.concrete_fields]
    copies = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, FoldedField | SearchField) and field.attname in there
    ]
    names = [field.attname for field in copies]
    records = model._base_manager.order_by("pk").only(*there).iterator(chunk_size=_BATCH)
    while some := list(islice(records, _BATCH)):
        changed = []
        for record in some:
            stored = [getattr(record, name) for name in names]
            right = [field.pre_save(record, False) for field in copies]
            if stored != right:
                changed.append((record.pk, *right))
        bulk_sql.update(model, names, changed)
