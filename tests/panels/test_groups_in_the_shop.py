"""What a group gives in the shop: category discounts, vouchers, exclusive products; what becomes of them (issue 9)."""

from decimal import Decimal

import pytest

from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Category, CategoryDiscount, Product, Voucher
from carts.queries import path_of, privileges_of
from groups.models import Group
from tests.reading import faults, filled, read


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def wholesale(group):
    return group("Wholesale", discount="15.00", price_display="tax_excluded")


@pytest.fixture
def books(db):
    return Category.objects.create(name="Books")


def test_a_category_has_a_discount_of_its_own_in_place_of_the_general_one(client, wholesale, books, customer):
    """Facts 7.4: it replaces, and does not add up; each change is in its history."""
    novels = Category.objects.create(name="Novels", parent=books)
    address = f"/groups/{wholesale.pk}/category-discounts/"
    assert "Books › Novels" in read(client.get(address)).text
    client.post(address, {f"category_{books.pk}": "5"})
    ada = customer(groups=[wholesale])
    applies = privileges_of(ada)
    assert [applies.discount_on(path_of(one)) for one in (books, novels, None)] == [5, 5, 15]
    panel = read(client.get(f"/groups/{wholesale.pk}/")).one("section", "panel", id="category_discounts")
    assert panel.one("tbody").text == "Books −5%"
    client.post(address, {f"category_{books.pk}": "", f"category_{novels.pk}": "0"})
    assert list(CategoryDiscount.objects.values_list("category__name", "discount")) == [("Novels", 0)]
    kinds = CategoryDiscount.history.order_by("history_id").values_list("history_type", "history_user__name")
    assert list(kinds) == [("+", "Owner"), ("-", "Owner"), ("+", "Owner")]
    assert privileges_of(ada).discount_on(path_of(novels)) == 0


@pytest.mark.parametrize("typed", ["-1", "101", "abc", "5.555"])
def test_what_is_no_percentage_is_told_at_its_box_and_stays_typed(client, wholesale, books, typed):
    name = f"category_{books.pk}"
    answer = client.post(f"/groups/{wholesale.pk}/category-discounts/", {name: typed})
    assert list(faults(answer)) == [name]
    assert read(answer).one("input", name=name)["value"] == typed
    assert not CategoryDiscount.objects.exists()


@pytest.mark.parametrize("typed", ["-1", "101", "abc"])
def test_a_discount_of_a_group_that_is_none_is_told_and_stays_typed(client, wholesale, typed):
    """Bad input of the issue, on the group's own form."""
    data = {"name": "Wholesale", "price_display": "tax_included", "discount": typed}
    answer = client.post(f"/groups/{wholesale.pk}/edit/", data)
    assert list(faults(answer)) == ["discount"]
    assert read(answer).one("input", name="discount")["value"] == typed


def test_a_visitor_has_the_terms_of_the_visitors_group(db, default_group):
    Group.objects.filter(pk=default_group.pk).update(discount="2.00")
    applies = privileges_of(None)
    assert (applies.discount_on(), applies.may_see([default_group.pk]), applies.may_see([99])) == (
        2,
        True,
        False,
    )


def test_the_head_of_the_page_says_what_the_group_gives(client, wholesale):
    """Point 11: the discount with its sign."""
    badges = [one.text for one in read(client.get(f"/groups/{wholesale.pk}/")).all("span", "badge")]
    assert badges[:2] == ["−15%", "Prices without tax"]


@pytest.fixture
def things(wholesale, group, books):
    """A voucher, a category discount and a product only for Wholesale; a product for another group too."""
    other = group("Press")
    Voucher.objects.create(code="WHOLE10", name="Ten off", group=wholesale, percent=10)
    CategoryDiscount.objects.create(group=wholesale, category=books, discount=Decimal(5))
    for name, groups in (("Crate", [wholesale]), ("Folder", [wholesale, other])):
        Product.objects.create(name=name, price=1).exclusive_to.set(groups)
    list(recount_all(mend=True))


def test_its_vouchers_and_products_stand_on_its_page(client, wholesale, things):
    page = read(client.get(f"/groups/{wholesale.pk}/"))
    assert "WHOLE10" in page.one("section", "panel", id="vouchers").text
    products = page.one("section", "panel", id="exclusive_products").one("tbody").all("tr")
    assert {row.all("td")[0].text for row in products} == {"Crate", "Folder"}


