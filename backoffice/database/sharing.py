"""Rows that nobody may delete while somebody points at them, and everybody may change."""

from typing import Any

from django.db import connections
from django.db.models import QuerySet


def shared_keys(rows: QuerySet) -> set[Any]:
    """The primary keys of these rows, which stay until the transaction ends.

    Django knows FOR UPDATE and FOR NO KEY UPDATE only. Both wait for whoever moves a count in the row, and counts are
    moved last and in an order of their own: one would wait for the other in a circle (decision 39).
    """
    connection = connections[rows.db]
    sql, params = rows.values_list("pk").query.sql_with_params()
    if connection.vendor == "postgresql":
        sql += " FOR KEY SHARE"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {key for (key,) in cursor.fetchall()}
