"""Digits of other scripts are no numbers of ours, at no door (finding S8)."""

import pytest

from customers.models import Customer

pytestmark = pytest.mark.alike


@pytest.mark.parametrize(
    "page", ["toggle/newsletter/", "consents/newsletter/", "edit/", "note/", "", "history/"]
)
@pytest.mark.parametrize("number", ["٣", "３", "๓", "1٣"])
def test_an_address_with_them_is_none_and_nothing_is_done(customer, client_of, owner, page, number):
    """S8: it ended in 500, and the switch had moved."""
    for _one in range(4):
        customer()
    client = client_of(owner)
    for answer in (client.get(f"/customers/{number}/{page}"), client.post(f"/customers/{number}/{page}")):
        assert answer.status_code == 404
    assert Customer.objects.filter(newsletter=True).count() == 0


@pytest.mark.parametrize("query", ["id=٣", "age_min=٣", "registered_after=٢٠٢٦-٠٣-١٠", "title=٣", "group=٣"])
def test_a_filter_with_them_is_refused(customer, client_of, owner, query):
    """S8, the kind."""
    customer()
    assert (
        client_of(owner).get(f"/customers/?{query}").content.decode().count('class="notice notice-warn"') == 1
    )


def test_nor_is_a_birthday_written_with_them(customer, client_of, owner):
    """S8: int() takes digits of every script."""
    john = customer()
    typed = {"birthday_day": "٣", "birthday_month": "5", "birthday_year": "1990", "version": john.version}
    answer = client_of(owner).post(f"/customers/{john.pk}/edit/", typed)
    assert list(answer.context["form"].errors["birthday"]) == ["There is no such day."]
