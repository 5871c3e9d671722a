"""Adding a customer: the form of the first seeds, its labels, its faults, and what it writes."""

import datetime as dt

import pytest
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from backoffice.actors import Actor
from customers import services
from customers.models import Consent, Customer
from tests.reading import faults, read

ADD = "/customers/add/"


@pytest.fixture
def form(client, shop):
    """The form as it stands on the page."""
    return lambda: read(client.get(ADD)).one("form", "form")


def ada():
    return Customer.objects.get(email="ada@shop.example")


def test_the_fields_stand_in_the_order_of_the_first_seed(form):
    """S0.21, decision 1: then note, sales agent, phone, company, tags."""
    names = [one["name"] for one in form().walk() if one.get("name") and one.get("type") != "hidden"]
    assert list(dict.fromkeys(names)) == [
        "title",
        "last_name",
        "first_name",
        "password",
        "email",
        "birthday_day",
        "birthday_month",
        "birthday_year",
        "active",
        "newsletter",
        "partner_offers",
        "default_group",
        "groups",
        "note",
        "sales_agent",
        "phone",
        "company",
        "language",
        "guest",
        "external_id",
        "stay",
    ]


def test_the_labels_are_the_seeds_with_a_star_where_required(form):
    """S0.22–S0.39, decision 2: labels, stars, the legend of the star, the button Save."""
    page = form()
    labels = [one.text for one in page.walk() if one.tag in ("label", "legend")]
    for label in (
        "Customer",
        "Gender",
        "Last name *",
        "First name *",
        "Password *",
        "E-mail address *",
        "Birthday",
        "Status",
        "Newsletter",
        "Opt-in",
        "Default group *",
        "Groups *",
    ):
        assert label in labels, label
    assert page.one("p", "legend-line").text == "* Required field"
    assert [button.text for button in page.one("div", "save-bar").all("button")] == ["Save", "Save and stay"]


def test_the_help_texts_are_the_seeds(form):
    """S0.26, S0.30–S0.32, S0.34, S0.37."""
    text = form().text
    for help_text in (
        "5 characters min., only letters, numbers, or -_",
        "Allow or disallow this customer to log in",
        "Customer will receive your newsletter via e-mail",
        "Customer will receive your ads via e-mail",
        "Apply non-cumulative rules (e.g., price, display method, reduction)",
        "Check all the box(es) of groups of which the customer is to be a member *",
    ):
        assert help_text in text


def test_gender_is_three_radio_buttons_male_female_unknown(form):
    """S0.22: Unknown is chosen at first."""
    page = form()
    radios = page.all("input", name="title", type="radio")
    words = {label["for"]: label.text for label in page.all("label") if label.has("for")}
    assert [words[radio["id"]] for radio in radios] == ["Male", "Female", "Unknown"]
    assert [radio["value"] for radio in radios if radio.has("checked")] == [""]


def test_birthday_is_three_drop_downs_each_with_a_dash(form):
    """S0.29: day, month, year; each with an empty choice "-"; years from this one back to 1900."""
    page = form()
    day, month, year = (page.one("select", name=f"birthday_{part}") for part in ("day", "month", "year"))
    assert [one.all("option")[0].text for one in (day, month, year)] == ["-", "-", "-"]
    assert [len(one.all("option")) for one in (day, month)] == [32, 13]
    assert month.all("option")[1].text == "January"
    years = [one["value"] for one in year.all("option")[1:]]
    assert (years[0], years[-1]) == (str(dt.date.today().year), "1900")
    assert [one["aria-label"] for one in (day, month, year)] == ["Day", "Month", "Year"]


def test_groups_are_a_table_of_check_boxes_with_id_and_name(form, group):
    """S0.33, S0.35, S0.36, S1.40: all groups with their ids, a box for all, Default chosen and ticked at first."""
    group("Belges cools")
    page = form()
    table = page.one("table", "check-table")
    assert [head.text for head in table.all("th")[1:]] == ["ID", "Group name"]
    assert table.all("th")[0].one("input")["aria-label"] == "Select all"
    rows = [[cell.text for cell in line.all("td")[1:]] for line in table.one("tbody").all("tr")]
    assert rows[0] == ["1", "Default"]
    assert rows[1][1] == "Belges cools"
    assert [box["value"] for box in table.all("input", name="groups") if box.has("checked")] == ["1"]
    default = page.one("select", name="default_group")
    assert [one.text for one in default.all("option") if one.has("selected")] == ["Default"]


def test_group_names_are_told_in_the_readers_language(client_of, hire, shop):
    """S1.40: 1 Défaut."""
    page = read(client_of(hire("owner", language="fr")).get(ADD))
    assert page.one("table", "check-table").one("tbody").one("tr").all("td")[2].text == "Défaut"
    assert page.one("select", name="default_group").one("option").text == "Défaut"


