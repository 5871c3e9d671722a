"""What the form of a customer may cost: few queries, and no more for more groups, tags, titles and staff."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.required_fields import require
from customers.sections.customers import CUSTOMERS

SESSION_AND_USER = 2
MOST = 8


@pytest.fixture
def everything(customer, custom_field, group, tag, title, hire, options, mr):
    """A customer with all that one can have, in a shop with B2B, required fields and fields of its own."""
    options(b2b=True)
    kinds = {
        "text": "x",
        "long_text": "x",
        "number": 5,
        "yes_no": True,
    }
    own = {f"custom_{custom_field(kind, kind=kind).pk}": value for kind, value in kinds.items()}
    title("Dr", kind="neutral")
    made = customer(
        title=mr,
        groups=[group(f"Group {number}") for number in range(3)],
        tags=[tag(f"Tag {number}") for number in range(3)],
        sales_agent=hire("support"),
        siret="1",
        ape="2",
        risk="high",
        **own,
    )
    require(CUSTOMERS, ["newsletter", "birthday"], by=Actor.command())
    return made


@pytest.mark.parametrize(("page", "most"), [("add", 4), ("{}/edit", MOST)])
def test_the_form_asks_at_most_eight_times_besides_session_and_user(everything, query_count, page, most):
    """The small tables come from memory, the counters by one question, the options are read once."""
    assert query_count(f"/customers/{page.format(everything.pk)}/") <= SESSION_AND_USER + most


@pytest.mark.parametrize("page", ["add", "{}/edit"])
def test_more_groups_tags_titles_and_staff_cost_no_more(
    everything, query_count, page, group, tag, title, hire
):
    address = f"/customers/{page.format(everything.pk)}/"
    before = query_count(address)
    for number in range(5):
        group(f"More {number}")
        tag(f"More {number}")
        title(f"More {number}", kind="neutral")
        hire("support", email=f"more{number}@example.com")
    assert query_count(address) == before


def test_what_was_added_meanwhile_is_offered_at_once(client, everything, group, tag, title, hire):
    """Kept in memory, and read again when it has changed."""
    address = f"/customers/{everything.pk}/edit/"
    client.get(address)
    group("Just now"), tag("A tag of now"), title("Prof", kind="neutral")
    page = client.get(address).content.decode()
    for name in ("Just now", "A tag of now", "Prof"):
        assert name in page
