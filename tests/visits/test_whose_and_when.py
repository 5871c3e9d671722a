"""Which visit a page belongs to: one of its own time and customer; and what becomes of it when these go meanwhile."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.queries import views_of
from customers import services
from customers.models import Customer, CustomerFigures, PageView, Visit
from customers.services import visits

NOW = timezone.now()
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


@pytest.fixture
def told(program):
    """`told("/cups", ago=3 * DAY)` tells of a page of one browser; gives the number of its visit."""

    def told(page: str, *, ago: dt.timedelta | None = None, **said) -> int:
        if ago is not None:
            said["at"] = (NOW - ago).isoformat()
        return program.done("POST", "/visits/pages", {"visitor": "browser", "page": page, **said})["visit"]

    return told


def pages_of(visit: int) -> list[str]:
    return list(PageView.objects.filter(visit=visit).order_by("viewed_at").values_list("url", flat=True))


def test_pages_told_late_leave_the_visit_that_goes_on_as_it_is(told):
    """A shop that sends its past while people look around: nobody was online, and the next page began a third visit."""
    now = told("/now")
    old = [told(f"/old/{minutes}", ago=3 * DAY - minutes * MINUTE) for minutes in (0, 20, 40)]
    older = told("/older", ago=3 * DAY - 71 * MINUTE)
    assert list(Visit.objects.online().values_list("pk", flat=True)) == [now]
    assert told("/next") == now
    assert len({now, older, *old}) == 3
    assert (pages_of(old[0]), pages_of(now)) == (["/old/0", "/old/20", "/old/40"], ["/now", "/next"])
    assert Visit.objects.get(pk=old[0]).duration == 40 * MINUTE
    assert list(recount_all(mend=False)) == []


def test_a_page_told_late_belongs_to_the_visit_that_goes_on_where_it_lasted_then(told):
    first = told("/first", ago=20 * MINUTE)
    assert told("/third") == first
    assert told("/second", ago=10 * MINUTE) == first
    assert (pages_of(first), Visit.objects.count()) == (["/first", "/second", "/third"], 1)


def test_leaving_told_late_ends_nothing_that_went_on_since(program, told):
    visit = told("/first", ago=20 * MINUTE)
    told("/second")
    left = {"visitor": "browser", "at": (NOW - 10 * MINUTE).isoformat()}
    program.done("POST", "/visits/end", left)
    assert Visit.objects.online().get().pk == visit
    assert told("/third") == visit


def test_a_page_told_late_does_not_reopen_the_visit_that_was_left(program, told):
    visit = told("/first", ago=20 * MINUTE)
    program.done("POST", "/visits/end", {"visitor": "browser"})
    assert told("/second", ago=MINUTE) == visit
    assert not Visit.objects.online().exists()
    assert told("/third") != visit


def test_another_customer_of_the_same_browser_begins_a_visit_of_their_own(told, customer, product):
    """What Ben looked at counted as Ada's, and he had never been here."""
    ada, ben, cup = customer(), customer(), product("CUP", "12.50")
    hers = told("/", customer_id=ada.pk)
    his = told("/cup", customer_id=ben.pk, product="CUP")
    assert (hers == his, told("/lamps", customer_id=ben.pk)) == (False, his)
    assert dict(Visit.objects.values_list("pk", "customer")) == {hers: ada.pk, his: ben.pk}
    assert ([product for _at, product, _it_was_they in views_of(ben)], views_of(ada)) == ([cup], [])
    assert CustomerFigures.objects.get(pk=ben.pk).last_visit_at == Visit.objects.get(pk=his).started_at
    assert Visit.objects.online().get().pk == his
    assert list(recount_all(mend=False)) == []


def test_pages_told_late_are_each_customers_own(told, customer):
    ada, ben = customer(), customer()
    told("/now")
    hers = told("/hers", ago=DAY, customer_id=ada.pk)
    his = told("/his", ago=DAY - MINUTE, customer_id=ben.pk)
    assert told("/hers/too", ago=DAY - 2 * MINUTE, customer_id=ada.pk) == hers
    assert (hers == his, pages_of(his)) == (False, ["/his"])


@pytest.fixture
def gone_meanwhile(monkeypatch):
    """`gone_meanwhile(ada)`: she is deleted for good after the page's visit was read, before it is written."""

    def gone_meanwhile(customer: Customer) -> None:
        read = visits._visit_at

        def then_deleted(*asked):
            found = read(*asked)
            services.remove_customer(customer, by=Actor.command())
            return found

        monkeypatch.setattr(visits, "_visit_at", then_deleted)

    return gone_meanwhile


def test_a_page_whose_visit_is_deleted_meanwhile_begins_another(told, customer, gone_meanwhile):
    """It was answered 500."""
    ada = customer()
    hers = told("/", customer_id=ada.pk)
    gone_meanwhile(ada)
    new = told("/cups")
    assert (new == hers, Visit.objects.get().pk, Visit.objects.get().customer) == (False, new, None)
    assert (pages_of(new), Counter.of("customers.visit").value) == (["/cups"], 1)


def test_leaving_a_visit_that_is_deleted_meanwhile_ends_none(program, told, customer, gone_meanwhile):
    ada = customer()
    told("/", customer_id=ada.pk)
    gone_meanwhile(ada)
    assert program.done("POST", "/visits/end", {"visitor": "browser"})["visit"] is None


@pytest.mark.parametrize("whose", ["hers", "nobodys", "none"])
def test_a_page_of_a_customer_who_is_deleted_meanwhile_is_nobodys_to_tell(
    program, told, customer, gone_meanwhile, whose
):
    ada = customer()
    if whose != "none":
        told("/", **({"customer_id": ada.pk} if whose == "hers" else {}))
    before = Visit.objects.exclude(customer=ada).count()
    gone_meanwhile(ada)
    answer = program.post("/visits/pages", {"visitor": "browser", "page": "/cups", "customer_id": ada.pk})
    assert answer.status_code == 404
    assert Visit.objects.exclude(customer=ada).count() == before
