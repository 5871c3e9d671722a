"""Editing a customer: what changes, what stays, and what never blocks a save."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from backoffice.models import RequiredField
from customers.models import Consent, Customer
from tests.reading import faults, read


@pytest.fixture
def john(customer):
    return customer(
        first_name="John",
        last_name="DOE",
        email="pub@prestashop.com",
        password="0123456789",
        birthday=dt.date(1970, 1, 15),
        newsletter=True,
    )


@pytest.fixture
def change(client, typed):
    """`change(john, first_name="Jack")` opens the form, types these fields and saves."""

    def change(customer, /, **fields):
        address = f"/customers/{customer.pk}/edit/"
        return client.post(address, typed(address, **fields))

    return change


def now(customer):
    return Customer.objects.get(pk=customer.pk)


def test_the_form_shows_what_is_stored_and_never_the_password(client, john):
    """S0.69, S2.5; G26."""
    page = read(client.get(f"/customers/{john.pk}/edit/"))
    assert page.one("input", name="email")["value"] == "pub@prestashop.com"
    assert [
        one["value"] for one in page.one("select", name="birthday_year").all("option") if one.has("selected")
    ] == ["1970"]
    assert page.one("input", name="password").get("value") == ""
    assert "md5$" not in page.text
    assert "Leave it empty to keep the password." in page.text
    assert page.all("input", name="guest") == []


def test_basic_data_can_be_changed_and_the_last_update_moves(change, john):
    """S2.5, S1.50: changes on every save."""
    Customer.objects.filter(pk=john.pk).update(updated_at=timezone.now() - dt.timedelta(days=9))
    answer = change(john, first_name="Jack", email="jack@prestashop.com", active=None)
    assert (answer.status_code, answer["Location"]) == (302, f"/customers/{john.pk}/")
    after = now(john)
    assert (after.first_name, after.email, after.active) == ("Jack", "jack@prestashop.com", False)
    assert after.updated_at > timezone.now() - dt.timedelta(minutes=1)


def test_the_address_at_creation_is_kept(change, john, client):
    """S3.31, decision 4: even if the contact e-mail changes; the file shows both."""
    change(john, email="jack@prestashop.com")
    assert now(john).created_email == "pub@prestashop.com"
    assert "E-mail at creation" in client.get(f"/customers/{john.pk}/").content.decode()


def test_a_new_name_is_found_at_once_by_its_folded_form(change, client, john):
    """D-58, D-103: the columns people search by are written with the name."""
    change(john, last_name="Łukaszewicz")
    assert "Łukaszewicz" in client.get("/customers/?last_name=lukasz").content.decode()
    assert "Łukaszewicz" not in client.get("/customers/?last_name=doe").content.decode()


def test_an_empty_password_keeps_the_old_one_and_a_new_one_replaces_it(change, john):
    """Facts 2.3, decision 6."""
    change(john, first_name="Jack")
    assert check_password("0123456789", now(john).password)
    assert faults(change(john, password="1234")) == {"password": ["At least 5 characters, please."]}
    change(john, password="abcde")
    assert check_password("abcde", now(john).password)


def test_saving_without_a_change_writes_nothing(change, john):
    """D-25: what is stored can be saved; no history row without a change."""
    before = (john.history.count(), now(john).version, Consent.objects.count())
    assert change(john).status_code == 302
    assert (john.history.count(), now(john).version, Consent.objects.count()) == before


def test_consents_switched_in_the_form_stand_in_the_ledger_too(change, john, owner):
    """D-50, D-51: both consents on the form, each change in the ledger."""
    change(john, newsletter=None, partner_offers="on")
    lines = Consent.objects.order_by("pk").values_list("kind", "given", "staff")
    assert list(lines)[1:] == [("newsletter", False, owner.pk), ("partner_offers", True, owner.pk)]


def test_groups_and_default_group_move_together(change, john, group, counted_right):
    """S0.69, S1.85, facts 1.2: old memberships go, new ones come, every count is right."""
    wholesale, loyal = group("Wholesale"), group("Loyalty")
    change(john, groups=[wholesale.pk, loyal.pk], default_group=loyal.pk)
    assert set(john.groups.values_list("name", flat=True)) == {"Wholesale", "Loyalty"}
    assert now(john).default_group == loyal
    counted_right()
    told = faults(change(john, groups=[wholesale.pk]))
    assert told == {"default_group": ["Tick the default group “Loyalty” among the groups too."]}
    assert set(john.groups.values_list("name", flat=True)) == {"Wholesale", "Loyalty"}


def test_tags_are_offered_as_people_sort_them(client, change, john, tag):
    """S3.40, in order of the alphabet: neither case nor marks count, on any database, wherever a tag is chosen."""
    sorted_as_read = ["À rappeler", "ag-exempt", "retail", "VIP", "Zwroty"]
    tags = [tag(name) for name in ("VIP", "Zwroty", "ag-exempt", "retail", "À rappeler")]
    change(john, tags=[one.pk for one in tags])
    form = read(client.get(f"/customers/{john.pk}/edit/"))
    boxes = [one.get("id") for one in form.all("input", name="tags")]
    assert [one.text for box in boxes for one in form.all("label") if one.get("for") == box] == sorted_as_read
    page = read(client.get("/customers/"))
    offered = [one.text for one in page.one("select", name="tag").all("option")]
    assert offered == ["Any", "No tag", "Any tag", *sorted_as_read]
    in_menus = [one for one in page.one("div", "selection-bar").all("select") if "VIP" in one.text]
    assert [[one.text for one in menu.all("option")][-5:] for menu in in_menus] == [sorted_as_read]
    assert " ".join(sorted_as_read) in read(client.get(f"/customers/{john.pk}/")).text


def test_who_has_no_agent_is_told_by_a_word(client, john):
    """U20: "--" was read as "dash dash"; of a day's parts it is S0.29's sign."""
    form = read(client.get(f"/customers/{john.pk}/edit/"))
    assert form.one("select", name="sales_agent").all("option")[0].text == "Nobody"


def test_tags_come_and_go(change, john, tag, counted_right):
    """S3.23, S3.27."""
    recurrent, problem = tag("RECURRENT"), tag("PROBLEM")
    change(john, tags=[recurrent.pk, problem.pk])
    change(john, tags=[problem.pk])
    assert list(john.tags.values_list("name", flat=True)) == ["PROBLEM"]
    counted_right()


@pytest.mark.parametrize(
    ("field", "stored"),
    [
        ("first_name", "R2D2"),
        ("last_name", "-"),
        ("last_name", "<b>Bob</b>"),
        ("email", "no address"),
        ("company", "{Acme}"),
        ("birthday", dt.date(1800, 1, 1)),
        ("birthday", dt.date(2999, 1, 1)),
    ],
)
def test_a_value_that_breaks_a_rule_but_is_unchanged_never_blocks_a_save(change, john, field, stored):
    """Decision 5, D-25: old data, demo edge cases."""
    Customer.objects.filter(pk=john.pk).update(**{field: stored})
    assert change(john, note="Seen").status_code == 302
    assert (now(john).note, getattr(now(john), field)) == ("Seen", stored)


def test_a_value_that_breaks_a_rule_is_judged_once_it_is_changed(change, john):
    """Decision 5: only what is unchanged is let through."""
    Customer.objects.filter(pk=john.pk).update(first_name="R2D2")
    assert faults(change(john, first_name="R2D3")) == {"first_name": ["Names can't contain digits."]}
    assert change(john, first_name="Artoo").status_code == 302


def test_a_short_password_of_old_days_never_blocks_a_save(change, john, options):
    """Decision 5: stricter settings."""
    options(password_min_length=64)
    assert change(john, note="Seen").status_code == 302


def test_an_old_birthday_year_is_still_offered(client, john):
    """Decision 5: a drop-down that lacks the stored year would lose it silently."""
    Customer.objects.filter(pk=john.pk).update(birthday=dt.date(1800, 1, 2))
    page = read(client.get(f"/customers/{john.pk}/edit/"))
    chosen = [
        one.text for one in page.one("select", name="birthday_year").all("option") if one.has("selected")
    ]
    assert chosen == ["1800"]


def test_an_agent_who_left_stays_the_agent_until_somebody_chooses_another(change, john, support):
    """Decision 5: the stored agent is unchanged although no longer offered."""
    Customer.objects.filter(pk=john.pk).update(sales_agent=support)
    support.is_active = False
    support.save()
    assert change(john, note="Seen").status_code == 302
    assert now(john).sales_agent == support


def test_hidden_fields_keep_their_values(change, john, options):
    """S4.43, S4.53: off hides them, nothing is lost."""
    Customer.objects.filter(pk=john.pk).update(siret="12345", risk="high", outstanding_allowance=1000)
    options(ask_birthday=False, newsletter_offered=False)
    assert change(john, note="Seen").status_code == 302
    after = now(john)
    assert (after.birthday, after.newsletter) == (dt.date(1970, 1, 15), True)
    assert (after.siret, after.risk, after.outstanding_allowance) == ("12345", "high", 1000)


def test_a_guest_has_no_password_to_change(client, customer):
    """Facts 2.5."""
    guest = customer(guest=True)
    page = read(client.get(f"/customers/{guest.pk}/edit/"))
    assert page.all("input", name="password") == []


@pytest.mark.parametrize("field", ["id", "pk", "customer", "record"])
def test_another_number_in_the_body_changes_nobody_else(change, john, customer, field):
    """G14, G30: the address of the page says who is edited."""
    other = customer(first_name="Eve", last_name="Other", email="eve@shop.example")
    change(john, first_name="Jack", **{field: other.pk})
    assert now(other).first_name == "Eve"
    assert now(john).first_name == "Jack"


def test_fields_that_are_none_of_the_forms_change_nothing(change, john):
    """G30: mass assignment."""
    change(
        john,
        note="Seen",
        deleted="on",
        guest="on",
        is_staff="1",
        total_spent="99",
        created_email="evil@shop.example",
        registered_at="1999-01-01",
        password_changed_at="1999-01-01",
        country="XX",
        siret="123",
        risk="high",
        newsletter_ip="6.6.6.6",
    )
    after = now(john)
    assert (after.deleted, after.guest, after.created_email, after.country) == (
        False,
        False,
        "pub@prestashop.com",
        "",
    )
    assert (after.registered_at, after.siret, after.risk, after.figures.total_spent) == (
        john.registered_at,
        "",
        "none",
        0,
    )


def test_the_address_of_somebody_else_is_refused_ones_own_in_capitals_is_not(change, john, customer):
    """Decision 4."""
    other = customer(first_name="Eve", email="eve@shop.example")
    told = faults(change(john, email="EVE@shop.example"))
    person = f'<a href="/customers/{other.pk}/">Eve DOE (ID {other.pk})</a>'
    assert told == {"email": [f"{person} already has an account with the address eve@shop.example."]}
    assert change(john, email="PUB@prestashop.com").status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [("support", 200), ("manager", 200), ("marketing", 403), ("viewer", 403)]
)
def test_who_may_edit_people(john, client_of, hire, role, status):
    """Decisions, rights."""
    assert client_of(hire(role)).get(f"/customers/{john.pk}/edit/").status_code == status


def test_leaving_the_form_leads_back_to_the_file_and_deletion_stands_apart(client, john, client_of, support):
    """Design: destructive actions live apart; who may not delete is not offered it."""
    page = read(client.get(f"/customers/{john.pk}/edit/"))
    assert page.one("section", "danger-zone").one("a")["href"] == f"/customers/{john.pk}/delete/"
    cancel = next(link for link in page.one("div", "save-bar").all("a") if link.text == "Cancel")
    assert cancel["href"] == f"/customers/{john.pk}/"
    assert read(client_of(support).get(f"/customers/{john.pk}/edit/")).all("section", "danger-zone") == []


class TestRequiredFields:
    """Fields that staff made required (S0.16–S0.18, S1.25–S1.29, D-9 to D-13)."""

    @pytest.fixture
    def require(self, client):
        return lambda *names: client.post("/customers/required-fields/", {"fields": list(names)})

    def test_the_page_offers_exactly_the_four_of_the_manual(self, client, shop):
        """S1.26–S1.29: gender, birthday, newsletter, optin, a box for all, Save; readable names beside (B11)."""
        page = read(client.get("/customers/required-fields/")).one("form", "form")
        assert "Select the fields to require in this section." in page.text
        rows = [[line.one("label").text, line.one("code").text] for line in page.one("tbody").all("tr")]
        assert rows == [
            ["Gender", "gender"],
            ["Birthday", "birthday"],
            ["Newsletter", "newsletter"],
            ["Opt-in", "optin"],
        ]
        assert page.one("th").one("input")["aria-label"] == "Select all"
        assert page.one("button", "btn-primary").text == "Save"

    def test_what_it_means_to_require_a_consent_stands_beside_it(self, client, shop):
        """D-13: a consent that is needed to be added at all is asked of every customer."""
        page = read(client.get("/customers/required-fields/"))
        warned = [
            line.one("label").text
            for line in page.one("tbody").all("tr")
            if "When required, nobody can be added without switching this on." in line.text
        ]
        assert warned == ["Newsletter", "Opt-in"]

    def test_what_was_saved_is_still_ticked(self, client, require, shop):
        """D-9: green message, nothing stored, elsewhere."""
        require("gender", "optin")
        page = read(client.get("/customers/required-fields/"))
        ticked = [box["value"] for box in page.all("input", name="fields") if box.has("checked")]
        assert ticked == ["gender", "optin"]
        require()
        assert RequiredField.objects.count() == 0

    @pytest.mark.parametrize("name", ["not_a_valid_field", "deleted", "<script>", ""])
    def test_a_name_that_is_no_fields_is_refused_and_changes_nothing(self, client, require, shop, name):
        """D12: a page left open over an upgrade does not wipe the setting."""
        require("optin", "birthday")
        page = read(client.post("/customers/required-fields/", {"fields": ["gender", name]}, follow=True))
        assert "is not a field that can be required. Nothing was changed" in page.all("div", "toast")[-1].text
        assert set(RequiredField.objects.values_list("field", flat=True)) == {"partner_offers", "birthday"}

    @pytest.mark.parametrize(
        ("technical", "field", "filled"),
        [
            ("gender", "title", {"title": "1"}),
            ("birthday", "birthday", {"birthday": "1970-01-15"}),
            ("newsletter", "newsletter", {"newsletter": "on"}),
            ("optin", "partner_offers", {"partner_offers": "on"}),
        ],
    )
    def test_a_chosen_field_gets_its_star_and_is_required_on_creation(
        self, client, require, new, technical, field, filled
    ):
        """S0.18, S4.22, D-10, D-11: stars come from the same setting."""
        require(technical)
        form = client.get("/customers/add/").context["form"]
        assert form.fields[field].required
        labels = [
            one.text for one in read(client.get("/customers/add/")).walk() if one.tag in ("label", "legend")
        ]
        assert f"{form.fields[field].label} *" in labels
        answer = client.post("/customers/add/", new())
        reason = "The settings of this shop require this."
        if field in ("newsletter", "partner_offers"):
            reason = "The settings of this shop require this to be on."
        assert faults(answer) == {field: [reason]}
        assert client.post("/customers/add/", new(**filled)).status_code == 302

    def test_what_was_empty_before_never_blocks_a_save(self, require, change, customer):
        """Decision 5, D-13."""
        made = customer()
        require("gender", "birthday", "newsletter", "optin")
        assert change(made, note="Seen").status_code == 302

    def test_what_is_filled_cannot_be_emptied(self, require, change, john):
        """D-10: one rule set."""
        require("birthday")
        told = faults(change(john, birthday_day="", birthday_month="", birthday_year=""))
        assert list(told) == ["birthday"]

    def test_a_consent_once_given_can_always_be_taken_back(self, require, change, john):
        """D-13: "required" must not block switching it off; a consent that cannot be withdrawn is none."""
        require("newsletter")
        answer = change(john, newsletter=None)
        assert answer.status_code == 302
        assert now(john).newsletter is False

    def test_a_field_that_is_not_on_the_form_cannot_be_required(self, client, require, new, options):
        """D-12: required ∩ shown."""
        require("birthday", "newsletter")
        options(ask_birthday=False, newsletter_offered=False)
        assert client.post("/customers/add/", new()).status_code == 302

    def test_only_who_may_change_settings_sees_the_page(self, client_of, hire, shop):
        """Decisions, rights."""
        for role, status in (("manager", 200), ("support", 403), ("marketing", 403), ("viewer", 403)):
            assert client_of(hire(role)).get("/customers/required-fields/").status_code == status
