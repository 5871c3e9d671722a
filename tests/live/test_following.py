"""A page that follows asks cheaply, gets what changed and no more, and is refused what it may not see (issue 10)."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.live import memory
from backoffice.records.actors import Actor
from customers.services import hide_customer

BLOCK = re.compile(r'<section class="panel" id="([a-z-]+)"')


def title_badges(html: str) -> str:
    """What stands beside the name."""
    return html.partition('id="title-badges"')[2].partition('id="file-who"')[0]


def glance(html: str) -> list[tuple[str, str]]:
    """The figures under the name: what each is called, and what it is."""
    head = html.partition('id="file-glance"')[2].partition("</dl>")[0]
    figures = re.findall(r"<dt>(.*?)</dt>.*?<(?:summary|a)[^>]*>(.*?)<", head, re.DOTALL)
    return [(title, value.strip()) for title, value in figures]


@pytest.fixture
def ada(customer, program, product):
    """A customer with a cart under the key c, and two products to put into it."""
    product("CUP", "10.00")
    product("LAMP", "20.00")
    ada = customer(first_name="Ada", last_name="BYRON")
    program.fill("c", "CUP", customer_id=ada.pk)
    return ada


@pytest.fixture
def opened(client_of, owner, ada, asked_by):
    """The address that Ada's page asks."""
    return asked_by(client_of(owner).get(f"/customers/{ada.pk}/"))


def test_nothing_changed_is_an_empty_answer(opened, poll):
    """Decision 35: 204, so that the page swaps nothing."""
    answer = poll(opened)
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_page_gets_the_blocks_that_changed_and_the_next_address(opened, poll, program, asked_by):
    """S0.52: what is put into the cart is on the page of the customer without a reload."""
    program.done("POST", "/carts/c/lines", {"product": "LAMP"})
    answer = poll(opened)
    assert answer.status_code == 200
    assert BLOCK.findall(answer.text) == ["carts"]
    assert "€30.00" in answer.text
    after = asked_by(answer)
    assert after != opened
    assert poll(after).status_code == 204


def test_what_changed_is_said_in_words(opened, poll, program, ada):
    """Screen readers hear of the change, not the table again."""
    program.done("POST", "/carts/c/lines", {"product": "LAMP"})
    said = re.search(r'id="live-said">\s*<span data-of="carts">([^<]*)<', poll(opened).text).group(1)
    cart = ada.carts.get()
    assert said == f"Cart {cart.pk:06d}: 2 products, €30.00"


def test_a_cart_that_became_an_order_is_news_of_two_blocks(opened, poll, program):
    program.done("POST", "/carts/c/order", {})
    assert BLOCK.findall(poll(opened).text) == ["orders", "carts"]


def test_the_figures_under_the_name_follow_what_is_bought(opened, poll, program, ada, asked_by):
    """S1.44: orders, sales and carts in the head are those of the blocks below; nothing of it is read aloud twice."""
    order = program.done("POST", "/carts/c/order", {})
    answer = poll(opened)
    assert glance(answer.text)[:3] == [("Orders", "1"), ("Sales", "€0.00"), ("Outstanding", "€10.00")]
    program.done(
        "PUT", f"/orders/{order['reference']}/status", {"status": "Payment accepted", "paid": "10.00"}
    )
    program.fill("d", "LAMP", customer_id=ada.pk)
    answer = poll(asked_by(answer))
    assert glance(answer.text)[:3] == [("Orders", "1"), ("Sales", "€10.00"), ("Carts", "2")]
    assert re.findall(r'data-of="([a-z-]+)"', answer.text) == ["orders", "carts"]
    assert poll(asked_by(answer)).status_code == 204


def test_the_name_and_its_badges_follow_what_the_shop_says_of_somebody(opened, poll, program, ada):
    program.done("PATCH", f"/customers/{ada.pk}", {"last_name": "LOVELACE"})
    assert '<span id="title-name">Ada LOVELACE</span>' in poll(opened).text


def test_what_can_be_done_and_the_name_of_the_window_follow(opened, poll, ada):
    """The buttons offered what was not to be had any more, and the tab kept the old name."""
    assert poll(opened).status_code == 204
    hide_customer(ada, by=Actor.command())
    html = poll(opened).text
    acts = html.partition('id="title-acts"')[2].partition('id="file-who"')[0]
    assert (f"/customers/{ada.pk}/bring-back/" in acts, f"/customers/{ada.pk}/edit/" in acts) == (True, False)
    assert "<title>Ada BYRON · Demo shop</title>" in html


def test_a_page_opened_before_another_language_was_chosen_goes_on_in_its_own(
    opened, client_of, owner, program
):
    """A second tab that switched to Polish made half of the first one Polish."""
    client = client_of(owner)
    client.post("/profile/language/", {"language": "pl"})
    program.done("POST", "/carts/c/lines", {"product": "LAMP"})
    memory.forget()
    asked = {"HX-Request": "true", "Page-Language": "fr"}
    assert "Paniers" in client.get(opened, headers=asked).text
    assert "Koszyki" in client.get(opened, headers={**asked, "Page-Language": "xx"}).text
    assert "Koszyki" in client.get(opened.partition("live/")[0], headers={"Page-Language": "fr"}).text


def test_each_change_of_an_order_is_news(opened, poll, program, asked_by):
    """From paid to shipped no figure moves; the status in the block does."""
    order = program.done("POST", "/carts/c/order", {"status": "Payment accepted", "paid": "10.00"})
    after = asked_by(poll(opened))
    program.done("PUT", f"/orders/{order['reference']}/status", {"status": "Shipped"})
    assert "Shipped" in poll(after).text


