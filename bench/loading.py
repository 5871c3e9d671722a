"""Very many rows into a table as fast as the database takes them: COPY on PostgreSQL, executemany on SQLite."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models
from django.utils import timezone

from addresses.search_index import ADDRESSES_SEARCH
from customers.search_index import CUSTOMERS_SEARCH


def stored(value):
    """A value as both databases read it from text: moments in UTC, yes and no as 1 and 0."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    return value if value is None or isinstance(value, int) else str(value)


class Loader:
    """Rows for one table. `names` are the fields each row gives, in that order; the others get their defaults.

    A row is a tuple of texts, whole numbers and None, as `stored()` makes them. Rows wait until `write()`.
    """

    def __init__(self, model: type[models.Model], *names: str):
        given = [model._meta.get_field(name) for name in names]
        others = [one for one in model._meta.concrete_fields if one not in given and not one.auto_created]
        auto_now = (models.DateTimeField, models.DateField)
        self.constants = tuple(
            stored(timezone.now() if isinstance(one, auto_now) and one.auto_now else one.get_default())
            for one in others
        )
        self.model = model
        self.columns = [one.column for one in (*given, *others)]
        self.rows: list[tuple] = []
        self.written = 0

    def add(self, *row) -> None:
        """One more row."""
        self.rows.append(row)

    def write(self) -> None:
        """Put the waiting rows into the table."""
        if not self.rows:
            return
        quote = connection.ops.quote_name
        target = f"{quote(self.model._meta.db_table)} ({', '.join(map(quote, self.columns))})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row + self.constants)
            else:
                marks = ", ".join("?" * len(self.columns))
                cursor.cursor.executemany(
                    f"INSERT INTO {target} VALUES ({marks})", [row + self.constants for row in self.rows]
                )
        self.written += len(self.rows)
        self.rows = []


@contextmanager
def bare_tables(tables: list[type[models.Model]]) -> Iterator[None]:
    """Without the indexes of these tables, and on PostgreSQL without its checks of foreign keys, while they fill.

    Keys, and on PostgreSQL constraints, stay. What is loaded must be right by itself.
    """
    aside = _indexes([model._meta.db_table for model in tables])
    with CUSTOMERS_SEARCH.put_aside(), ADDRESSES_SEARCH.put_aside(), connection.cursor() as cursor:
        for name, _statement in aside:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = DEFAULT")
            for _name, statement in aside:
                cursor.execute(statement)


def _indexes(tables: list[str]) -> list[tuple[str, str]]:
    searches = [CUSTOMERS_SEARCH.name, ADDRESSES_SEARCH.name]
    marks = ", ".join(["%s"] * len(tables))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i"
                " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
                f" WHERE t.relname IN ({marks}) AND pg_table_is_visible(t.oid)"
                " AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)",
                tables,
            )
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master"
                f" WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",
                tables,
            )
        return [row for row in cursor.fetchall() if row[0] not in searches]


def analyze() -> None:
    """Tell the planner what the tables hold now; on PostgreSQL also which rows every transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE"
            if connection.vendor == "postgresql" and not connection.in_atomic_block
            else "ANALYZE"
        )