def test_a_customer_filled_in_whole_is_kept_whole(client, new, mr, group, tag, support):
    """S0.19–S0.41, S3.5–S3.13, decision 1: every field arrives."""
    wholesale, recurrent = group("Wholesale"), tag("RECURRENT")
    answer = client.post(
        ADD,
        new(
            title=mr.pk,
            birthday_day="15",
            birthday_month="1",
            birthday_year="1970",
            newsletter="on",
            partner_offers="on",
            groups=[1, wholesale.pk],
            default_group=wholesale.pk,
            note="Rings twice\nalways",
            sales_agent=support.pk,
            phone="+48 501 234 567",
            company="3M",
            tags=[recurrent.pk],
            language="pl",
            external_id="A-17",
        ),
    )
    made = ada()
    assert (answer.status_code, answer["Location"]) == (302, f"/customers/{made.pk}/")
    assert (made.title, made.last_name, made.first_name) == (mr, "Byron", "Ada")
    assert made.birthday == dt.date(1970, 1, 15)
    assert (made.active, made.newsletter, made.partner_offers, made.guest) == (True, True, True, False)
    assert (made.default_group, set(made.groups.values_list("pk", flat=True))) == (
        wholesale,
        {1, wholesale.pk},
    )
    assert (made.note, made.phone, made.company) == ("Rings twice\nalways", "+48 501 234 567", "3M")
    assert (made.sales_agent, made.language, made.external_id) == (support, "pl", "A-17")
    assert list(made.tags.all()) == [recurrent]
    assert check_password("12345", made.password)
    assert made.created_email == made.email  # S3.31
    assert made.figures.orders_count == 0  # decision 39: everybody has a row of figures


def test_the_page_says_who_was_added_and_lists_them_at_once(client, new, shop):
    """S0.6, D-59."""
    page = read(client.post(ADD, new(), follow=True))
    assert page.one("div", "toast").one("p").text == "Ada Byron added."
    assert "Ada" in client.get("/customers/").content.decode()


def test_save_and_stay_stays_on_the_form(client, new, shop):
    """Design: Save and Save-and-stay."""
    assert client.post(ADD, new(stay="1"))["Location"] == f"/customers/{ada().pk}/edit/"


def test_adding_writes_history_consents_and_counts(client, new, owner, group, counted_right):
    """Decisions 9, 28, 39, D-50: who did it, by which door; each consent with its ground; every counter moved."""
    loyal = group("Loyalty")
    client.post(ADD, new(newsletter="on", groups=[1, loyal.pk]), REMOTE_ADDR="203.0.113.7")
    made = ada()
    row = made.history.get()
    assert (row.history_type, row.history_user, row.door, row.ip) == ("+", owner, "page", "203.0.113.7")
    consent = Consent.objects.get()
    assert (consent.customer, consent.kind, consent.given) == (made, "newsletter", True)
    assert (consent.ground, consent.staff, consent.door, consent.ip) == (
        "not stated",
        owner,
        "page",
        "203.0.113.7",
    )
    assert made.newsletter_at is not None
    counted_right()


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
        ("first_name", "R2D2", "A name has no digits."),
        ("last_name", "-", "A name needs at least one letter."),
        ("last_name", "<b>Bob</b>", "A name has none of these characters: < > { } ="),
        ("first_name", "www.shop", "A name holds no web address (www, http)."),
        ("email", "john", "This is no e-mail address: write it like name@example.com."),
        ("company", "{Acme}", "A name has none of these characters: < > { } ="),
    ],
)
def test_what_breaks_a_rule_is_told_at_its_field_in_a_sentence(client, new, field, value, told):
    """Decisions 3, 4, 6; D-28."""
    assert faults(client.post(ADD, new(**{field: value}))) == {field: [told]}


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


@pytest.mark.parametrize("email", ["pub@prestashop.com", "PUB@PrestaShop.com"])
def test_an_address_that_is_taken_names_who_has_it(client, new, customer, email):
    """Decision 4, D-34, D-74: one registered account per address, case-insensitive; say who holds it."""
    john = customer(email="pub@prestashop.com")
    told = faults(client.post(ADD, new(email=email)))
    assert told == {"email": [f"John DOE (ID {john.pk}) has an account with this address already."]}


def test_the_address_of_somebody_deleted_stays_taken_and_that_of_somebody_removed_is_free(
    client, new, customer
):
    """Decision 4: soft-deleted "may not register again" ones included; facts 2.7."""
    john = customer(email="pub@prestashop.com")
    services.hide_customer(john, by=Actor.command())
    assert "email" in faults(client.post(ADD, new(email="pub@prestashop.com")))
    services.remove_customer(john, by=Actor.command())
    assert client.post(ADD, new(email="pub@prestashop.com")).status_code == 302


def test_guests_share_addresses_and_need_no_password(client, new, customer):
    """Decision 4, D-31: guests may share an address with each other and with an account."""
    customer(email="pub@prestashop.com")
    for _ in range(2):
        answer = client.post(ADD, new(email="pub@prestashop.com", guest="on", password=None))
        assert answer.status_code == 302
    assert Customer.objects.filter(email="pub@prestashop.com", guest=True).count() == 2