def test_deleting_a_group_says_what_depends_on_it_and_sells_nothing_to_everybody(client, wholesale, things):
    """Point 10: members, vouchers, category discounts, rule; what was only for its members is disabled."""
    Group.objects.filter(pk=wholesale.pk).update(rule={"version": 1})
    told = [one.text for one in read(client.get(f"/groups/{wholesale.pk}/delete/")).one("fieldset").all("li")]
    assert told == [
        "Its automatic rule goes with it.",
        "Deletes 1 voucher only for this group: WHOLE10.",
        "Removes 1 category discount.",
        "1 product only for this group is disabled.",
    ]
    client.post(f"/groups/{wholesale.pk}/delete/", {"way": "delete", "sure": "1"})
    assert not Group.objects.filter(pk=wholesale.pk).exists()
    assert dict(Product.objects.values_list("name", "active")) == {"Crate": False, "Folder": True}
    assert not Voucher.objects.exists()
    assert Voucher.history.filter(history_type="-").count() == 1
    assert [str(one) for one in recount_all(mend=False)] == []


def test_the_group_of_every_shop_is_never_deleted(client, group, default_group):
    """S1.80: neither while an option points at it, nor when none does any more."""
    from backoffice.records.options import store
    from customers.options import SECTION, CustomerOptions

    other = group("Other").pk
    options = CustomerOptions(new_accounts_group=other, guests_group=other, visitors_group=other)
    store(options, SECTION, by=Actor.command())
    page = read(client.get(f"/groups/{default_group.pk}/delete/"))
    assert "“Default” cannot be deleted: every shop has it." in page.text
    client.post(f"/groups/{default_group.pk}/delete/", {"way": "delete", "sure": "1"})
    assert Group.objects.filter(pk=default_group.pk).exists()


def test_groups_to_start_from_are_added_at_a_click(client, default_group):
    """S3.8, B15, S2.10: only those that are not there yet; the offer goes when all are there."""
    page = read(client.get(f"/groups/{default_group.pk}/"))
    offered = [one["value"] for one in page.one("section", "panel", id="presets").all("button")]
    assert offered == ["business", "visitors", "wholesale", "loyalty"]
    client.post("/groups/presets/", {"preset": "business"})
    client.post("/groups/presets/", {"preset": "business"})
    made = Group.objects.exclude(pk=default_group.pk).order_by("pk")
    assert [(one.name, one.name_fr, one.price_display) for one in made] == [
        ("Standard", "Standard", "tax_included"),
        ("Business", "Entreprises", "tax_excluded"),
    ]
    for name in offered[1:]:
        client.post("/groups/presets/", {"preset": name})
    names = set(Group.objects.values_list("name", flat=True))
    assert names >= {"Visitor", "Guest", "Customer", "Wholesale", "Loyalty programme"}
    assert not read(client.get(f"/groups/{default_group.pk}/")).all("section", "panel", id="presets")
    assert client.post("/groups/presets/", {"preset": "x"}).status_code == 404


def test_of_two_who_save_category_discounts_neither_overwrites_the_other(client, wholesale, books):
    """The second one gave back all that the first had changed, as it stood when the page was opened."""
    hats = Category.objects.create(name="Hats")
    address, (one, other) = f"/groups/{wholesale.pk}/category-discounts/", (books.pk, hats.pk)
    opened = filled(client.get(address).context["form"])
    for _click in range(2):
        assert client.post(address, {**opened, f"category_{one}": "15"}).status_code == 302
    late = client.post(address, {**opened, f"category_{other}": "7.5"})
    assert (late.status_code, faults(late)["__all__"]) == (
        409,
        ["Somebody else has saved this group meanwhile."],
    )
    boxes = {key: read(late).one("input", name=f"category_{key}")["value"] for key in (one, other)}
    assert boxes == {one: "15.00", other: "7.5"}
    client.post(address, filled(late.context["form"]))
    stored = dict(CategoryDiscount.objects.values_list("category", "discount"))
    assert stored == {one: Decimal(15), other: Decimal("7.50")}
    assert client.post(address, {**opened, "seen": "1:x :: 2"}).status_code == 409
