"""What the form of a customer refuses, where it says so, and that nothing typed is lost."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from customers.models import Customer
from tests.reading import faults, read

pytestmark = pytest.mark.alike

ADD = "/customers/add/"


def ada():
    return Customer.objects.get(email="ada@shop.example")


@pytest.mark.parametrize("field", ["last_name", "first_name", "password", "email", "groups", "default_group"])
def test_each_required_field_left_empty_is_told_at_the_field_and_nothing_is_written(client, new, field):
    """S0.23–S0.28, S0.37, S4.51."""
    answer = client.post(ADD, new(**{field: None}))
    assert answer.status_code == 200
    assert list(faults(answer)) == [field]
    assert Customer.objects.count() == 0


def test_no_group_at_all_is_refused_in_words_of_the_trade(client, new):
    """S0.37: at least one group."""
    assert faults(client.post(ADD, new(groups=None))) == {"groups": ["Tick at least one group."]}


def test_the_default_group_must_be_ticked_too(client, new, group):
    """Facts 1.2: the default group is one of the memberships."""
    wholesale = group("Wholesale")
    told = faults(client.post(ADD, new(default_group=wholesale.pk, groups=[1])))
    assert told == {"default_group": ["Tick the default group “Wholesale” among the groups too."]}


@pytest.mark.parametrize("groups", [["99"], ["x"], ["1", "9" * 30], ["-1"]])
def test_a_group_that_is_not_there_is_refused(client, new, groups):
    """Issue 2, bad input: unknown ids, huge numbers, wrong types."""
    answer = client.post(ADD, new(groups=groups))
    assert answer.status_code == 200
    assert "groups" in faults(answer)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "99"),
        ("title", "9" * 30),
        ("sales_agent", "x"),
        ("sales_agent", "9" * 30),
        ("default_group", "9" * 30),
        ("tags", ["9" * 30]),
        ("tags", ["x"]),
        ("language", "xx"),
        ("version", "x"),
        ("birthday", "2026-02-30"),
        ("birthday", "9999999999-01-01"),
        ("birthday_day", "9" * 5000),
        ("phone", "1" * 33),
        ("company", "x" * 256),
        ("note", "x" * 65_001),
        ("external_id", "x" * 65),
        ("email", "x" * 300 + "@shop.example"),
        ("password", "x" * 129),
    ],
)
def test_a_value_no_field_can_hold_is_told_at_the_field(client, new, field, value):
    """Issue 2, bad input: 200 with a message, nothing half-written."""
    answer = client.post(ADD, new(**{field: value}))
    assert answer.status_code == 200
    assert list(faults(answer)) == [field.removesuffix("_day")]
    assert Customer.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("password", "1234", "At least 5 characters, please."),
        ("first_name", "R2D2", "Names can't contain digits."),
        ("last_name", "-", "A name needs at least one letter."),
        ("last_name", "<b>Bob</b>", "Names can't contain these characters: < > { } ="),
        ("first_name", "www.shop", "Names can't contain a web address (www, http)."),
        ("email", "john", "Not a valid e-mail address: write it like name@example.com."),
        ("company", "{Acme}", "Names can't contain these characters: < > { } ="),
        ("phone", "4.86001E+10", "A spreadsheet shortened this number: its digits are lost."),
        (
            "first_name",
            "Ada\u202e",
            "This contains invisible characters (U+202E): type it here instead of pasting it.",
        ),
        ("email", "x" * 301 + "@shop.example", "At most 254 characters, please; this has 314."),
        ("last_name", "x" * 256, "At most 255 characters, please; this has 256."),
        ("external_id", "x" * 65, "At most 64 characters, please; this has 65."),
    ],
)
def test_what_breaks_a_rule_is_told_at_its_field_in_a_sentence(client, new, field, value, told):
    """Decisions 3, 4, 6; D-28."""
    assert faults(client.post(ADD, new(**{field: value}))) == {field: [told]}


@pytest.mark.parametrize(
    ("slug", "field", "value", "told"),
    [
        ("groups", "name_fr", "x" * 33, "At most 32 characters, please; this has 33."),
        ("groups", "discount", "101", "At most 100, please."),
        ("groups", "discount", "-1", "At least 0, please."),
        ("groups", "discount", "1.234", "At most 2 decimals, please."),
        ("tags", "name", "x" * 41, "At most 40 characters, please; this has 41."),
        ("titles", "name_pl", "x" * 21, "At most 20 characters, please; this has 21."),
    ],
)
def test_every_form_says_its_limits_in_the_same_short_words(client, shop, slug, field, value, told):
    """D-28: one source; the framework's long sentences stand on no form."""
    answer = client.post(f"/{slug}/add/", {"name": "VIP", "discount": "5", field: value})
    assert faults(answer)[field] == [told]


@pytest.mark.parametrize(
    "password", ["12345", "a-_b1", "correct horse battery staple", "zażółć", "=<script>"]
)
def test_a_password_of_five_characters_or_more_of_any_kind_is_taken(client, new, password):
    """S0.27, S1.33, B12."""
    assert client.post(ADD, new(password=password)).status_code == 302
    assert check_password(password, ada().password)


