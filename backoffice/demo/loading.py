"""Very many rows into a table at once: by COPY on PostgreSQL, by one prepared statement on SQLite.

Values go in as the generators made them, past the models: moments are naive and in UTC, as both databases keep them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model


@dataclass(frozen=True, eq=False)
class Table:
    """A model's table with the columns that a generator fills, in its order."""

    model: type[Model]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, model: type[Model], names: str) -> "Table":
        """The table with these columns, named with blanks between; every column it does not name must be one."""
        columns = tuple(names.split())
        known = {field.column for field in model._meta.concrete_fields}
        if wrong := set(columns) ^ known - {"id"}:
            raise ValueError(f"{model._meta.label} and its generator disagree on {', '.join(sorted(wrong))}")
        return cls(model, columns)

    def load(self, rows: Iterable[Iterable]) -> None:
        """Insert these rows; each is read only now."""
        quote = connection.ops.quote_name
        into = f"{quote(self.model._meta.db_table)} ({', '.join(map(quote, self.columns))})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                statement = f"COPY {into} FROM STDIN"
                with cursor.copy(statement) as copy:
                    for row in rows:
                        copy.write_row(tuple(row))
            else:
                statement = f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(self.columns))})"
                cursor.executemany(statement, map(tuple, rows))
