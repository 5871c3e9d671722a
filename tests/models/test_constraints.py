"""What must never be is refused by the database itself, whatever writes to it (architecture, habit 5)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from addresses.models import Address, Country, State
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

from .conftest import own_models

NOW = timezone.now()
EARLIER = NOW - dt.timedelta(days=1)

# The name of the constraint, and a row that breaks it and nothing else.
BROKEN = [
    ("group_discount_is_a_percentage", Group, {"discount": Decimal("100.01")}),
    ("group_discount_is_a_percentage", Group, {"discount": Decimal("-0.01")}),
    ("group_has_a_name", Group, {"name": ""}),
    ("group_price_display_known", Group, {"price_display": "netto"}),
    ("title_has_a_name", Title, {"name": ""}),
    ("title_kind_known", Title, {"kind": "?"}),
    ("tag_has_a_name", Tag, {"name": ""}),
    ("tag_colour_known", Tag, {"colour": "beige"}),
    ("custom_field_has_a_name", CustomField, {"name": ""}),
    ("custom_field_kind_known", CustomField, {"kind": "colour"}),
    ("membership_origin_known", Membership, {"origin": "luck"}),
    ("membership_of_a_rule_has_no_end", Membership, {"origin": "rule", "until": dt.date(2027, 1, 1)}),
    ("customer_has_an_email", Customer, {"email": ""}),
    ("customer_allowance_not_negative", Customer, {"outstanding_allowance": Decimal("-1")}),
    ("customer_risk_known", Customer, {"risk": "huge"}),
    ("customer_deleted_has_a_time", Customer, {"deleted": True}),
    ("note_says_something", Note, {"text": ""}),
    ("task_has_a_title", Task, {"title": ""}),
    ("task_kind_known", Task, {"kind": "sing"}),
    ("task_time_needs_a_day", Task, {"due_time": dt.time(9, 30)}),
    ("consent_kind_known", Consent, {"kind": "letters"}),
    ("consent_has_a_ground", Consent, {"ground": ""}),
    ("thread_status_known", Thread, {"status": "lost"}),
    ("thread_is_with_somebody", Thread, {"customer": None, "email": ""}),
    ("message_direction_known", Message, {"direction": "up"}),
    ("message_says_something", Message, {"text": ""}),
    ("message_of_customer_has_no_author", Message, {"direction": "customer", "private": True}),
    ("message_mailed_is_an_answer", Message, {"direction": "customer", "delivery": "sent"}),
    ("visit_ends_after_it_starts", Visit, {"started_at": NOW, "last_seen_at": EARLIER}),
    ("visit_device_known", Visit, {"device": "abacus"}),
    ("country_code_is_two_capitals", Country, {"code": "qq"}),
    ("country_code_is_two_capitals", Country, {"code": "Q"}),
    ("state_code_starts_with_country", State, {"code": "PL-QQ"}),
    ("state_has_a_name", State, {"name": ""}),
    ("address_kind_known", Address, {"kind": "summer"}),
    ("address_default_billing_bills", Address, {"kind": "shipping", "default_billing": True}),
    ("address_default_shipping_ships", Address, {"kind": "billing", "default_shipping": True}),
    ("address_state_lies_in_country", Address, {"country_id": "FR", "state_id": "US-CA"}),
    ("address_deleted_has_a_time", Address, {"deleted": True}),
    ("category_has_a_name", Category, {"name": ""}),
    ("product_is_not_its_own_variant", Product, {"id": 901, "parent_id": 901}),
    ("category_is_not_its_own_parent", Category, {"id": 901, "parent_id": 901}),
    ("category_discount_is_a_percentage", CategoryDiscount, {"discount": Decimal("100.5")}),
    ("category_discount_is_a_percentage", CategoryDiscount, {"discount": Decimal("-1")}),
    ("product_has_a_name", Product, {"name": ""}),
    ("product_price_not_negative", Product, {"price": Decimal("-0.01")}),
    ("product_tax_is_a_percentage", Product, {"tax_rate": Decimal("101")}),
    ("carrier_has_a_name", Carrier, {"name": ""}),
    ("carrier_price_not_negative", Carrier, {"price": Decimal("-1")}),
    ("cart_money_not_negative", Cart, {"shipping": Decimal("-1"), "total": Decimal("-1")}),
    ("cart_total_adds_up", Cart, {"products_total": Decimal("618.00"), "total": Decimal("618.01")}),
    ("cart_changed_after_it_was_made", Cart, {"created_at": NOW, "changed_at": EARLIER}),
    ("cart_currency_is_a_code", Cart, {"currency": "€"}),
    ("cart_currency_is_a_code", Cart, {"currency": "eur"}),
    ("cart_rate_positive", Cart, {"rate": Decimal("0")}),
    ("cart_line_quantity_positive", CartLine, {"quantity": 0}),
    ("cart_line_price_not_negative", CartLine, {"unit_price": Decimal("-1")}),
    ("cart_line_tax_is_a_percentage", CartLine, {"tax_rate": Decimal("-1")}),
    ("cart_event_kind_known", CartEvent, {"kind": "burnt"}),
    ("voucher_has_a_code", Voucher, {"code": ""}),
    ("voucher_percent_is_a_percentage", Voucher, {"percent": Decimal("100.01")}),
    ("voucher_percent_is_a_percentage", Voucher, {"percent": Decimal("0")}),
    ("voucher_amount_positive", Voucher, {"amount": Decimal("0")}),
    ("voucher_percent_or_amount", Voucher, {"percent": Decimal("5"), "amount": Decimal("5")}),
    ("voucher_takes_something_off", Voucher, {"free_shipping": False}),
    ("voucher_minimum_not_negative", Voucher, {"minimum_amount": Decimal("-1")}),
    ("voucher_ends_after_it_starts", Voucher, {"starts_at": NOW, "ends_at": NOW}),
    ("order_status_has_a_name", OrderStatus, {"name": ""}),
    ("order_has_a_reference", Order, {"reference": ""}),
    ("order_names_its_customer", Order, {"customer_name": ""}),
    ("order_money_not_negative", Order, {"paid": Decimal("-1")}),
    ("order_total_adds_up", Order, {"total": Decimal("0.01")}),
    ("order_rate_positive", Order, {"rate": Decimal("0")}),
    ("order_currency_is_a_code", Order, {"currency": "EURO"[:2]}),
    ("order_line_quantity_positive", OrderLine, {"quantity": 0}),
    ("order_line_price_not_negative", OrderLine, {"unit_price": Decimal("-1")}),
    ("order_line_tax_is_a_percentage", OrderLine, {"tax_rate": Decimal("100.01")}),
    ("order_voucher_amount_not_negative", OrderVoucher, {"amount": Decimal("-1")}),
]


@pytest.mark.parametrize(
    ("name", "model", "fields"), BROKEN, ids=[f"{name}-{i}" for i, (name, *_) in enumerate(BROKEN)]
)
def test_a_row_that_breaks_a_rule_is_refused(name, model, fields, row):
    """Decision 5's other side: what the database refuses is only what must never be."""
    row(model)
    before = model.objects.count()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row(model, **fields)
    assert model.objects.count() == before


