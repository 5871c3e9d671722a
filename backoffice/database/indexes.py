"""Indexes for lists: nothing known counts as the smallest value on both databases."""

from django.db import models


class NothingFirst(models.Index):
    """An index whose first column sorts NULL before every value, as SQLite always does.

    One such index serves both directions of a list (read backwards it is DESC NULLS LAST), and gives the
    same order on PostgreSQL and SQLite: who was never here comes last when the latest visits come first.
    """

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return super().create_sql(model, schema_editor, using, **kwargs)
        index = self.clone()
        (first, _), *others = self.fields_orders
        index.fields_orders = [(first, "NULLS FIRST"), *others]
        return super(NothingFirst, index).create_sql(model, schema_editor, using, **kwargs)
