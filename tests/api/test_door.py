"""The way into the API: tokens, scopes, rates, bodies, refusals (issue 10, point 2; G17, G18, G27)."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.access.scopes import Scope
from backoffice.api.door import BearerToken
from backoffice.api.root import the_api
from backoffice.models import ApiToken
from backoffice.staff.api_tokens.services import change_token, create_token, revoke_token
from carts.models import Product
from tests.shop_api import PROGRAM, Program, reasons, the_token


def operations():
    return [
        (path, operation)
        for bound in the_api()._get_bound_routers()
        for path, view in bound.path_operations.items()
        for operation in view.operations
    ]


OPERATIONS = operations()


@pytest.mark.parametrize(
    ("path", "operation"), OPERATIONS, ids=[one.operation_id for _path, one in OPERATIONS]
)
def test_every_endpoint_names_its_scope(path, operation):
    """G18: closed by default: an endpoint without one opens to no token at all."""
    (callback,) = operation.auth_callbacks
    if path == "/batch":
        return  # it does nothing itself (test_batch.py)
    assert isinstance(callback, BearerToken)
    assert callback.scope in Scope.values


def test_an_endpoint_that_names_none_opens_to_nobody(program):
    from backoffice.api.door import ScopeMissing

    with pytest.raises(ScopeMissing):
        BearerToken()(type("Request", (), {"api_token": the_token()}))


@pytest.mark.parametrize("secret", ["", "wrong", "bko_wrong", "bko_" + "ł" * 20])
def test_without_a_token_that_opens_something_nobody_gets_in(program, secret):
    answer = Client().get(
        "/api/v1/carts/x", headers={"Authorization": f"Bearer {secret}".encode().decode("latin-1")}
    )
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_cookie_of_staff_opens_nothing(owner, client_of, shop):
    """G10: only a token does, so no page of others can act in the name of staff."""
    assert client_of(owner).get("/api/v1/carts/x").status_code == 401


def test_a_token_may_only_what_its_scopes_say(token, shop):
    reader = Program(token(Scope.CARTS_READ))
    assert reader.get("/carts/x").status_code == 404
    answer = reader.post("/carts", {})
    assert (answer.status_code, "carts:write" in answer.json()["detail"]) == (403, True)


def test_a_token_is_refused_as_soon_as_it_is_revoked_or_over(program, clock):
    """S15."""
    secret = create_token(
        "Till", Scope.values, by=PROGRAM, expires_at=timezone.now() + dt.timedelta(minutes=1)
    )[1]
    till = Program(secret)
    assert till.get("/carts/x").status_code == 404
    clock(61)
    assert till.get("/carts/x").status_code == 401
    revoke_token(ApiToken.objects.get(name="Shop module"), by=PROGRAM)
    assert program.get("/carts/x").status_code == 401


def test_only_a_hash_of_a_token_is_stored_and_its_last_use_is_known(program):
    """G26."""
    program.get("/carts/x")
    stored = the_token()
    assert program.secret not in str(ApiToken.objects.values())
    assert program.secret.startswith(stored.prefix)
    assert stored.last_used_at is not None


def test_what_a_token_may_counts_from_the_next_request(program):
    change_token(the_token(), name="Till", scopes=[Scope.VISITS_WRITE], expires_at=None, by=PROGRAM)
    assert program.get("/carts/x").status_code == 403


def test_a_token_that_asks_too_often_is_told_when_to_come_back(program, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    answers = [program.get("/carts/x") for _ in range(4)]
    assert [one.status_code for one in answers] == [404, 404, 404, 429]
    assert 1 <= int(answers[3]["Retry-After"]) <= 60


def test_a_body_that_is_too_large_is_refused_before_it_is_read(program, settings):
    settings.API_BODY_BYTES = 100
    assert program.post("/carts", {"key": "x" * 200}).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[1]",
        '"text"',
        '{"key": NaN}',
        '{"visitor": "\\u0000"}',
        '{"visitor": "\\ud800"}',
        b"\xff\xfe",
        "[" * 100_000,
        '{"customer_id": ' + "9" * 5_000 + "}",
        '{"customer_id": 9223372036854775808}',
        '{"unknown": 1}',
        '{"customer_id": 1.5}',
    ],
)
def test_what_cannot_be_read_or_stored_is_refused_and_never_an_error_of_ours(program, body):
    """Never a 500 for bad input; nothing is stored."""
    answer = program.ask("POST", "/carts", body)
    assert answer.status_code in (400, 422), answer.text
    assert set(answer.json()) == {"title", "status", "detail", "errors", "error_id"}


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_what_is_no_json_by_its_type_is_refused(program, kind):
    answer = program.client.generic(
        "POST",
        "/api/v1/carts",
        "a=b",
        content_type=kind,
        headers={"Authorization": f"Bearer {program.secret}"},
    )
    assert answer.status_code in (400, 415)


def test_a_refusal_names_field_and_reason(program):
    answer = program.post("/carts/x/lines", {"quantity": -1, "colour": "red"})
    assert answer.status_code == 422
    assert reasons(answer) == {
        "product": "missing",
        "quantity": "greater_than_equal",
        "colour": "extra_forbidden",
    }


def test_a_moment_without_a_zone_is_refused(program):
    """Timestamps say their zone: nobody can tell when it was otherwise."""
    answer = program.put("/carts/x", {"at": "2026-03-10T12:00:00"})
    assert reasons(answer) == {"at": "timezone_aware"}


def test_the_description_is_for_tokens_and_for_staff(program, client_of, viewer):
    """Decision 31: it is no open address."""
    assert Client().get("/api/v1/openapi.json").status_code == 401
    assert client_of(viewer).get("/api/v1/openapi.json").status_code == 200
    said = program.get("/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert "/api/v1/carts/{key}/lines" in said["paths"]


# The same key twice is one act


def test_a_repeated_request_with_the_same_key_happens_once(program, product):
    """Issue 10, Faults: also when the first answer got lost."""
    product("CUP", "12.50")
    program.done("POST", "/carts", {"key": "c"})
    first = program.post("/carts/c/lines", {"product": "CUP"}, key="k1")
    again = program.post("/carts/c/lines", {"product": "CUP"}, key="k1")
    assert (first.content, again.status_code) == (again.content, 200)
    assert program.done("GET", "/carts/c")["items_count"] == 1
    assert program.done("POST", "/carts/c/lines", {"product": "CUP"}, key="k2")["items_count"] == 2


def test_the_same_key_with_another_body_is_refused(program, product):
    product("CUP", "12.50")
    program.done("POST", "/carts", {"key": "c"})
    program.done("POST", "/carts/c/lines", {"product": "CUP"}, key="k1")
    answer = program.post("/carts/c/lines", {"product": "CUP", "quantity": 2}, key="k1")
    assert (answer.status_code, reasons(answer)) == (422, {"Idempotency-Key": "key_used"})
    assert program.done("GET", "/carts/c")["items_count"] == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 65, "é"])
def test_a_key_is_1_to_64_characters_without_blanks(program, key):
    """An empty one counted as none: the program that sent it believed that its act is done once."""
    answer = program.post("/carts", {"key": "c"}, **{"Idempotency-Key": key})
    assert (answer.status_code, reasons(answer)) == (422, {"Idempotency-Key": "key_malformed"})
    assert program.get("/carts/c").status_code == 404


def test_a_key_is_its_senders_own(program, token, product):
    product("CUP", "12.50")
    program.done("POST", "/carts", {"key": "c"})
    program.done("POST", "/carts/c/lines", {"product": "CUP"}, key="k1")
    other = Program(token())
    assert other.done("POST", "/carts/c/lines", {"product": "CUP"}, key="k1")["items_count"] == 2


def test_an_act_that_was_refused_is_judged_anew_under_its_key(program, product):
    """Only what was done is remembered, and in the same transaction: nothing is half done."""
    program.done("POST", "/carts", {"key": "c"})
    assert program.post("/carts/c/lines", {"product": "CUP"}, key="k1").status_code == 422
    product("CUP", "12.50")
    assert program.post("/carts/c/lines", {"product": "CUP"}, key="k1").status_code == 200


def test_an_act_that_breaks_half_way_leaves_neither_itself_nor_its_key(program, product, monkeypatch):
    product("CUP", "12.50")
    program.done("POST", "/carts", {"key": "c"})

    def broken(*_said, **_kw):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr("carts.api.lines.sums_of", broken)
        program.client.raise_request_exception = False
        answer = program.post("/carts/c/lines", {"product": "CUP"}, key="k1")
    assert (answer.status_code, "power cut" in answer.text) == (500, False)
    assert program.done("POST", "/carts/c/lines", {"product": "CUP"}, key="k1")["items_count"] == 1


def test_the_history_says_which_program_it_was(program, client_of, owner):
    """History is written, with the door and the name of the token."""
    program.done("PUT", "/products/CUP", {"name": "Cup", "price": "12.50", "currency": "EUR"})
    row = Product.history.get()
    assert (row.door, row.history_change_reason) == ("api", "token Shop module")
