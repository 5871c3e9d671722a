"""The generated customers: enough of everything, true to the rules, exact in their figures, the same every time."""

import datetime as dt
import re

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q

from addresses.models import Address
from backoffice.database.folding import fold
from backoffice.models import Summary
from backoffice.records.recounting import recount_all
from carts.models import Cart, Order, OrderVoucher, Product, Voucher
from carts.queries.states import CartState, in_state
from customers.models import Customer, Mail, Membership, Message, Note, Tag, Thread, Visit
from groups.models import Group
from tests.demo.conftest import NOW
from tests.models.conftest import own_models

AWARE = NOW.replace(tzinfo=dt.UTC)


@pytest.fixture
def shop(filled):
    return filled(150)


def generated():
    return Customer.objects.filter(pk__gt=1)


def test_every_table_has_rows(shop):
    """Issue, 9: all models filled even where their pages come later; secret links are shown to who makes them only.

    Nobody is signed in to a shop that has no pages, and no browser is on it.
    """
    empty = [model.__name__ for model in own_models() if not model.objects.exists()]
    assert sorted(empty) == ["ShopSession", "TaskFeed", "Visitor"]


def test_the_history_says_that_everything_was_made(shop):
    """Decision 28: bulk writes add their history rows themselves (tested by counting)."""
    short = []
    for model in own_models():
        if hasattr(model, "history") and model.history.count() != model.objects.count():
            short.append(model.__name__)
    assert short == []
    assert not Customer.history.exclude(history_type="+").exists()
    assert not Customer.history.exclude(history_date=F("registered_at")).exists()


def test_all_stored_figures_are_right(shop):
    """`recount --check` finds nothing after the demo (P13)."""
    assert [str(difference) for difference in recount_all(mend=False)] == []


def test_the_key_figures_are_worked_out(shop):
    """Decision 39: the list shows them from its first page on."""
    figures = Summary.objects.get(name="customers").figures
    assert figures["people"] == Customer.objects.here().count()


def test_the_figures_come_right_from_the_generator(filled, monkeypatch):
    """It adds up what it makes; only list counters are left to the recount at its end."""
    found = []

    def listen(*, mend):
        for difference in recount_all(mend=mend):
            found.append(difference)
            yield difference

    monkeypatch.setattr("backoffice.demo.filling.recount_all", listen)
    filled(150)
    assert {difference.figure for difference in found} == {"members_count", "customers_count", "value"}


def test_search_columns_are_what_the_model_would_write(shop):
    """What the generator writes past the models is what saving would have written."""
    for model in (Customer, Thread, Address, Order, Product, Voucher):
        fields = [
            field
            for field in model._meta.fields
            if hasattr(field, "fold_with") or field.name == "search_text"
        ]
        for record in model.objects.all():
            stored = {field.name: getattr(record, field.name) for field in fields}
            assert {field.name: field.pre_save(record, False) for field in fields} == stored


def test_conversations_are_in_all_states_with_their_mails_in_the_log(shop):
    """Facts 1.13: open, pending 1, pending 2, closed; some to be read, some nobody's, some with a private remark."""
    assert set(Thread.objects.values_list("status", flat=True)) == {"open", "pending1", "pending2", "closed"}
    assert set(Thread.objects.values_list("unread", flat=True)) == {True, False}
    assert Thread.objects.filter(assignee=None).exists()
    assert Message.objects.filter(private=True).exists()
    assert Mail.objects.filter(template="reply_msg").exists()


def test_the_private_note_of_a_file_is_its_pinned_note(shop):
    """B17."""
    pinned = dict(Note.objects.filter(pinned=True).values_list("customer_id", "text"))
    assert pinned
    assert pinned == dict(Customer.objects.exclude(note="").values_list("pk", "note"))


def test_names_are_spelt_with_the_letters_of_four_languages(shop):
    """interface.md: names in EN/FR/PL/RO with their letters."""
    languages = set(generated().values_list("language", flat=True))
    assert languages == {"en", "fr", "pl", "ro"}
    letters = set("".join(f"{person.first_name}{person.last_name}" for person in generated()))
    assert {"é", "ł", "ș"} & {letter.lower() for letter in letters} >= {"é", "ł", "ș"}


