"""The index behind "contains" on a folded search column: trigrams on both databases (performance.md 6, technique 5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, migrations, transaction

# New rows up to which making the trigger anew costs more than it saves.
_FEW = 50


_EVENTS = ("insert", "delete", "update")


@dataclass(frozen=True)
class SearchIndex:
    """The trigram index of `table.search_text`.

    PostgreSQL has a GIN index of the name `name`. SQLite has an FTS5 table of that name which keeps no copy of the
    text, and three triggers that keep it in step. `table` needs an integer key called `id`.
    """

    name: str
    table: str

    def operation(self) -> migrations.RunPython:
        """The migration that makes and drops it."""
        return migrations.RunPython(
            lambda apps, schema_editor: self._run(
                schema_editor.connection, self.to_create(schema_editor.connection)
            ),
            lambda apps, schema_editor: self._run(
                schema_editor.connection, self.to_drop(schema_editor.connection)
            ),
        )

    @contextmanager
    def put_aside(self) -> Iterator[None]:
        """Without the index while very many rows are loaded, and with it again afterwards: four times quicker.

        A failure meanwhile takes back all of it, index and rows.
        """
        with transaction.atomic():
            self._run(connection, self.to_drop(connection))
            yield
            if connection.vendor == "postgresql":
                # It makes no index on a table while checks of its rows are still waiting.
                connection.check_constraints()
            self._run(connection, self.to_create(connection))

    @contextmanager
    def entered_at_once(self, first: int, last: int) -> Iterator[None]:
        """While new rows of these ids are inserted: SQLite enters many by one statement afterwards, not one by one."""
        if connection.vendor != "sqlite" or last - first < _FEW:
            yield
            return
        self._run(connection, [f"DROP TRIGGER {self.name}_insert"])
        yield
        enter = f"INSERT INTO {self.name} (rowid, search_text) SELECT id, search_text FROM {self.table}"
        self._run(connection, [f"{enter} WHERE id BETWEEN {first:d} AND {last:d}", self._insert_trigger()])

    def mend(self) -> None:
        """Make again what a migration took away: SQLite copies a table to add a column, and its triggers go."""
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s)", [self.name, self.table]
            )
            there = {name for (name,) in cursor.fetchall()}
        if self.name in there and not {f"{self.name}_{event}" for event in _EVENTS} <= there:
            self._run(connection, [*self.to_drop(connection), *self.to_create(connection)])

    def forget(self) -> None:
        """Take out for good what was deleted: SQLite's index keeps parts of a text until it is put together anew."""
        if connection.vendor == "sqlite":
            self._run(connection, [f"INSERT INTO {self.name} ({self.name}) VALUES ('optimize')"])

    def _insert_trigger(self) -> str:
        enter = f"INSERT INTO {self.name} (rowid, search_text) VALUES (new.id, new.search_text)"
        return f"CREATE TRIGGER {self.name}_insert AFTER INSERT ON {self.table} BEGIN {enter}; END"

    def to_create(self, connection) -> list[str]:
        """The statements that make the index and fill it from what the table holds."""
        if connection.vendor == "postgresql":
            return [
                "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                f"CREATE INDEX {self.name} ON {self.table} USING gin (search_text gin_trgm_ops)",
            ]
        if connection.vendor != "sqlite":
            raise NotImplementedError(f"No search index on {connection.vendor}")
        enter = f"INSERT INTO {self.name} (rowid, search_text) VALUES (new.id, new.search_text)"
        leave = f"INSERT INTO {self.name} ({self.name}, rowid, search_text) VALUES ('delete', old.id, old.search_text)"
        changed = "UPDATE OF id, search_text"
        return [
            f"CREATE VIRTUAL TABLE {self.name} USING fts5("
            f"search_text, content='{self.table}', content_rowid='id', tokenize='trigram')",
            f"INSERT INTO {self.name} ({self.name}) VALUES ('rebuild')",
            self._insert_trigger(),
            f"CREATE TRIGGER {self.name}_delete AFTER DELETE ON {self.table} BEGIN {leave}; END",
            f"CREATE TRIGGER {self.name}_update AFTER {changed} ON {self.table}"
            f" WHEN old.search_text IS NOT new.search_text OR old.id <> new.id BEGIN {leave}; {enter}; END",
        ]

    def to_drop(self, connection) -> list[str]:
        """The statements that take it away; the table stays."""
        if connection.vendor == "postgresql":
            return [f"DROP INDEX {self.name}"]
        triggers = [f"DROP TRIGGER IF EXISTS {self.name}_{event}" for event in _EVENTS]
        return [*triggers, f"DROP TABLE {self.name}"]

    @staticmethod
    def _run(connection, statements: list[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


_indexes: dict[str, SearchIndex] = {}


def register(index: SearchIndex) -> SearchIndex:
    """Make an index known to what loads very many rows; two of the same name are a mistake (ValueError)."""
    if _indexes.setdefault(index.name, index) != index:
        raise ValueError(f"There are two search indexes called {index.name}.")
    return index


def mend_indexes(**said) -> None:
    """Make every index whole again, after migrations; it costs one look where nothing is missing."""
    for index in all_indexes():
        index.mend()


def all_indexes() -> list[SearchIndex]:
    """Every registered search index."""
    return list(_indexes.values())


def index_of(table: str) -> str:
    """The name of the search index of this table. LookupError where nobody registered one."""
    for index in _indexes.values():
        if index.table == table:
            return index.name
    raise LookupError(f"{table} has no search index")
