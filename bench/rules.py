"""What it costs to apply the rule of a group to everybody: `python -m bench.rules` (issue 9, speed).

DATABASE_URL names a generated shop on PostgreSQL. In turn, each in a transaction that is taken back: our own service in
its blocks; the bare statements that leave the same rows behind (INSERT … SELECT of members and of their history, UPDATE
of the customers' versions and of the counts); and one save a customer, of a few of them. The preview is timed, too.
"""

import argparse
import os
import sys
import time

import django

SAVED_ONE_BY_ONE = 200


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__.partition("\n")[0])
    parser.add_argument("--spent", default="1000", help="the rule: sales of at least so much")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from django.db import connection

    from backoffice.records.actors import Actor
    from customers.services.rule_preview import preview
    from groups.models import Group
    from groups.rules.filling import Match, Rule, condition

    if connection.vendor != "postgresql":
        sys.exit("This measures on PostgreSQL only.")
    rule = Rule(match=Match.ALL, conditions=(condition("total_spent", "at_least", asked.spent),))
    group, by = Group.objects.order_by("-pk").first(), Actor.command()
    times: dict[str, list[float]] = {"preview": [], "ours": [], "bare": [], "one by one": []}
    for _round in range(asked.rounds):
        began = time.perf_counter()
        preview(group, rule)
        times["preview"].append(time.perf_counter() - began)
        moved, seconds = _taken_back(lambda: _ours(group, rule, by))
        times["ours"].append(seconds)
        rows, seconds = _taken_back(lambda: _bare(group, asked.spent))
        times["bare"].append(seconds)
        if rows != moved:
            sys.exit(f"Ours moved {moved}, the bare statements {rows}.")
        few, seconds = _taken_back(lambda: _one_by_one(group, rule, by))
        times["one by one"].append(seconds * moved / few)
    best = {name: min(values) for name, values in times.items()}
    print(f"{moved:,} joined; best of {asked.rounds}:")
    for name, seconds in best.items():
        print(f"{name:>12} {seconds:8.2f} s")
    print(
        f"ours / bare: {best['ours'] / best['bare']:.2f}; one by one / ours: {best['one by one'] / best['ours']:.0f}"
    )


def _taken_back(work) -> tuple[int, float]:
    """What `work()` gives and how long it took; nothing of it stays."""
    from django.db import transaction

    with transaction.atomic():
        began = time.perf_counter()
        result = work()
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return result, seconds


def _ours(group, rule, by) -> int:
    from customers.services.all_rules import BLOCK
    from customers.services.group_filling import fill
    from customers.services.rule_preview import moved_by
    from customers.services.rule_sql import movement

    ids = moved_by(movement(group, rule))
    return sum(
        len(fill(group, rule, ids[start : start + BLOCK], by=by).joined)
        for start in range(0, len(ids), BLOCK)
    )


_MEMBERS = """
    INSERT INTO customers_membership (customer_id, group_id, origin, added_at)
    SELECT c.id, %s, 'rule', now() FROM customers_customer c JOIN customers_customerfigures f ON f.customer_id = c.id
    WHERE NOT c.deleted AND f.total_spent >= %s AND NOT EXISTS
      (SELECT 1 FROM customers_membership m WHERE m.customer_id = c.id AND m.group_id = %s)
"""
_HISTORY = """
    INSERT INTO customers_historicalmembership
      (id, customer_id, group_id, origin, door, history_date, history_type, history_change_reason)
    SELECT id, customer_id, group_id, origin, 'command', now(), '+', 'rule'
    FROM customers_membership WHERE group_id = %s AND origin = 'rule'
"""
_VERSIONS = """
    UPDATE customers_customer c SET version = version + 1, updated_at = now()
    FROM customers_membership m WHERE m.customer_id = c.id AND m.group_id = %s AND m.origin = 'rule'
"""
_COUNT = "UPDATE groups_group SET members_count = members_count + %s WHERE id = %s"


def _bare(group, spent: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [group.pk, spent, group.pk])
        rows = cursor.rowcount
        cursor.execute(_HISTORY, [group.pk])
        cursor.execute(_VERSIONS, [group.pk])
        cursor.execute(_COUNT, [rows, group.pk])
    return rows


def _one_by_one(group, rule, by) -> int:
    """A few of them, each by a save of its own."""
    from customers.models import Membership, MembershipOrigin
    from customers.services.rule_sql import movement

    few = list(movement(group, rule).joining[:SAVED_ONE_BY_ONE])
    for customer in few:
        Membership.objects.create(customer=customer, group=group, origin=MembershipOrigin.RULE)
        customer.save()
    return len(few)


if __name__ == "__main__":
    main()
