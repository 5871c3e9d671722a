"""A filter that was asked for never turns into no filter: what means nothing finds nobody, and is told (finding D3)."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backoffice.records.actors import Actor
from backoffice.sections import all_sections
from backoffice.tables.filters import NameFilter, QuickSearch, TextFilter
from carts.models import Product
from carts.services.carts import Beginning, Wanted, add_line, begin_cart
from carts.services.products import put_product
from customers import services
from customers.models import Customer
from customers.services import log_mail
from groups.models import Group
from tests.reading import List

SAID = "There is nothing to search for in this."
texts = st.one_of(
    st.text("\"'`´’“”„«».,;:!?()[]{}<>-_/\\*%+=@#\u200b\u202e\u00ad \u00a0", min_size=1, max_size=6),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=8),
).filter(str.strip)


@pytest.fixture
def two(customer, address, custom_field, tag, group, task, title, conversation, bought, voucher):
    """Two of everything, which have no letter and no digit in common."""
    values = {"name": "-", "price": Decimal("1.00"), "tax_rate": Decimal("20.00"), "stock": 7}
    put_product("-", values, by=Actor.command())
    product = Product.objects.to_be_sold().get()
    for name, email, code in (("Aaa", "aaa@aaa.aa", "11111"), ("Éee", "eee@eee.ee", "22222")):
        made = customer(first_name=name, last_name=name, company=name, email=email)
        task(name, customer=made)
        address(made, first_name=name, last_name=name, company=name, address1=name, city=name, postcode=code)
        conversation(made, name, subject=name)
        bought(made, product=product)
        voucher(name, name=name, customer=made)
        cart = begin_cart(Beginning(customer=made, visitor=name), by=Actor.command())
        add_line(cart.key, Wanted(product, 1), by=Actor.command())
        arrival = services.Arrival(visitor=name, ip=f"192.0.2.{code[0]}", customer=made)
        services.begin_visit(arrival, by=Actor.command())
        log_mail(made, recipient=email, template="account", subject=name, language="en")
        tag(name)
        group(name)
        title(name)
        custom_field(name)


@pytest.mark.parametrize(
    ("section", "name"),
    [
        (section, name)
        for section in all_sections()
        for name, one in section.filters.items()
        if isinstance(one, TextFilter | NameFilter | QuickSearch)
    ],
    ids=lambda one: getattr(one, "slug", one),
)
def test_no_text_that_somebody_typed_finds_all(two, listed, section, name):
    """D3: any text that is not blank finds a part of all, and where it means nothing nobody and says so."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(texts)
    @example('"')
    @example("\u200b")
    @example(" ' ")
    @example("-")
    @example("=@\xad")
    def drive(text):
        page = listed(section=section)
        page.params = page.params.copy()
        page.params[name] = text
        rows = set(page.rows.values_list("pk", flat=True))
        everybody = set(section.rows().values_list("pk", flat=True))
        assert rows < everybody
        if page.filter_errors:
            assert (rows, page.total) == (set(), 0)
        else:
            assert name in page.filterset.given()

    drive()


@pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.slug)
def test_no_filter_of_any_list_is_dropped_without_a_word(two, listed, section):
    """D3, the kind: each filter that was given something narrows, or is told as a fault."""
    for name in section.filters:
        for text in ('"', "-", "none", "only", "0", "x", "true", "\u200b", "٣"):
            page = listed(section=section)
            page.params = page.params.copy()
            page.params[name] = text
            assert name in page.filter_errors or name in page.filterset.given(), (name, text)


@pytest.mark.parametrize("query", ["q=%22", "last_name=%22", "company=-", "q=%E2%80%8B", "q=%22&title=none"])
def test_a_quote_mark_alone_is_told_and_acts_on_nobody(customer, client_of, owner, query):
    """D3: it disabled all 996 customers, and exported them."""
    customer()
    client = client_of(owner)
    page = client.get(f"/customers/?{query}")
    assert SAID in page.content.decode()
    assert List(page).lines == []
    answer = client.post(f"/customers/actions/disable/?{query}", {"all_matching": "1"}, follow=True)
    assert "A filter cannot be read. Fix or remove it before acting on all that match." in (
        answer.content.decode()
    )
    assert Customer.objects.filter(active=False).count() == 0
    taken = client.get(f"/customers/export/?{query}", follow=True)
    assert "Nothing was exported: a filter cannot be read." in taken.content.decode()


def test_blanks_ask_for_nothing(customer, names, shop, listed):
    """A box that was emptied is no filter; a blank of any kind is none either."""
    customer(first_name="Ada")
    for query in ("q=", "q=+++", "q=%C2%A0", "last_name=+", "title=", "age_min="):
        assert names(query) == ["Ada"], query
        assert listed(query).filter_errors == {}, query
    assert Group.objects.count() == 1