def test_people_live_in_several_countries_by_their_rules(shop):
    """Facts 6.3: postcode and state as the country asks."""
    assert Address.objects.values("country").distinct().count() >= 5
    for address in Address.objects.select_related("country"):
        country = address.country
        assert re.fullmatch(country.postcode_pattern or ".*", address.postcode), address
        assert bool(address.state_id) == country.needs_state


def test_every_customer_knows_the_country_of_the_address(shop):
    """Decision 29."""
    for person in generated().exclude(country="").prefetch_related("addresses"):
        assert {address.country_id for address in person.addresses.all()} == {person.country}


def test_registrations_spread_over_three_years_in_the_order_of_the_ids(shop):
    times = list(generated().order_by("id").values_list("registered_at", flat=True))
    assert times == sorted(times)
    assert times[0] > AWARE - dt.timedelta(days=3 * 365 + 1)
    assert AWARE - dt.timedelta(days=30) < times[-1] <= AWARE
    assert not Visit.objects.filter(Q(started_at__gt=AWARE) | Q(last_seen_at__gt=AWARE)).exists()


def test_most_people_are_between_18_and_80(shop):
    """Two oddities are told apart: the oldest (1900) and who has no birthday."""
    days = [day for day in generated().values_list("birthday", flat=True) if day and day.year > 1900]
    assert min(days) > dt.date(1946, 1, 1)
    assert max(days) < dt.date(2008, 12, 31)
    assert len(days) > 100


def test_carts_are_in_all_states(shop):
    """Decision 16: ordered, not ordered, abandoned; S0.85: empty ones; visitors nobody knows."""
    day_ago = AWARE - dt.timedelta(hours=24)
    assert Cart.objects.filter(ordered=True).count() > 30
    assert Cart.objects.filled().filter(in_state(CartState.NOT_ORDERED, day_ago)).count() >= 2
    assert Cart.objects.filled().filter(in_state(CartState.ABANDONED, day_ago)).count() > 50
    assert Cart.objects.filter(items_count=0).exists()
    assert Cart.objects.filled().filter(customer=None).exists()
    halves = Cart.objects.annotate(lines_count=Count("lines")).filter(
        Q(items_count=0, lines_count__gt=0) | Q(items_count__gt=0, lines_count=0)
    )
    assert not halves.exists()


def test_the_sums_of_carts_and_orders_agree(shop):
    """Mission B2: the total of a list is that of the page; decision 17."""
    for cart in Cart.objects.prefetch_related("lines"):
        lines = cart.lines.all()
        assert sum(line.quantity * line.unit_price for line in lines) == cart.products_total
        assert sum(line.quantity for line in lines) == cart.items_count
    for order in Order.objects.exclude(pk=1).select_related("cart", "status"):
        assert (order.total, order.currency) == (order.cart.total, order.cart.currency)
        assert order.valid == order.status.valid
        assert order.cart.ordered
    assert set(Order.objects.values_list("currency", flat=True)) >= {"EUR", "PLN", "RON"}
    assert OrderVoucher.objects.exists()
    assert Voucher.objects.filter(customer__isnull=False).exists()


def test_references_of_orders_are_nine_letters_each_its_own(shop):
    """Facts 1.11."""
    references = list(Order.objects.values_list("reference", flat=True))
    assert len(set(references)) == len(references)
    assert all(re.fullmatch("[A-Z]{9}", reference) for reference in references)


def test_some_people_are_as_odd_as_in_real_shops(shop):
    """interface.md: very long names, no birthday, 29 February, guests, disabled, never visited, markup, deleted."""
    people = generated()
    assert people.filter(birthday=dt.date(1996, 2, 29)).exists()
    assert people.filter(birthday=None).exists()
    assert people.filter(guest=True).exists()
    assert people.filter(active=False).exists()
    assert people.filter(figures__last_visit_at=None).exists()
    assert people.filter(deleted=True, deleted_at__isnull=False).exists()
    assert max(len(person.last_name) for person in people) == 255
    bold = people.get(company="<b>Bold & Sons</b>")
    assert (bold.first_name, bold.last_name) == ("<b>Bob</b>", "<script>alert(1)</script>")
    assert "<script>" in bold.note
    assert Note.objects.filter(customer=bold, text__contains="<script>").exists()
    assert Message.objects.filter(thread__customer=bold, text__contains="<script>").exists()
    assert Visit.objects.filter(customer=bold, user_agent__contains="<script>").exists()
    assert people.filter(company__startswith="=HYPERLINK").exists()
    twins = people.filter(email_key="twice@example.com")
    assert sorted(twins.values_list("guest", flat=True)) == [False, True]