def one(row):
    return row(Customer)


# The name of the constraint, the model, and the fields that two rows must not share.
TWICE = [
    (
        "one_account_per_email",
        Customer,
        lambda row: {"email": "ada@shop.example"},
        {"email": "ADA@Shop.example"},
    ),
    (
        "kept_out_once",
        KeptOut,
        lambda row: {"customer": one(row), "group": row(Group)},
        {},
    ),
    ("member_once", Membership, lambda row: {"customer": one(row), "group": row(Group)}, {}),
    (
        "custom_value_once",
        CustomValue,
        lambda row: {"customer": one(row), "field": row(CustomField)},
        {"text": "Silver"},
    ),
    ("tagged_once", Tagging, lambda row: {"customer": one(row), "tag": row(Tag)}, {}),
    ("one_pinned_note", Note, lambda row: {"customer": one(row), "pinned": True}, {"text": "Another one"}),
    (
        "one_default_billing",
        Address,
        lambda row: {"customer": one(row), "default_billing": True},
        {"kind": "billing"},
    ),
    (
        "one_default_shipping",
        Address,
        lambda row: {"customer": one(row), "default_shipping": True},
        {"kind": "shipping"},
    ),
    ("category_once", Category, lambda row: {"name": "Books"}, {}),
    (
        "category_discount_once",
        CategoryDiscount,
        lambda row: {"group": row(Group), "category": row(Category)},
        {},
    ),
    ("product_reference_once", Product, lambda row: {"reference": "SE210"}, {}),
    ("cart_key_once", Cart, lambda row: {"key": "basket-1"}, {}),
    ("order_external_id_once", Order, lambda row: {"external_id": "PS-1042"}, {"reference": "ANOTHERONE"}),
    ("cart_line_once", CartLine, lambda row: {"cart": row(Cart), "product": row(Product)}, {"quantity": 2}),
    ("voucher_code_once", Voucher, lambda row: {"code": "Łódź10"}, {"code": "łÓDŹ10"}),
    ("order_status_once", OrderStatus, lambda row: {"name": "Lost at sea"}, {}),
    ("order_voucher_once", OrderVoucher, lambda row: {"order": row(Order), "code": "X"}, {}),
]


