"""What grows without end is thrown away by age, and no stored figure with it (decision 55)."""

import datetime as dt

from django.utils import timezone

from backoffice.records.recounting import recount_all
from carts.models import Cart, CartEvent
from carts.services.retention import forget_old_events
from customers.models import CustomerFigures, Mail, PageView, Visit
from customers.services import log_mail
from customers.services.retention import forget_old_mails, forget_old_visits

DAY = dt.timedelta(days=1)


def test_a_last_visit_survives_the_visit_it_came_from(program, customer, settings):
    settings.VISIT_DAYS = 396
    ada = customer()
    came = timezone.now() - 400 * DAY
    for visitor, at in (("old", came), ("new", timezone.now() - DAY)):
        said = {"visitor": visitor, "at": at.isoformat(), "page": "/", "customer_id": customer().pk}
        program.done("POST", "/visits/pages", said | ({"customer_id": ada.pk} if visitor == "old" else {}))
    assert forget_old_visits() == "1 visits and 1 pages viewed deleted"
    assert [one.visitor for one in Visit.objects.all()] == ["new"]
    assert CustomerFigures.objects.get(pk=ada.pk).last_visit_at == came
    assert list(recount_all(mend=False)) == []


def test_pages_go_before_their_visits(program, settings):
    at = timezone.now() - 100 * DAY
    program.done("POST", "/visits/pages", {"visitor": "b", "at": at.isoformat(), "page": "/"})
    forget_old_visits()
    assert (Visit.objects.count(), PageView.objects.count()) == (1, 0)
    assert Visit.objects.get().pages_count == 1


def test_events_go_and_carts_stay(program, product, settings):
    product("CUP", "12.50")
    program.fill("c", "CUP")
    CartEvent.objects.filter(kind="created").update(at=timezone.now() - 397 * DAY)
    assert forget_old_events() == "1 events of carts deleted"
    assert (CartEvent.objects.count(), Cart.objects.count()) == (1, 1)


def test_lines_of_mails_go_after_two_years(customer):
    ada = customer()
    for days in (732, 1):
        log_mail(
            ada,
            recipient=ada.email,
            template="x",
            subject="y",
            language="en",
            sent_at=timezone.now() - days * DAY,
        )
    assert forget_old_mails() == "1 e-mails of the log deleted"
    assert Mail.objects.count() == 1
    assert list(recount_all(mend=False)) == []