def test_a_shop_may_ask_for_longer_passwords_and_the_hint_says_so(client, new, options, form):
    """Decision 6: option to raise; D-28: rule, hint and message agree."""
    options(password_min_length=12)
    assert "12 characters min." in form().text
    assert faults(client.post(ADD, new(password="12345678901"))) == {
        "password": ["At least 12 characters, please."]
    }


@pytest.mark.parametrize("fault", [{"first_name": "R2D2"}, {"password": "1234"}, {}])
def test_what_others_stand_in_the_way_of_is_told_with_all_other_faults(client, new, customer, group, fault):
    """Design: nobody is sent back a second time over what could be told the first."""
    customer(email="pub@prestashop.com")
    typed = {"email": "PUB@prestashop.com", "default_group": group("Wholesale").pk, "groups": [1], **fault}
    answer = client.post(ADD, new(**typed))
    assert set(faults(answer)) == {"email", "default_group", *fault}
    again = "Please type the password again." in read(answer).text
    assert again == ("password" not in fault)  # G26: it is sent back to no page


@pytest.mark.parametrize(
    ("slug", "others"),
    [("groups", ["discount", "price_display"]), ("tags", ["colour"]), ("titles", ["kind"])],
)
def test_a_name_that_is_taken_is_told_with_all_other_faults(client, group, tag, title, slug, others):
    """Design; whatever the capitals. Its own name stands in nobody's way."""
    made = {"groups": group, "tags": tag, "titles": title}[slug]("Wholesale")
    told = faults(client.post(f"/{slug}/add/", {"name": "WHOLESALE"}))
    assert told.pop("name") == [f"“Wholesale” (ID {made.pk}) already has this name."]
    assert list(told) == others
    renamed = {"name": "wholesale", "version": "x"}
    assert list(faults(client.post(f"/{slug}/{made.pk}/edit/", renamed))) == ["version", *others]


def test_a_password_typed_for_a_guest_is_told_at_the_field_and_never_dropped_without_a_word(client, new):
    """Facts 3.1: a guest never logs in, so there is nothing to log in with; what was meant only staff know."""
    answer = client.post(ADD, new(guest="on", password="12345"))
    assert faults(answer) == {
        "password": ["A guest has no password. Save again without one, or untick “Guest” and type it again."]
    }
    assert "Please type the password again." not in read(answer).text
    assert Customer.objects.count() == 0
    client.post(ADD, new(guest="on", password=""))
    assert (ada().guest, ada().password) == (True, "")


def test_two_browsers_adding_the_same_address_at_once_make_one_account(customer, default_group, monkeypatch):
    """D-34, D-35: the database decides, the loser is told at the field."""
    customer(email="twin@shop.example")
    from customers.services import people

    monkeypatch.setattr(people, "email_holder", _first_blind(people.email_holder))
    with pytest.raises(ValidationError) as told:
        customer(email="Twin@shop.example")
    assert list(told.value.error_dict) == ["email"]
    assert Customer.objects.count() == 1


def _first_blind(function):
    """The function, that sees nothing when first asked: the other one had not committed yet."""
    asked = []

    def blind(*args, **kwargs):
        asked.append(args)
        return None if len(asked) == 1 else function(*args, **kwargs)

    return blind


def test_special_use_domains_are_accepted(client, new):
    """Decision 4, S4.40: a placeholder address may be used for shop customers."""
    assert client.post(ADD, new(email="walk-in@shop.test")).status_code == 302


@pytest.mark.parametrize(
    ("parts", "born"),
    [
        ({"birthday": "1970-01-15"}, dt.date(1970, 1, 15)),
        ({"birthday_day": "29", "birthday_month": "2", "birthday_year": "2000"}, dt.date(2000, 2, 29)),
        ({}, None),
    ],
)
def test_a_birthday_comes_in_three_parts_as_one_iso_text_or_not_at_all(client, new, parts, born):
    """S0.29, interface: ISO in the value, three parts on screen."""
    assert client.post(ADD, new(**parts)).status_code == 302
    assert ada().birthday == born


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"birthday_day": "15", "birthday_month": "1"}, "Choose day, month and year, or none of them."),
        ({"birthday_year": "1970"}, "Choose day, month and year, or none of them."),
        ({"birthday_day": "30", "birthday_month": "2", "birthday_year": "2000"}, "There is no such day."),
        ({"birthday": "2999-01-01"}, "A birthday can't be in the future."),
        ({"birthday": "1899-12-31"}, "A birthday can't be before 1900."),
        ({"birthday": "0000-00-00"}, "There is no such day."),
        ({"birthday": "1999-1_0-1"}, "There is no such day."),
        ({"birthday": "tomorrow"}, "Choose day, month and year, or none of them."),
    ],
)
def test_a_birthday_that_is_none_is_told(client, new, parts, told):
    """S0.29, facts 1.16."""
    assert faults(client.post(ADD, new(**parts))) == {"birthday": [told]}


