"""Fixtures: one valid row of every model, made directly, since these tests ask the database and not the services."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from addresses.models import Address, Country, State
from backoffice.records.seeding import seed_all
from carts.models import (
    Carrier,
    Cart,
    CartEvent,
    CartLine,
    Category,
    CategoryDiscount,
    Order,
    OrderLine,
    OrderStatus,
    OrderVoucher,
    Product,
    Voucher,
)
from customers.models import (
    Consent,
    Customer,
    CustomField,
    CustomValue,
    KeptOut,
    Membership,
    Message,
    Note,
    Tag,
    Tagging,
    Task,
    Thread,
    Title,
    Visit,
)
from groups.models import Group

OWN = ("groups", "customers", "addresses", "carts")


@pytest.fixture
def seeded(db) -> None:
    """What a new shop has: group, titles, countries, order statuses; also after a test that emptied the database."""
    if not OrderStatus.objects.exists():
        seed_all()


@pytest.fixture
def row(seeded) -> Callable[..., models.Model]:
    """`row(Address, city="Paris")` writes a valid address, past the services; what it needs is made with it."""

    def row(model: type[models.Model], **fields) -> models.Model:
        made = model(**{**VALID.get(model, lambda row, fields: {})(row, fields), **fields})
        model.objects.bulk_create([made])
        if model is Customer:
            Membership.objects.bulk_create([Membership(customer=made, group_id=made.default_group_id)])
        return made

    return row


def needed(row, fields: dict, **models_) -> dict:
    """A new row of each model for which the test brings none."""
    return {name: row(model) for name, model in models_.items() if name not in fields}


VALID: dict[type[models.Model], Callable] = {
    Group: lambda row, fields: {"name": f"Group {Group.objects.count()}"},
    Title: lambda row, fields: {"name": f"Title {Title.objects.count()}"},
    Tag: lambda row, fields: {"name": f"Tag {Tag.objects.count()}"},
    Customer: lambda row, fields: {
        "first_name": "Ada",
        "last_name": "Byron",
        "email": f"ada{Customer.objects.count()}@shop.example",
        "default_group_id": 1,
    },
    Membership: lambda row, fields: needed(row, fields, customer=Customer, group=Group),
    KeptOut: lambda row, fields: needed(row, fields, customer=Customer, group=Group),
    Tagging: lambda row, fields: needed(row, fields, customer=Customer, tag=Tag),
    Note: lambda row, fields: {"text": "Calls on Mondays", **needed(row, fields, customer=Customer)},
    Task: lambda row, fields: {"title": "Call back", **needed(row, fields, customer=Customer)},
    CustomField: lambda row, fields: {"name": f"Field {CustomField.objects.count()}"},
    CustomValue: lambda row, fields: {
        "text": "Gold",
        **needed(row, fields, customer=Customer, field=CustomField),
    },
    Consent: lambda row, fields: {
        "kind": "newsletter",
        "given": True,
        **needed(row, fields, customer=Customer),
    },
    Thread: lambda row, fields: needed(row, fields, customer=Customer),
    Message: lambda row, fields: {"text": "Where is my parcel?", **needed(row, fields, thread=Thread)},
    Visit: lambda row, fields: {},
    Country: lambda row, fields: {"code": "QQ", "address_format": "{city}"},
    State: lambda row, fields: {"code": "FR-QQ", "country_id": "FR", "name": "Quelque part"},
    Address: lambda row, fields: {
        "alias": "Home",
        "first_name": "Ada",
        "last_name": "Byron",
        "address1": "14, Main street",
        "city": "Paris",
        "country_id": "FR",
        **needed(row, fields, customer=Customer),
    },
    Category: lambda row, fields: {"name": f"Category {Category.objects.count()}"},
    CategoryDiscount: lambda row, fields: {
        "discount": Decimal(5),
        **needed(row, fields, group=Group, category=Category),
    },
    Product: lambda row, fields: {"name": "iPod touch", "price": Decimal("469.00")},
    Carrier: lambda row, fields: {"name": f"Carrier {Carrier.objects.count()}"},
    Cart: lambda row, fields: {},
    CartLine: lambda row, fields: {
        "unit_price": Decimal("469.00"),
        **needed(row, fields, cart=Cart, product=Product),
    },
    CartEvent: lambda row, fields: {"kind": "created", **needed(row, fields, cart=Cart)},
    Voucher: lambda row, fields: {
        "code": f"CODE{Voucher.objects.count()}",
        "name": "A present",
        **({} if {"percent", "amount", "free_shipping"} & set(fields) else {"percent": Decimal(10)}),
    },
    OrderStatus: lambda row, fields: {"name": f"Status {OrderStatus.objects.count()}"},
    Order: lambda row, fields: {
        "reference": f"ORDER{Order.objects.count()}",
        "customer_name": "Ada Byron",
        "status_id": 1,
        "placed_at": timezone.now(),
    },
    OrderLine: lambda row, fields: {
        "product_name": "iPod touch",
        "unit_price": Decimal("469.00"),
        **needed(row, fields, order=Order),
    },
    OrderVoucher: lambda row, fields: {"code": "X", "amount": Decimal(5), **needed(row, fields, order=Order)},
}


def own_models() -> list[type[models.Model]]:
    """The models of our apps, without their histories."""
    return [
        model
        for label in OWN
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


@pytest.fixture
def seeded_anew(transactional_db) -> None:
    """The same in a database whose transactions are real; it was emptied by the test before."""
    seed_all()
