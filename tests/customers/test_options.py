"""Customers options: the fold at the foot of the list, and the page of all of them (S0.12–S0.15, S1.20–S1.24)."""

import pytest

from backoffice.models import Event
from customers.options import CustomerOptions, customer_options
from groups.models import Group
from tests.reading import faults, filled, read

PAGE = "/customers/options/"


@pytest.fixture
def save(client):
    """`save(b2b="on")` saves the page with these fields chosen; None leaves a box empty."""

    def save(**fields):
        data = {**filled(client.get(PAGE).context["form"]), **fields}
        return client.post(PAGE, {name: value for name, value in data.items() if value is not None})

    return save


def test_a_fresh_shop_lets_ask_for_a_password_every_six_hours(shop):
    """S0.15, S1.23: 360 minutes."""
    assert customer_options() == CustomerOptions(password_minutes=360)


def test_the_fold_under_the_list_holds_the_one_option_of_the_manual(client, shop):
    """S0.12, S0.13, S1.20–S1.22, S1.24: its label, the unit after the box, its help, Save."""
    page = read(client.get("/customers/"))
    fold = page.one("section", id="options")
    assert fold.one("h2").text == "Customers options"
    form = fold.one("form")
    assert form.one("label").text.startswith("Regenerate password")
    assert form.one("input", name="password_minutes")["value"] == "360"
    assert form.one("div", "field-unit").one("span").text == "minutes"
    assert "Minimum time before asking for another new password." in form.text
    assert form.one("button").text == "Save"
    answer = client.post(form["action"], {"only": "password_minutes", "password_minutes": "720"})
    assert answer.status_code == 302
    assert customer_options() == CustomerOptions(password_minutes=720)


def test_saving_the_fold_leaves_the_other_options(client, save, shop):
    """One field asked, one field written."""
    save(b2b="on", ask_birthday=None)
    client.post(PAGE, {"only": "password_minutes", "password_minutes": "10", "ask_birthday": "on"})
    assert customer_options() == CustomerOptions(password_minutes=10, b2b=True, ask_birthday=False)


def test_every_option_can_be_chosen_and_stays_chosen(client, save, group):
    """S4.43, S4.52, decision 8; D-9: save, reload, still there."""
    wholesale = group("Wholesale")
    answer = save(
        password_minutes="5",
        password_min_length="12",
        ask_birthday=None,
        b2b="on",
        newsletter_offered=None,
        partner_offers_offered=None,
        guest_accounts=None,
        new_accounts_group=wholesale.pk,
        guests_group=wholesale.pk,
        cart_abandoned_hours="48",
        cart_comes_back="on",
    )
    assert answer.status_code == 302
    assert customer_options() == CustomerOptions(
        password_minutes=5,
        password_min_length=12,
        ask_birthday=False,
        b2b=True,
        newsletter_offered=False,
        partner_offers_offered=False,
        guest_accounts=False,
        new_accounts_group=wholesale.pk,
        guests_group=wholesale.pk,
        visitors_group=1,
        cart_abandoned_hours=48,
        cart_comes_back=True,
    )
    assert filled(client.get(PAGE).context["form"])["new_accounts_group"] == wholesale.pk


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password_minutes", "-1"),
        ("password_minutes", "soon"),
        ("password_minutes", ""),
        ("password_minutes", "9" * 30),
        ("password_min_length", "4"),
        ("password_min_length", "65"),
        ("new_accounts_group", "987654"),
        ("guests_group", "x"),
        ("cart_abandoned_hours", "0"),
        ("cart_abandoned_hours", "8761"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_nothing_is_saved(save, shop, field, value):
    """Issue 2, bad input: nothing half-written."""
    answer = save(b2b="on", **{field: value})
    assert answer.status_code == 200
    assert list(faults(answer)) == [field]
    assert customer_options() == CustomerOptions()


def test_a_wrong_value_in_the_fold_is_told_on_the_options_page(client, shop):
    """Issue 2, bad input."""
    answer = client.post(PAGE, {"only": "password_minutes", "password_minutes": "x"})
    assert answer.status_code == 200
    assert list(faults(answer)) == ["password_minutes"]


def test_who_changed_options_stands_on_the_activity_page(save, client, shop):
    """Decision 28."""
    save(b2b="on")
    assert Event.objects.filter(kind="options_changed").count() == 1
    assert "changed the settings of" in client.get("/activity/").content.decode()


def test_a_group_that_an_option_points_at_stays(save, client, group):
    """Decision 8: it cannot be deleted, until another one is chosen."""
    wholesale = group("Wholesale")
    save(guests_group=wholesale.pk)
    client.post(f"/groups/{wholesale.pk}/delete/", {"way": "delete"})
    assert Group.objects.filter(pk=wholesale.pk).exists()
    save(guests_group=1)
    client.post(f"/groups/{wholesale.pk}/delete/", {"way": "delete"})
    assert not Group.objects.filter(pk=wholesale.pk).exists()


def test_only_who_may_change_settings_sees_fold_and_page(client_of, hire, shop):
    """Decisions, rights."""
    for role in ("support", "marketing", "viewer"):
        client = client_of(hire(role))
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"password_minutes": "1"}).status_code == 403
        assert read(client.get("/customers/")).all("section", id="options") == []


@pytest.mark.parametrize(
    ("minutes", "language", "told"),
    [
        (0, "en", ""),
        (45, "en", ""),
        (60, "en", "= 1 hour"),
        (360, "en", "= 6 hours"),
        (1530, "en", "= 1 day 1 hour 30 minutes"),
        (360, "pl", "= 6 godzin"),
        (120, "pl", "= 2 godziny"),
        (2880, "fr", "= 2 jours"),
        (1200, "ro", "= 20 de ore"),
    ],
)
def test_minutes_are_told_in_hours_of_the_value_that_is_stored(
    client, options, owner, minutes, language, told
):
    """U31: “360 minutes are 6 hours.” stood there whatever the value."""
    options(password_minutes=minutes)
    owner.language = language
    owner.save()
    for address in (PAGE, "/customers/"):
        page = read(client.get(address))
        assert page.one("output").text.replace("\u00a0", " ") == told


def test_minutes_are_told_of_the_value_that_was_typed_where_it_is_refused(client):
    """U31: what stands in the field, not what is stored."""
    page = read(client.post(PAGE, {"only": "password_minutes", "password_minutes": "600000"}))
    assert page.one("output").text == "= 416 days 16 hours"
    page = read(client.post(PAGE, {"only": "password_minutes", "password_minutes": "some"}))
    assert page.one("output").text == ""
