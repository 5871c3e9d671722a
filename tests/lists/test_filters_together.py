"""The filters of the customers list beside each other: what any two find, and all."""

import itertools

from backoffice.models import Import, ImportRow
from backoffice.records.actors import Actor
from customers import services
from customers.sections.customers import CUSTOMERS

SAMPLES = {
    "deleted": "only",
    "q": "example",
    "last_name": "o",
    "first_name": "e",
    "email": "example.com",
    "company": "gen",
    "phone": "0612",
    **dict.fromkeys(("age_min", "age_max"), "39"),
    "newsletter": "false",
    "spent_max": "9.99",
    "account": "with",
    **dict.fromkeys(("id", "title", "group", "default_group", "import"), "1"),
    **dict.fromkeys(("orders_min", "orders_max", "spent_min"), "0"),
    **dict.fromkeys(("active", "partner_offers"), "true"),
    **{"name": "mo", "ip": "10.1.2.3", "birthdays": "week", "by_rule": "2", "kept_out": "none"},
    **dict.fromkeys(("registered_after", "last_order_after"), "2026-03-02"),
    **dict.fromkeys(("registered_before", "last_visit_after", "last_visit_before"), "2026-03-10"),
    **dict.fromkeys(("birthday_after", "birthday_before"), "1980-06-30"),
    **dict.fromkeys(("last_order_before", "updated_after", "updated_before"), "2026-03-10"),
    **dict.fromkeys(("tag", "agent", "phone_is", "note_is", "last_order_is"), "none"),
    **dict.fromkeys(("company_is", "age_is", "birthday_is", "last_visit_is"), "known"),
}


def test_any_two_filters_together_find_who_each_of_them_finds(people, listed):
    """D-44: a date filter plus another one was an exception elsewhere; here every pair is the two together."""
    assert set(SAMPLES) == set(CUSTOMERS.filters)
    imported = Import.objects.create(pk=1, section="customers", file="shop.csv")
    for name in ("Amoi", *list(people)[:3]):
        ImportRow.objects.create(imported=imported, record=people[name].pk, line=2, created=True)
    services.hide_customer(people["Amoi"], by=Actor.command())
    alone = {}
    for name, value in SAMPLES.items():
        page = listed(f"{name}={value}")
        alone[name] = {row["id"] for row in page.records}
        assert page.total == len(alone[name]), name
    for one, other in itertools.combinations(SAMPLES, 2):
        page = listed(f"{one}={SAMPLES[one]}&{other}={SAMPLES[other]}")
        both = {row["id"] for row in page.records}
        if "deleted" in (one, other):
            assert both <= {people["Amoi"].pk}, (one, other)
        else:
            assert both == alone[one] & alone[other], (one, other)
        assert page.total == len(both), (one, other)


def test_all_filters_together_are_one_answer(people, listed):
    """S0.79: all ten work alone and together."""
    jean = people["Jean"]
    query = (
        f"q=hara&id={jean.pk}&title={jean.title_id}&last_name=hara&first_name=jean&email=example&age_min=40&age_max=40"
        "&active=true&newsletter=false&partner_offers=true&registered_after=2026-03-10&registered_before=2026-03-10"
        f"&last_visit_after=2026-03-10&last_visit_before=2026-03-10&account=with&group={jean.default_group_id}"
        f"&agent={jean.sales_agent_id}"
    )
    assert [row["id"] for row in listed(query).records] == [jean.pk]