def test_no_address_reaches_anybody(shop):
    """A demo must never write to real people: addresses lie in domains reserved for examples."""
    domains = {email.rpartition("@")[2].lower() for email in generated().values_list("email", flat=True)}
    assert domains <= {"example.com", "example.org", "example.net", "no-email.invalid"}


def test_everybody_is_member_of_the_default_group_of_theirs(shop):
    connection.check_constraints()
    without = Customer.objects.exclude(
        pk__in=Membership.objects.filter(group=F("customer__default_group")).values("customer")
    )
    assert not without.exists()


def test_one_group_and_one_tag_are_empty(shop):
    """S2.20: the maintenance view has something to show."""
    assert Group.objects.filter(members_count=0).count() == 1
    assert Tag.objects.filter(customers_count=0).exists()


FACTS = (
    "first_name",
    "last_name",
    "email",
    "birthday",
    "registered_at",
    "newsletter",
    "search_text",
    "updated_at",
)


def told() -> dict[str, list]:
    """What a shop is, apart from the ids that the database gives out."""
    return {
        "people": list(Customer.objects.order_by("id").values_list("id", *FACTS)),
        "homes": list(Address.objects.order_by("id").values_list("customer", "address1", "postcode", "city")),
        "carts": list(Cart.objects.order_by("id").values_list("customer", "total", "created_at", "ordered")),
        "orders": list(
            Order.objects.order_by("id").values_list("reference", "value", "placed_at", "customer_name")
        ),
        "visits": list(
            Visit.objects.order_by("id").values_list("customer", "ip", "started_at", "pages_count")
        ),
        "words": list(Message.objects.order_by("id").values_list("text", "sent_at")),
    }


def test_the_same_seed_gives_the_same_shop_and_another_one_another(filled):
    """interface.md: deterministic by `--seed`."""
    shops = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            filled(40, seed=seed)
            shops.append(told())
            transaction.set_rollback(True)
    first, again, other = shops
    assert first == again
    assert [name for name in first if first[name] == other[name]] == []
    assert first["people"][0] == other["people"][0]  # John DOE is always himself


def test_people_come_in_batches_that_do_not_show(filled, monkeypatch):
    """Size costs time and not memory: ids, references and times go on from batch to batch."""
    monkeypatch.setattr("backoffice.demo.filling.BATCH", 20)
    filled(50)
    people = generated().order_by("id")
    assert list(people.values_list("id", flat=True)) == list(range(2, 52))
    times = list(people.values_list("registered_at", flat=True))
    assert times == sorted(times)
    assert [str(difference) for difference in recount_all(mend=False)] == []


def test_another_currency_than_the_euro_is_the_only_one(filled):
    """SHOP_CURRENCY: rates are known for the euro; another shop sells in its own currency only."""
    filled(40, currency="PLN")
    assert set(Order.objects.values_list("currency", "rate")) == {("PLN", 1)}


def test_ids_given_out_later_follow_the_generated_ones(shop):
    """A customer added by hand gets the next number (PostgreSQL's sequences)."""
    added = Customer.objects.create(
        first_name="Ada", last_name="Byron", email="a@shop.example", default_group_id=1
    )
    Membership.objects.create(customer=added, group_id=1)
    assert added.pk == 152
    assert (
        Cart.objects.create().pk == Cart.objects.exclude(pk=Cart.objects.latest("pk").pk).latest("pk").pk + 1
    )


def test_the_fold_of_a_generated_name_finds_its_owner(shop):
    person = generated().filter(deleted=False).latest("pk")
    assert person in Customer.objects.filter(search_text__holds=fold(person.last_name))
