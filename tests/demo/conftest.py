"""Fixtures: demo shops of a few people, made at one moment."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from backoffice.demo.filling import fill
from backoffice.demo.shop import Shop
from backoffice.records.seeding import seed_all
from backoffice.staff.demo import hire_staff
from carts.models import OrderStatus

NOW = dt.datetime(2026, 11, 21, 14, 30, 0)


@pytest.fixture
def filled(db) -> Callable[..., Shop]:
    """`filled(120)` makes a demo shop with 120 generated customers at NOW; `seed` is 1 unless given."""

    def filled(customers: int, *, seed: int = 1, currency: str = "EUR") -> Shop:
        if not OrderStatus.objects.exists():
            seed_all()
        shop = Shop(
            seed=seed,
            now=NOW,
            customers=customers,
            currency=currency,
            time_zone=timezone.get_default_timezone(),
            staff_ids=[person.pk for person in hire_staff("lavender-under-the-stairs")],
        )
        fill(shop)
        return shop

    return filled
