"""Very many rows into a table at once: by COPY on PostgreSQL, by one prepared statement on SQLite.

Values go in as the generators made them, past the models: moments are naive and in UTC, as both databases keep them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model


@dataclass(frozen=True, eq=False)
class Table:
    """A model's table with the columns that a generator fills, in its order, named with blanks between."""

    model: type[Model]
    names: str

    @property
    def columns(self) -> list[str]:
        """The column names; ValueError where they are not those of the model.

        Its automatic id may be left out, and what the database itself gives a value.
        """
        columns = self.names.split()
        fields = self.model._meta.concrete_fields
        given = {one.column for one in fields if one.column == "id" or one.has_db_default()}
        differing = set(columns) ^ {one.column for one in fields}
        if differing - (given - set(columns)):
            raise ValueError(
                f"{self.model._meta.label} and its generator differ: {', '.join(sorted(differing))}"
            )
        return columns

    def load(self, rows: Iterable[Iterable]) -> None:
        """Insert these rows; each is read only now."""
        columns = self.columns
        quote = connection.ops.quote_name
        into = f"{quote(self.model._meta.db_table)} ({', '.join(map(quote, columns))})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                statement = f"COPY {into} FROM STDIN"
                with cursor.copy(statement) as copy:
                    for row in rows:
                        copy.write_row(tuple(row))
            else:
                statement = f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns))})"
                cursor.executemany(statement, map(tuple, rows))
