"""Fixtures of the storefront API: a program with a token, and what it sells."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from backoffice.access.scopes import Scope
from backoffice.api.rates import RATES
from backoffice.models import ApiToken
from backoffice.records.actors import Actor, Door, act_by
from backoffice.registries import seeds
from backoffice.staff.api_tokens.services import create_token
from carts.models import OrderStatus, Product
from carts.services.products import put_carrier, put_product

GUEST = {"first_name": "Gus", "last_name": "Guest", "email": "gus@example.com"}
# An order of another system; whose it is has to be said besides.
ORDERED = {
    "placed_at": "2026-03-10T12:00:00+01:00",
    "status": "Payment accepted",
    "currency": "EUR",
    "lines": [{"name": "Cup", "quantity": 2, "unit_price": "12.50"}],
}
PROGRAM = Actor(staff=None, door=Door.API, act=act_by("Shop module"))


class Program:
    """A program that uses the API: `program.put("/carts/a", {...})` gives the answer."""

    def __init__(self, secret: str):
        self.secret = secret
        self.client = Client()

    def ask(self, method: str, path: str, body: Any = None, *, key: str = "", **headers: str):
        """One request; `key` is its idempotency key."""
        sent = headers | ({"Idempotency-Key": key} if key else {})
        data = (
            body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body, default=str)
        )
        return self.client.generic(
            method,
            f"/api/v1{path}",
            data,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **sent},
        )

    def get(self, path: str, **headers: str):
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **said: Any):
        return self.ask("POST", path, body if body is not None else {}, **said)

    def put(self, path: str, body: Any, **said: Any):
        return self.ask("PUT", path, body, **said)

    def patch(self, path: str, body: Any, **said: Any):
        return self.ask("PATCH", path, body, **said)

    def delete(self, path: str, **said: Any):
        return self.ask("DELETE", path, **said)

    def done(self, method: str, path: str, body: Any = None, **said: Any) -> dict:
        """What it was answered, where that was 200."""
        answer = self.ask(method, path, body, **said)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def fill(self, key: str, product: str, quantity: int = 1, **said: Any) -> None:
        """A cart of this key with so many of the product in it; `said` is what is said when it begins."""
        self.done("POST", "/carts", {"key": key, **said})
        self.done("POST", f"/carts/{key}/lines", {"product": product, "quantity": quantity})


def tab(program: Program) -> Program:
    """Another tab of the same shop."""
    return Program(program.secret)


def reasons(answer) -> dict[str, str]:
    """The faults of a refusal: the code by the field."""
    return {one["field"]: one["code"] for one in answer.json()["errors"]}


@pytest.fixture(autouse=True)
def rested(monkeypatch) -> None:
    """No program has asked anything yet."""
    monkeypatch.setattr(RATES, "_of", {})


@pytest.fixture
def token(db) -> Callable[..., str]:
    """`token("carts:read")` gives the secret of a token that may just that; all without."""
    return lambda *scopes: create_token("Shop module", scopes or Scope.values, by=PROGRAM)[1]


@pytest.fixture
def program(token, shop) -> Program:
    """A program that may do everything, in a shop with its order statuses."""
    if not OrderStatus.objects.exists():
        seeds["order statuses"].function(apps)
    return Program(token())


@pytest.fixture
def product(db) -> Callable[..., Product]:
    """`product("TOUCH", "469.00")` gives a product of that reference and price; fields by keyword."""

    def product(reference: str = "TOUCH", price: str = "469.00", **said: Any) -> Product:
        values = {"name": said.pop("name", reference.title()), "price": Decimal(price), "stock": 70}
        beside = {name: said.pop(name) for name in ("parent", "category", "exclusive_to") if name in said}
        return put_product(reference, values | said, by=PROGRAM, **beside)

    return product


@pytest.fixture
def carrier(db) -> Callable[..., Any]:
    """`carrier("My carrier", "8.37")` gives a carrier of that name and price."""
    return lambda name="My carrier", price="8.37": put_carrier(
        name, {"price": Decimal(price), "active": True}, by=PROGRAM
    )


def the_token() -> ApiToken:
    """The one token there is."""
    return ApiToken.objects.get()
