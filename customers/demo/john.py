"""John DOE, exactly as the documents show him (interface.md; S1.10, S1.44–S1.52, S1.66)."""

import datetime as dt

from backoffice.demo.shop import Shop
from backoffice.records.seeding import continue_ids
from groups.seeding import DEFAULT_GROUP_ID

from ..models import Consent, Customer, CustomerFigures, Device, Membership, Visit
from ..seeding import MR_ID

JOHN_ID = 1


def johns_day(shop: Shop) -> dt.datetime:
    """The moment at which he registered, visited and ordered: 2011-08-09 10:50:53 in the shop's time zone."""
    return dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=shop.time_zone)


def make_john(shop: Shop) -> None:
    """Customer 1, his group and his one visit."""
    day = johns_day(shop)
    john = Customer(
        id=JOHN_ID,
        title_id=MR_ID,
        first_name="John",
        last_name="DOE",
        email="pub@prestashop.com",
        created_email="pub@prestashop.com",
        birthday=dt.date(1970, 1, 15),
        active=True,
        newsletter=True,
        newsletter_at=day,
        partner_offers=True,
        default_group_id=DEFAULT_GROUP_ID,
        country="FR",
        registered_at=day,
        updated_at=day,
        version=1,
    )
    # Past the models, as everybody else: the history is written at the end.
    Customer.objects.bulk_create([john])
    continue_ids(Customer)
    Membership.objects.bulk_create([Membership(customer=john, group_id=DEFAULT_GROUP_ID, added_at=day)])
    CustomerFigures.objects.create(customer=john, last_visit_at=day)
    for kind in ("newsletter", "partner_offers"):
        Consent.objects.create(customer=john, kind=kind, given=True, at=day, ip="127.0.0.1", door="shop")
    Visit.objects.create(
        customer=john,
        started_at=day,
        last_seen_at=day,
        pages_count=0,
        device=Device.UNKNOWN,
        ip="127.0.0.1",
        origin="prestashop.com",
        referrer="http://www.prestashop.com/",
    )