def test_a_password_typed_for_a_guest_is_not_kept(client, new):
    """Facts: a guest never logs in, so there is nothing to log in with."""
    client.post(ADD, new(guest="on", password="12345"))
    assert ada().password == ""


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
        ({"birthday": "2999-01-01"}, "A birthday does not lie in the future."),
        ({"birthday": "1899-12-31"}, "A birthday is not before 1900."),
        ({"birthday": "0000-00-00"}, "There is no such day."),
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
    assert "A name has no digits." in page.one(id=field["aria-describedby"].split()[-1]).text


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


def test_b2b_fields_are_there_only_with_b2b_on(client, form, options, new):
    """S4.52–S4.60: six more fields with their four risk ratings; hidden ones are not written either (G30)."""
    b2b = ["siret", "ape", "website", "outstanding_allowance", "max_payment_days", "risk"]
    assert [one["name"] for one in form().walk() if one.get("name") in b2b] == []
    client.post(ADD, new(siret="12345", risk="high"))
    assert (ada().siret, ada().risk) == ("", "none")
    options(b2b=True)
    page = form()
    assert [one["name"] for one in page.walk() if one.get("name") in b2b] == b2b
    assert [one.text for one in page.one("select", name="risk").all("option")] == [
        "None",
        "Low",
        "Medium",
        "High",
    ]


def test_a_company_buys_on_credit(client, new, options):
    """S4.54–S4.60, decision 7: any value of an id up to 32 characters is saved."""
    options(b2b=True)
    client.post(
        ADD,
        new(
            company="Acme sp. z o.o.",
            siret="not a REGON at all",
            ape="62.01Z",
            website="https://acme.example",
            outstanding_allowance="1000.00",
            max_payment_days="30",
            risk="medium",
        ),
    )
    made = ada()
    assert (made.company, made.siret, made.ape) == ("Acme sp. z o.o.", "not a REGON at all", "62.01Z")
    assert (made.website, made.outstanding_allowance, made.max_payment_days) == (
        "https://acme.example",
        1000,
        30,
    )
    assert made.risk == "medium"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("outstanding_allowance", "-1"),
        ("outstanding_allowance", "NaN"),
        ("outstanding_allowance", "1e20"),
        ("outstanding_allowance", "0.001"),
        ("max_payment_days", "-1"),
        ("max_payment_days", "2147483648"),
        ("max_payment_days", "soon"),
        ("risk", "extreme"),
        ("siret", "x" * 33),
    ],
)
def test_credit_that_is_none_is_told(client, new, options, field, value):
    """S4.58, S4.59; issue 2, bad input."""
    options(b2b=True)
    assert list(faults(client.post(ADD, new(**{field: value})))) == [field]


def test_a_shop_that_asks_for_no_birthday_has_no_such_field(client, form, options, new):
    """S4.43: field gone from the form when off, and not written by force."""
    options(ask_birthday=False)
    assert form().all("select", name="birthday_day") == []
    client.post(ADD, new(birthday="1970-01-15"))
    assert ada().birthday is None


def test_consents_the_shop_does_not_offer_cannot_be_given(client, form, options, new):
    """Options of facts 5: the field is there, and cannot be switched on."""
    options(newsletter_offered=False, partner_offers_offered=False)
    assert form().one("input", name="newsletter").has("disabled")
    client.post(ADD, new(newsletter="on", partner_offers="on"))
    assert (ada().newsletter, ada().partner_offers) == (False, False)


def test_a_shop_without_guests_has_no_guest_box(client, form, options, new):
    """Options of facts 5."""
    options(guest_accounts=False)
    assert form().all("input", name="guest") == []
    assert "password" in faults(client.post(ADD, new(guest="on", password=None)))


def test_new_accounts_get_the_group_the_shop_chose(client, form, options, group):
    """Decision 8."""
    wholesale = group("Wholesale")
    options(new_accounts_group=wholesale.pk)
    page = form()
    assert [
        one.text for one in page.one("select", name="default_group").all("option") if one.has("selected")
    ] == ["Wholesale"]
    assert [box["value"] for box in page.all("input", name="groups") if box.has("checked")] == [
        str(wholesale.pk)
    ]


def test_agents_who_left_are_not_offered(form, support):
    """S3.9: attribute sales agents, of those who still work here."""
    assert "Support" in [one.text for one in form().one("select", name="sales_agent").all("option")]
    support.is_active = False
    support.save()
    assert "Support" not in [one.text for one in form().one("select", name="sales_agent").all("option")]


@pytest.mark.parametrize("role", ["marketing", "viewer"])
def test_who_may_not_add_people_is_refused(client_of, hire, shop, role):
    """Decisions, rights."""
    client = client_of(hire(role))
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {}).status_code == 403
