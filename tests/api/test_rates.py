"""How often a program may ask: one allowance a token, whichever process of the web server answers (issue 10)."""

import threading
from itertools import cycle, islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.api.rates import Rates
from backoffice.models import ApiToken
from backoffice.staff.api_tokens.services import create_token
from tests.shop_api import PROGRAM


class Clock:
    """A clock that stands until it is moved on."""

    now = 1_773_144_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def key(db) -> int:
    """The number of a token."""
    return create_token("Till", ["carts:read"], by=PROGRAM)[0].pk


@pytest.fixture
def stopped() -> Clock:
    return Clock()


def test_two_processes_share_one_allowance(key, settings, stopped):
    """Asked in turn, they let through together what one of them may alone."""
    settings.API_REQUESTS_A_MINUTE = 60
    processes = [Rates(stopped), Rates(stopped)]
    waits = [one.wait(key) for one in islice(cycle(processes), 70)]
    assert waits == [0] * 60 + [1] * 10


def test_the_allowance_fills_up_again_all_the_time(key, settings, stopped):
    settings.API_REQUESTS_A_MINUTE = 60
    one, other = Rates(stopped), Rates(stopped)
    assert [one.wait(key) for _ in range(61)].count(0) == 60
    stopped.now += 1
    assert (other.wait(key), other.wait(key), one.wait(key)) == (0, 1, 1)
    stopped.now += 30
    assert [one.wait(key) for _ in range(31)] == [0] * 30 + [1]
    stopped.now += 3600
    assert [other.wait(key) for _ in range(61)].count(0) == 60, "never more than that of a minute"


def test_a_clock_that_is_put_back_shuts_nobody_out(key, settings, stopped):
    settings.API_REQUESTS_A_MINUTE = 2
    assert [Rates(stopped).wait(key) for _ in range(3)] == [0, 0, 30]
    stopped.now -= 3600
    assert [Rates(stopped).wait(key) for _ in range(3)] == [0, 0, 30]


def test_each_token_has_its_own(key, settings, stopped):
    settings.API_REQUESTS_A_MINUTE = 1
    rates = Rates(stopped)
    other = create_token("Module", ["carts:read"], by=PROGRAM)[0].pk
    assert (rates.wait(key), rates.wait(key), rates.wait(other)) == (0, 60, 0)


def test_what_is_told_to_wait_is_true(key, settings, stopped):
    """`Retry-After`: before it is over nothing goes, afterwards something does."""
    settings.API_REQUESTS_A_MINUTE = 7
    rates = Rates(stopped)
    while (seconds := rates.wait(key)) == 0:
        stopped.now += 0.25
    assert 1 <= seconds <= 60
    stopped.now += seconds - 1.1
    assert rates.wait(key) > 0
    stopped.now += 1.1
    assert rates.wait(key) == 0


def test_counting_costs_one_statement_for_thirty_requests_and_none_when_it_is_too_often(
    key, settings, stopped
):
    """3,000 a minute are asked of the database a hundred times; who goes on asking is refused by heart."""
    settings.API_REQUESTS_A_MINUTE = 3_000
    rates = Rates(stopped)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert [rates.wait(key) for _ in range(300)] == [0] * 300
    assert len(asked) == 10
    while rates.wait(key) == 0:
        pass
    with CaptureQueriesContext(connection) as asked:
        assert {rates.wait(key) for _ in range(1_000)} == {1}
    assert len(asked) == 0


@pytest.mark.django_db(transaction=True)
def test_processes_that_count_at_the_same_instant_count_each_request_once(settings, stopped):
    settings.API_REQUESTS_A_MINUTE = 50
    key = create_token("Till", ["carts:read"], by=PROGRAM)[0].pk
    let_through, start = [], threading.Barrier(4)

    def ask():
        rates = Rates(stopped)
        start.wait()
        try:
            let_through.extend(rates.wait(key) for _ in range(25))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (let_through.count(0), len(let_through)) == (50, 100)
    assert ApiToken.objects.get().name == "Till"


def test_a_program_is_refused_by_whichever_process_it_meets(program, settings, monkeypatch):
    """Over the whole product: the second process knows what the first one let through."""
    settings.API_REQUESTS_A_MINUTE = 3
    assert [program.get("/carts/x").status_code for _ in range(3)] == [404] * 3
    monkeypatch.setattr("backoffice.api.door.RATES", Rates())
    answer = program.get("/carts/x")
    assert (answer.status_code, 1 <= int(answer["Retry-After"]) <= 20) == (429, True)
