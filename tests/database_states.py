"""How the database is put back to a state that it was in: after a test that commits, or before one that begins with much.

It takes some hundredths of a second. Django's own way, which empties every table and has `post_migrate` lay all
foundations anew, takes most of a second; and to build the demonstration takes several.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.db import connection
from psycopg import sql

#: Its rows are referred to by tables whose constraints do not wait for the end of the transaction.
_LAST = "procrastinate_jobs"


@dataclass(frozen=True)
class Table:
    name: str
    columns: list[str]

    def rows(self, database: psycopg.Connection) -> bytes:
        """As COPY writes them."""
        with database.cursor().copy(self._copy("TO STDOUT")) as copy:
            return b"".join(copy)

    def write(self, database: psycopg.Connection, rows: bytes) -> None:
        """The rows, numbered as they were; new ones go on behind them."""
        with database.cursor().copy(self._copy("FROM STDIN")) as copy:
            copy.write(rows)
        if "id" in self.columns:
            database.execute(
                sql.SQL(
                    "SELECT setval(sequence, greatest(nextval(sequence), (SELECT max(id) FROM {}))) "
                    "FROM pg_get_serial_sequence(%s, 'id') AS sequence WHERE sequence IS NOT NULL"
                ).format(sql.Identifier(self.name)),
                [self.name],
            )

    def _copy(self, end: str) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("COPY {} ({}) " + end).format(sql.Identifier(self.name), columns)


@dataclass(frozen=True)
class DatabaseState:
    """The tables of all models, each with the rows that stand in it."""

    tables: list[tuple[Table, bytes]]

    @classmethod
    def as_it_is(cls) -> DatabaseState:
        models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
        tables = [
            Table(
                name, [str(field.column) for field in models[name]._meta.local_concrete_fields if not field.generated]
            )
            for name in connection.introspection.table_names()
            if name in models
        ]
        tables.sort(key=lambda table: table.name == _LAST)
        database = _connected()
        return cls([(table, table.rows(database)) for table in tables])

    def put_back(self) -> None:
        database = _connected()
        with database.transaction():
            database.execute("SET CONSTRAINTS ALL DEFERRED")
            changed = self._changed(database)
            for table, _rows in changed:
                database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
            for table, rows in reversed(changed):
                if rows:
                    table.write(database, rows)

    def _changed(self, database: psycopg.Connection) -> list[tuple[Table, bytes]]:
        is_filled = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(table.name, sql.Identifier(table.name))
            for table, _rows in self.tables
        )
        filled = {name for (name,) in database.execute(is_filled)}
        return [
            (table, rows)
            for table, rows in self.tables
            if (rows and table.rows(database) != rows) or (not rows and table.name in filled)
        ]


def _connected() -> psycopg.Connection:
    if not connection.is_usable():
        connection.close()
    connection.ensure_connection()
    database = connection.connection
    assert isinstance(database, psycopg.Connection)
    return database
