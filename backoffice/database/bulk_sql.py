"""Many rows written at once, past the models: COPY and arrays on PostgreSQL, prepared statements on SQLite.

Values are those of the models' fields (aware moments, decimals, booleans). History rows, counters and folded keys are
the caller's, as are the rules. Statements hold names of our own tables and columns only, quoted.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import DateTimeField, Model


def take_keys(model: type[Model], number: int) -> list[int]:
    """So many ids for new rows of this model, taken out of use; call it in the transaction that writes them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, number],
            )
            return [key for (key,) in cursor.fetchall()]
        # A transaction that writes is the only one there (IMMEDIATE), and the rows themselves move the sequence.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + number))


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Insert rows; `names` are the attributes whose values they hold, in that order."""
    fields = [_field(model, name) for name in names]
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)})"
    ready = _adapted(fields, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {into} FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in ready:
                    copy.write_row(row)
        else:
            statement = f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
            cursor.executemany(statement, ready)


def update(model: type[Model], names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Set attributes of existing rows: each row is its primary key, then the values of `names`, in that order."""
    key = model._meta.pk
    fields = [_field(model, name) for name in names]
    quote = connection.ops.quote_name
    table, pk = quote(model._meta.db_table), quote(key.column)
    ready = _adapted([key, *fields], rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = list(zip(*ready, strict=True))
            if not columns:
                return
            arrays = ", ".join(f"%s::{_array_of(field)}" for field in (key, *fields))
            aliases = ", ".join(["key_", *(f"value_{place}" for place in range(len(fields)))])
            values = ", ".join(
                f"{quote(field.column)} = new_.value_{place}" for place, field in enumerate(fields)
            )
            statement = (
                f"UPDATE {table} SET {values} FROM unnest({arrays}) AS new_({aliases})"  # noqa: S608
                f" WHERE {table}.{pk} = new_.key_"
            )
            cursor.execute(statement, [list(column) for column in columns])
        else:
            values = ", ".join(f"{quote(field.column)} = %s" for field in fields)
            statement = f"UPDATE {table} SET {values} WHERE {pk} = %s"  # noqa: S608
            cursor.executemany(statement, [(*row[1:], row[0]) for row in ready])


def _field(model: type[Model], name: str):
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _adapted(fields, rows) -> Iterable[Sequence]:
    """The rows as the database's driver takes them: SQLite knows no time zones."""
    moments = [place for place, field in enumerate(fields) if isinstance(field, DateTimeField)]
    if connection.vendor != "sqlite" or not moments:
        return rows
    written = lru_cache(connection.ops.adapt_datetimefield_value)
    ready = [list(row) for row in rows]
    for row in ready:
        for place in moments:
            if row[place] is not None:
                row[place] = written(row[place])
    return ready


def _array_of(field) -> str:
    """The type of a list of this column's values; without its length, which the column itself insists on."""
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return re.sub(r"\(.*\)", "", kind) + "[]"
