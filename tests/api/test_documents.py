"""What the page about the API says is so: its client runs, its curl lines are answered, its endpoints are there."""

import importlib.util
import json
import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from backoffice.api.root import described
from carts.models import Cart, Order
from customers.models import Customer
from tests.shop_api import Program

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
PAGE = (DOCS / "storefront-api.md").read_text()
CLIENT = DOCS / "examples" / "shop_client.py"


def commands() -> list[list[str]]:
    """The words of each curl line of the page."""
    text = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.S)).replace("\\\n", " ")
    lines = re.split(r"\n(?=curl|export)", text)
    return [shlex.split(line, comments=True) for line in lines if line.startswith("curl")]


def test_every_curl_line_is_answered(program, countries):
    """One after the other, in a fresh shop; where John of the demo shop is named, Ada stands for him."""
    token = ""
    for words in commands():
        options = dict(pairwise(words))
        address = next(word for word in words if word.startswith("$SHOP"))
        headers = dict(words[place + 1].split(": ") for place, word in enumerate(words) if word == "-H")
        headers.pop("Authorization")
        headers.pop("Content-Type", None)
        body = options.get("-d")
        path = address.removeprefix("$SHOP")
        for named in ("/customers/1/", "customer_id=1"):
            if named in path:
                ada = Customer.objects.get(email="ada@example.com")
                path = path.replace(named, named.replace("1", str(ada.pk)))
        if "Customer-Token" in headers:
            headers["Customer-Token"] = token
        answer = program.ask(options.get("-X", "GET"), path, body and json.loads(body), **headers)
        assert answer.status_code == 200, (path, answer.text)
        token = answer.json().get("token", token)
    cart = Cart.objects.get(key="basket-1")
    assert (cart.items_count, cart.customer.email, cart.ordered) == (3, "ada@example.com", True)


def test_every_endpoint_of_the_page_is_there():
    known = {path.removeprefix("/api/v1") for path in described()["paths"]}
    named = set()
    for said in re.findall(r"`(?:(?:GET|POST|PUT|PATCH|DELETE) )?(/[a-z][^`]*)`", PAGE):
        named.add(re.sub(r"\{id\}", "{customer_id}", said.partition("?")[0]))
    assert {one for one in named if not one.startswith("/api/")} <= known


def test_the_client_is_short_and_runs(live_server, transactional_db, request):
    """Issue 10: a 60-line example client, tested by running it, over HTTP."""
    assert len(CLIENT.read_text().splitlines()) <= 60
    program: Program = request.getfixturevalue("program")
    spec = importlib.util.spec_from_file_location("shop_client", CLIENT)
    client = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(client)
    client.main(live_server.url, program.secret)
    order = Order.objects.get()
    assert (str(order.total), order.customer.guest) == ("25.00", True)
    office = client.BackOffice(live_server.url, program.secret)
    with pytest.raises(client.Refused) as refused:
        office.send("PUT", "/products/X", {"price": "1.005"})
    assert {one["field"] for one in refused.value.errors} >= {"price"}
