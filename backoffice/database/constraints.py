"""Database constraints of our own."""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Columns, Statement, Table


class PairExists(models.BaseConstraint):
    """Two columns of a row are also a pair in another table: a foreign key over both, checked at commit.

    It makes a rule between tables hold whatever writes to them, and since it is checked when the transaction ends,
    rows that point at each other can be made and deleted in any order. `to_fields` must be unique together there.
    It is part of the table itself, so it survives SQLite's way of changing a table by copying it.
    """

    _template = (
        "CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) REFERENCES %(to_table)s (%(to_columns)s) %(deferred)s"
    )

    def __init__(
        self, *, fields: tuple[str, str], to_table: str, to_columns: tuple[str, str], name: str, **kwargs
    ):
        self.fields = tuple(fields)
        self.to_table = to_table
        self.to_columns = tuple(to_columns)
        super().__init__(name=name, **kwargs)

    def _clause(self, model, schema_editor) -> Statement:
        quote = schema_editor.quote_name
        columns = [model._meta.get_field(field).column for field in self.fields]
        return Statement(
            self._template,
            name=quote(self.name),
            columns=Columns(model._meta.db_table, columns, quote),
            to_table=Table(self.to_table, quote),
            to_columns=Columns(self.to_table, list(self.to_columns), quote),
            deferred="DEFERRABLE INITIALLY DEFERRED",
        )

    def create_sql(self, model, schema_editor) -> Statement | None:
        """The statement that adds the constraint; on SQLite the table is made anew with it instead."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor._remake_table(model)
            return None
        return Statement(
            "ALTER TABLE %(table)s ADD %(clause)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            clause=self._clause(model, schema_editor),
        )

    def constraint_sql(self, model, schema_editor) -> str | None:
        """The clause within CREATE TABLE. PostgreSQL wants the other table first: there it follows at the end."""
        if schema_editor.connection.vendor == "sqlite":
            return str(self._clause(model, schema_editor))
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def remove_sql(self, model, schema_editor) -> Statement | None:
        """The statement that drops it."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor._remake_table(model)
            return None
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def validate(self, model, instance, exclude=None, using=None) -> None:
        """Nothing to ask before the transaction ends: the pair may be written after the row."""

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return (
            path,
            args,
            {
                **kwargs,
                "fields": self.fields,
                "to_table": self.to_table,
                "to_columns": self.to_columns,
            },
        )

    def __eq__(self, other):
        return self.deconstruct() == other.deconstruct() if isinstance(other, PairExists) else NotImplemented

    __hash__ = models.BaseConstraint.__hash__


class OnlyAdded(models.BaseConstraint):
    """These columns of a row are never changed once it is written, whoever asks: a trigger refuses it.

    What is named by no field may change, such as whose the row is; and rows may be deleted. The trigger is made again
    where SQLite changes a table by copying it.
    """

    def __init__(self, *, fields: tuple[str, ...], name: str, **kwargs):
        self.fields = tuple(fields)
        super().__init__(name=name, **kwargs)

    def create_sql(self, model, schema_editor) -> Statement:
        """The statements that make the trigger."""
        quote = schema_editor.quote_name
        columns = [model._meta.get_field(field).column for field in self.fields]
        return Statement(
            _NEVER_CHANGED[schema_editor.connection.vendor],
            name=quote(self.name),
            said=schema_editor.quote_value(self.name),
            table=Table(model._meta.db_table, quote),
            columns=Columns(model._meta.db_table, columns, quote),
        )

    def constraint_sql(self, model, schema_editor) -> None:
        """Nothing within CREATE TABLE: the trigger follows at the end."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def remove_sql(self, model, schema_editor) -> Statement:
        """The statement that drops it."""
        quote = schema_editor.quote_name
        on = "" if schema_editor.connection.vendor == "sqlite" else " ON %(table)s"
        return Statement(
            f"DROP TRIGGER %(name)s{on}", name=quote(self.name), table=Table(model._meta.db_table, quote)
        )

    def validate(self, model, instance, exclude=None, using=None) -> None:
        """Nothing to ask of a row that is new."""

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "fields": self.fields}

    def __eq__(self, other):
        return self.deconstruct() == other.deconstruct() if isinstance(other, OnlyAdded) else NotImplemented

    __hash__ = models.BaseConstraint.__hash__


_NEVER_CHANGED = {
    "sqlite": (
        "CREATE TRIGGER %(name)s BEFORE UPDATE OF %(columns)s ON %(table)s"
        " BEGIN SELECT RAISE(ABORT, %(said)s); END"
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RAISE integrity_constraint_violation USING MESSAGE = TG_NAME; END$$;"
        " CREATE TRIGGER %(name)s BEFORE UPDATE OF %(columns)s ON %(table)s"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    ),
}
