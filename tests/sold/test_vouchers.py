"""Vouchers as staff see them: form, switch, deletion, panels (S0.51, S1.62, S3.25, S4.74; issue 10, point 8)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Cart, CartEvent, OrderVoucher, Product, Voucher
from carts.services.cart_vouchers import use_voucher
from carts.services.carts import Beginning, Wanted, add_line, begin_cart
from carts.services.vouchers import CODE_SIGNS, save_voucher
from customers.services import delete_tag, remove_customer
from groups.services import delete_group
from tests.reading import List, filled, read
from tests.shop_api import PROGRAM


@pytest.fixture
def client(client_of, hire):
    """The browser of somebody in marketing, whose vouchers are."""
    return client_of(hire("marketing"))


def add(client, **said):
    form = client.get("/vouchers/add/").context["form"]
    return client.post("/vouchers/add/", {**filled(form), "name": "A present", "code": "SPRING", **said})


def refused(answer) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["form"].errors)


def test_a_voucher_is_written_as_it_was_typed(client, group):
    """S4.74, S3.25: for the members of a group, with its limits."""
    wholesale = group("Wholesale")
    add(
        client,
        percent="12.5",
        minimum_amount="20",
        group=wholesale.pk,
        quantity="3",
        ends_at="2030-05-03T14:30",
    )
    made = Voucher.objects.get()
    assert (made.code, made.percent, made.minimum_amount, made.group, made.quantity, made.per_customer) == (
        *("SPRING", Decimal("12.50"), Decimal("20.00"), wholesale),
        *(3, 1),
    )
    assert made.ends_at == dt.datetime(2030, 5, 3, 12, 30, tzinfo=dt.UTC)
    assert made.history.get().history_user.email.startswith("marketing")


def test_who_empties_the_uses_of_each_customer_allows_any_number(client):
    """Facts 1.10: the form says "Empty: any number"; a new one offers 1, and the name alone changes nothing of it."""
    add(client, percent="5", per_customer="")
    made = Voucher.objects.get()
    assert made.per_customer is None
    form = client.get(f"/vouchers/{made.pk}/edit/").context["form"]
    client.post(f"/vouchers/{made.pk}/edit/", {**filled(form), "name": "Renamed"})
    made.refresh_from_db()
    assert (made.name, made.per_customer) == ("Renamed", None)


def test_without_a_code_one_is_made_that_can_be_read_out(client):
    """No 0 and O, no 1, I and L."""
    add(client, code="", percent="5")
    code = Voucher.objects.get().code
    assert (len(code), set(code) - set(CODE_SIGNS)) == (8, set())


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"percent": "101"}, "percent"),
        ({"percent": "0"}, "percent"),
        ({"percent": "-5"}, "percent"),
        ({}, "percent"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "5", "percent": "5"}, "amount"),
        ({"percent": "5", "minimum_amount": "-1"}, "minimum_amount"),
        ({"percent": "5", "ends_at": "2001-01-01T00:00"}, "ends_at"),
        ({"percent": "5", "starts_at": "soon"}, "starts_at"),
        ({"percent": "5", "code": "TWO WORDS"}, "code"),
        ({"percent": "5", "code": "x" * 65}, "code"),
        ({"percent": "5", "code": "ten"}, "code"),
        ({"percent": "5", "customer": "987654"}, "customer"),
        ({"percent": "5", "group": "987654"}, "group"),
        ({"percent": "5", "quantity": "-1"}, "quantity"),
        ({"percent": "5", "per_customer": "0"}, "per_customer"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field_and_nothing_is_saved(client, voucher, said, field):
    """Issue 10, point 8: a code is taken in whatever capitals."""
    voucher("TEN")
    assert list(refused(add(client, **said))) == [field]
    assert Voucher.objects.count() == 1


def test_all_that_is_wrong_is_told_at_once(client):
    """150 % and an end before the beginning were only told once the name was there."""
    said = {"name": "", "percent": "150", "amount": "-5", "per_customer": "0", "ends_at": "2001-01-01T00:00"}
    assert refused(add(client, **said)) == {
        "name": ["This field is required."],
        "percent": ["A percentage above 0 and up to 100, please."],
        "amount": ["More than 0, please."],
        "ends_at": ["“Valid until” has to be later than “Valid from”."],
        "per_customer": ["At least 1, or empty for any number."],
    }


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "La date « Valable jusqu’au » doit être postérieure à la date « Valable à partir du »."),
        ("pl", "Data „Ważny do” musi być późniejsza niż „Ważny od”."),
        ("ro", "Data „Valabil până la” trebuie să fie ulterioară datei „Valabil de la”."),
    ],
)
def test_an_end_before_the_start_is_told_in_the_words_of_the_fields(client_of, hire, language, told):
    """It said that “it” ended before it began."""
    client = client_of(hire("marketing", language=language))
    assert refused(add(client, percent="5", ends_at="2001-01-01T00:00")) == {"ends_at": [told]}


@pytest.mark.parametrize(
    "said",
    [{"percent": "many"}, {"amount": "many"}, {"percent": "5", "starts_at": "soon", "ends_at": "2001-01-01"}],
)
def test_of_what_cannot_be_read_nothing_else_is_said(client, said):
    """Neither that nothing is given, nor that it ends before it begins."""
    assert len(refused(add(client, **said))) == 1


def test_one_click_switches_a_voucher(client, voucher):
    ten = voucher("TEN")
    client.post(f"/vouchers/{ten.pk}/toggle/active/", {"value": "false"})
    assert not Voucher.objects.get().active
    assert not ten.history.latest().active


def test_a_used_voucher_is_not_deleted_and_it_is_said_which(client_of, owner, voucher, bought, customer):
    ten, five = voucher("TEN"), voucher("FIVE", amount="5")
    OrderVoucher.objects.create(order=bought(customer()), voucher=ten, code="TEN", amount=Decimal("2.50"))
    client = client_of(owner)
    assert "TEN was used in 1 order" in client.get(f"/vouchers/{ten.pk}/delete/").content.decode()
    client.post("/vouchers/actions/delete/", {"selected": [ten.pk, five.pk], "way": "delete", "sure": "1"})
    assert list(Voucher.objects.values_list("code", flat=True)) == ["TEN"]
    assert list(recount_all(mend=False)) == []


def test_vouchers_are_found_by_how_they_stand(client, voucher):
    now = timezone.now()
    day = dt.timedelta(days=1)
    usable = voucher("A")
    early = voucher("B", starts_at=now + day)
    over = voucher("C", starts_at=now - 2 * day, ends_at=now - day)
    used_up = voucher("D", quantity=0)
    disabled = voucher("E", active=False)
    for state, one in (
        ("usable", usable),
        ("early", early),
        ("over", over),
        ("used_up", used_up),
        ("disabled", disabled),
    ):
        assert List(client.get("/vouchers/", {"state": state})).ids == [one.pk], state
    # What can be used no more does not look like what can.
    rows = read(client.get("/vouchers/")).one("table", "list").one("tbody").all("tr")
    marks = [[one["aria-label"] for one in row.all("span", "mark-warn")] for row in rows]
    assert sorted(filter(None, marks)) == [["Expired"], ["Used up"]]


@pytest.mark.parametrize("kind", ["customers", "groups", "tags"])
def test_whose_a_voucher_is_has_it_on_their_page_with_the_way_to_another(client, voucher, one_of, kind):
    """S1.62, S4.74, S3.25."""
    owner = one_of(kind)
    name = kind.removesuffix("s")
    voucher("HERS", **{name: owner})
    voucher("ALL")
    block = read(client.get(f"/{kind}/{owner.pk}/")).one("section", "panel", id="vouchers")
    assert "HERS" in block.text
    assert "ALL" not in block.text
    adds = block.one("span", "panel-tools").one("a")["href"]
    assert adds.startswith(f"/vouchers/add/?{name}={owner.pk}")
    assert client.get(adds).context["form"].initial[name] == str(owner.pk)


def test_a_deleted_tag_takes_its_vouchers_with_it_and_says_so(client_of, owner, voucher, tag):
    """The length of the list stays true."""
    vip = tag("VIP")
    voucher("VIP20", tag=vip)
    said = client_of(owner).get(f"/tags/{vip.pk}/delete/").content.decode()
    assert "Deletes 1 voucher only for this tag: VIP20." in said
    delete_tag(vip, by=Actor.command())
    assert not Voucher.objects.exists()
    assert list(recount_all(mend=False)) == []


def test_what_a_deleted_group_gave_is_taken_off_no_cart_any_more(voucher, group, customer, product):
    """The cart said 12.50 and its replay 25.00: its total had not been worked out again."""
    trade = group("Trade")
    mia = customer(groups=[trade])
    product("CUP", "12.50")
    voucher("TRADE50", percent="50.00", group=trade)
    cart = begin_cart(Beginning(customer=mia), by=PROGRAM)
    add_line(cart.key, Wanted(Product.objects.to_be_sold().get(), 2), by=PROGRAM)
    use_voucher(cart.key, "TRADE50", by=PROGRAM)
    assert Cart.objects.get().total == Decimal("12.50")
    delete_group(trade, by=Actor.command())
    after = Cart.objects.get()
    assert (after.total, after.discount) == (Decimal("25.00"), Decimal(0))
    assert CartEvent.objects.latest("pk").name == "TRADE50"
    assert list(recount_all(mend=False)) == []


def test_what_a_deleted_customer_gave_is_taken_off_no_cart_of_others(voucher, customer, product):
    """Ben's cart kept 1.00 off, without a voucher: it had become Ada's alone when it lay in his cart."""
    ada, ben = customer(), customer()
    product("CUP", "10.00")
    ten = voucher("TEN")
    carts = [begin_cart(Beginning(customer=who), by=PROGRAM).key for who in (ada, ben, None)]
    for key in carts:
        add_line(key, Wanted(Product.objects.to_be_sold().get(), 1), by=PROGRAM)
        use_voucher(key, "TEN", by=PROGRAM)
    save_voucher(ten, {"customer": ada}, by=PROGRAM)
    remove_customer(ada, by=PROGRAM)
    assert list(Cart.objects.order_by("pk").values_list("key", "discount", "total")) == [
        (key, Decimal("0.00"), Decimal("10.00")) for key in carts[1:]
    ]
    assert list(recount_all(mend=False)) == []