@pytest.mark.parametrize(("name", "model", "shared", "otherwise"), TWICE, ids=[name for name, *_ in TWICE])
def test_what_there_may_be_once_is_refused_a_second_time(name, model, shared, otherwise, row):
    """D-34: a unique index, since a check in the code loses every race."""
    fields = shared(row)
    row(model, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(model, **{**fields, **otherwise})
    assert model.objects.filter(**{k: v for k, v in fields.items() if k not in otherwise}).count() == 1


def test_every_constraint_of_every_model_is_tried_here():
    """A constraint that nobody tries may refuse nothing."""
    elsewhere = {"default_group_is_a_membership", "consent_is_never_changed"}
    tried = {name for name, *_ in BROKEN} | {name for name, *_ in TWICE} | elsewhere
    declared = {constraint.name for model in own_models() for constraint in model._meta.constraints}
    assert declared - tried == set()
    assert tried - declared == set()


def test_guests_may_share_an_address_with_each_other_and_with_an_account(row):
    """Decision 4: one registered account per address; guests may share."""
    for guest in (False, True, True):
        row(Customer, email="twice@shop.example", guest=guest)
    assert Customer.objects.filter(email_key="twice@shop.example").count() == 3


def test_a_deleted_account_keeps_its_address(row):
    """Facts 2.7, mode B: the same address may not register again."""
    row(Customer, email="gone@shop.example", deleted=True, deleted_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(Customer, email="Gone@shop.example")


def test_deleted_addresses_leave_the_default_to_others(row):
    """Decision on one default a kind: only addresses that are still here count."""
    ada = row(Customer)
    row(Address, customer=ada, default_billing=True, deleted=True, deleted_at=NOW)
    row(Address, customer=ada, default_billing=True)
    assert Address.objects.here().filter(customer=ada, default_billing=True).count() == 1


def test_cents_add_up_in_any_amount(row):
    """The sum of a cart is exact on both databases, also where binary fractions are not (0.1 + 0.2)."""
    for products, shipping, total in (
        ("0.10", "0.20", "0.30"),
        ("618.00", "8.37", "626.37"),
        ("1.10", "2.20", "3.30"),
    ):
        cart = row(Cart, products_total=Decimal(products), shipping=Decimal(shipping), total=Decimal(total))
        cart.refresh_from_db()
        assert cart.total == Decimal(total)


def test_sections_offer_all_rights_and_other_tables_none():
    """Contract of the rights table: a section's model has the seven rights, the rest at most "view"."""
    offered = {model.__name__: set(model._meta.default_permissions) for model in own_models()}
    sections = {name for name, rights in offered.items() if "settings" in rights}
    assert sections == {
        *("Group", "Customer", "CustomField", "Title", "Tag", "Note", "Task", "Thread", "Message", "Visit"),
        *("Address", "Country", "Product", "Cart", "Voucher", "Order"),
    }
    assert {name for name in offered if offered[name] - {"view"} and name not in sections} == set()