def test_nothing_typed_is_lost_on_a_fault_but_the_password(client, new, group, tag, mrs, support):
    """Issue 2, deliverable 7: nothing typed is ever lost on an error; a password is never sent back (G26)."""
    wholesale, recurrent = group("Wholesale"), tag("RECURRENT")
    answer = client.post(
        ADD,
        new(
            first_name="R2D2",
            title=mrs.pk,
            password="secret-word",
            birthday_day="31",
            birthday_month="2",
            active=None,
            newsletter="on",
            newsletter_ground="Asked at the till",
            groups=[wholesale.pk],
            default_group=wholesale.pk,
            note="A “note” <b>",
            sales_agent=support.pk,
            phone="+33 1",
            company="Zeta",
            tags=[recurrent.pk],
            language="ro",
            external_id="X",
        ),
    )
    page = read(answer).one("form", "form")
    values = {
        one["name"]: one.get("value")
        for one in page.all("input")
        if one.get("type") in ("text", "email", "tel")
    }
    assert values == {
        "last_name": "Byron",
        "first_name": "R2D2",
        "email": "ada@shop.example",
        "newsletter_ground": "Asked at the till",
        "partner_offers_ground": "",
        "phone": "+33 1",
        "company": "Zeta",
        "external_id": "X",
    }
    chosen = {
        select["name"]: [one["value"] for one in select.all("option") if one.has("selected")]
        for select in page.all("select")
    }
    assert chosen == {
        "birthday_day": ["31"],
        "birthday_month": ["2"],
        "birthday_year": [""],
        "default_group": [str(wholesale.pk)],
        "sales_agent": [str(support.pk)],
        "language": ["ro"],
    }
    ticked = [(one["name"], one.get("value")) for one in page.all("input") if one.has("checked")]
    assert ticked == [
        ("title", str(mrs.pk)),
        ("newsletter", ""),
        ("groups", str(wholesale.pk)),
        ("tags", str(recurrent.pk)),
    ]
    assert page.one("textarea", name="note").text == "A “note” <b>"
    assert "secret-word" not in answer.content.decode()


def test_faults_stand_in_a_summary_with_links_and_at_their_fields(client, new):
    """Design: errors at the field and a summary with links at the top, focus moved there."""
    page = read(client.post(ADD, new(first_name="R2D2", email="john", groups=None)))
    summary = page.one("div", "summary")
    assert summary.has("data-errors")
    assert summary["tabindex"] == "-1"
    ids = {one["id"] for one in page.walk() if one.has("id")}
    links = {link.text: link["href"] for link in summary.all("a")}
    assert list(links) == ["First name", "E-mail address", "Groups"]
    assert all(href.removeprefix("#") in ids for href in links.values())
    field = page.one("input", name="first_name")
    assert field["aria-invalid"] == "true"
    assert "Names can't contain digits." in page.one(id=field["aria-describedby"].split()[-1]).text


def test_extra_fields_in_the_body_change_nothing(client, new, customer):
    """G30: mass assignment."""
    other = customer()
    answer = client.post(
        ADD,
        new(
            id=other.pk,
            pk=other.pk,
            deleted="on",
            deleted_at="2020-01-01",
            is_staff="on",
            is_superuser="on",
            total_spent="1000",
            figures="1",
            created_email="evil@shop.example",
            registered_at="1999-01-01",
            date_add="1999-01-01",
            password_changed_at="1999-01-01",
            newsletter_at="1999-01-01",
            country="XX",
            email_key="evil@shop.example",
            search_text="evil",
        ),
    )
    made = ada()
    assert answer.status_code == 302
    assert made.pk != other.pk
    assert (made.deleted, made.created_email, made.country, made.newsletter_at) == (
        False,
        made.email,
        "",
        None,
    )
    assert made.registered_at.year >= 2025
    assert (made.email_key, made.figures.total_spent) == ("ada@shop.example", 0)
    assert "evil" not in made.search_text


@pytest.mark.parametrize(
    "name", ["first_name", "last_name", "email", "note", "phone", "company", "external_id", "sales_agent"]
)
def test_a_nul_byte_is_told_at_its_field_and_nothing_typed_is_lost(client, new, name):
    """Issue 2, bad input: no database stores it; the form is not lost over it."""
    answer = client.post(ADD, new(**{"note": "Rings twice", name: "a\0b"}))
    assert answer.status_code == 200
    assert faults(answer) == {name: ["Null characters are not allowed."]}
    if name != "note":
        assert read(answer).one("textarea", name="note").text == "Rings twice"
    assert Customer.objects.count() == 0


@pytest.mark.parametrize("name", ["back", "a\0b"])
def test_a_nul_byte_that_nobody_can_have_typed_is_a_bad_request(client, new, name):
    """Issue 2, bad input: status 400."""
    assert client.post(ADD, new(**{name: "a\0b"})).status_code == 400