def test_the_page_of_a_cart_follows_what_its_customer_is_called(
    client_of, owner, poll, program, ada, asked_by
):
    page = client_of(owner).get(f"/carts/{ada.carts.get().pk}/")
    program.done("PATCH", f"/customers/{ada.pk}", {"last_name": "LOVELACE"})
    assert "Ada LOVELACE" in poll(asked_by(page)).text


def test_a_cart_of_somebody_else_is_no_news(opened, poll, program, customer):
    program.fill("other", "LAMP", customer_id=customer().pk)
    assert poll(opened).status_code == 204


def test_what_the_page_was_asked_for_holds_for_its_parts(client_of, owner, ada, program, poll, asked_by):
    """The unfinished carts only (S1.63) stay the unfinished ones, and lead back to the list they came from."""
    page = client_of(owner).get(
        f"/customers/{ada.pk}/?carts=unfinished", headers={"Referer": "http://testserver/customers/?q=ada"}
    )
    program.fill("d", "LAMP", customer_id=ada.pk)
    program.done("POST", "/carts/c/order", {})
    answer = poll(asked_by(page))
    assert "€20.00" in answer.text
    assert "€10.00" not in answer.text.partition('id="carts"')[2]
    assert "back=%2Fcustomers%2F%3Fq%3Dada" in asked_by(answer)


def test_a_poll_asks_the_database_three_times_at_most(opened, client_of, owner):
    """Issue 10: session, person, and all versions of the page at once; the next of this page asks nothing at all."""
    client = client_of(owner)
    client.get(opened, headers={"HX-Request": "true"})
    memory._kept = {key: value for key, value in memory._kept.items() if key[0] == "rights"}
    memory._known.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(opened, headers={"HX-Request": "true"}).status_code == 204
    assert len(queries) == 3, [one["sql"] for one in queries]
    with CaptureQueriesContext(connection) as queries:
        client.get(opened, headers={"HX-Request": "true"})
    assert len(queries) == 0, [one["sql"] for one in queries]


def test_the_versions_of_a_page_are_read_with_its_record(client_of, owner, ada):
    """A page that follows costs no query more."""
    client = client_of(owner)
    client.get(f"/customers/{ada.pk}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/customers/{ada.pk}/")
    assert sum('"version_of_carts"' in one["sql"] for one in queries) == 1


def test_after_sign_out_the_page_is_led_to_sign_in_and_back(opened, poll, client_of, owner):
    """The page it stands on is where one comes back to, not the part of it."""
    client = client_of(owner)
    client.logout()
    answer = poll(opened, client=client)
    assert answer.headers["HX-Redirect"] == "/login/?next=/customers/1/"


def test_an_account_switched_off_gets_nothing_any_more(opened, poll, client_of, owner):
    """G34: the next request is refused."""
    client = client_of(owner)
    owner.is_active = False
    owner.save()
    assert "HX-Redirect" in poll(opened, client=client).headers


def test_a_record_that_is_gone_says_so(opened, poll, ada):
    ada.delete()
    answer = poll(opened)
    assert answer.status_code == 404
    assert "This is not here any more: it was deleted. The page shows it as it was." in answer.text


def test_who_is_hidden_is_gone_for_those_who_may_not_see_the_hidden(opened, poll, ada, support):
    """Decision 19, at each poll."""
    hide_customer(ada, by=Actor.command())
    assert poll(opened, support).status_code == 404
    answer = poll(opened)
    assert answer.status_code == 200
    assert "Deleted on" in title_badges(answer.text)


def test_a_block_that_somebody_may_not_see_is_not_followed(
    opened, poll, program, support, ada, asked_by, client_of
):
    """Rights are asked at each poll: another's address shows no more than one's own."""
    from django.contrib.auth.models import Group, Permission

    Group.objects.get(name="support").permissions.remove(Permission.objects.get(codename="view_cart"))
    program.done("POST", "/carts/c/lines", {"product": "LAMP"})
    assert poll(opened, support).status_code == 204
    assert "carts." not in asked_by(client_of(support).get(f"/customers/{ada.pk}/"))


def test_a_page_that_lies_open_does_not_keep_a_sign_in_alive(opened, client_of, owner, poll):
    """S14: sessions end after idle time; a question that nobody asked is no sign of anybody."""
    client = client_of(owner)
    soon = timezone.now() + timezone.timedelta(seconds=settings.SESSION_COOKIE_AGE // 2)
    Session.objects.update(expire_date=soon)
    assert poll(opened, client=client).status_code == 204
    assert set(Session.objects.values_list("expire_date", flat=True)) == {soon}


def test_versions_that_mean_nothing_get_the_whole(opened, poll):
    for nonsense in ("", "~", "carts", "carts.", "~".join(["x.y"] * 500)):
        assert poll(re.sub(r"v=[^&]*", f"v={nonsense}", opened)).status_code == 200


def test_no_query_of_many_screens_more_than_of_one(opened, client_of, owner, viewer):
    """Two hundred screens: within an instant one of them asks, and the others are told what it was answered."""
    memory.forget()
    people = [client_of(owner), client_of(viewer)] * 5
    with CaptureQueriesContext(connection) as queries:
        for client in people:
            assert client.get(opened, headers={"HX-Request": "true"}).status_code == 204
    asked = [one["sql"] for one in queries if "version_of_carts" in one["sql"]]
    assert len(asked) <= 2
