"""Adding a customer: the form of the first seeds, its labels, its faults, and what it writes."""

import datetime as dt

from django.contrib.auth.hashers import check_password

from customers.models import Consent, Customer
from tests.reading import faults, read

ADD = "/customers/add/"


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
        "no_email",
        "birthday_day",
        "birthday_month",
        "birthday_year",
        "active",
        "newsletter",
        "newsletter_ground",
        "partner_offers",
        "partner_offers_ground",
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
        "Default group",
        "Groups *",
    ):
        assert label in labels, label
    assert page.one("p", "legend-line").text == "* Required field"
    assert [button.text for button in page.one("div", "save-bar").all("button")] == ["Save", "Save and stay"]


def test_the_help_texts_are_the_seeds(form):
    """S0.26, S0.30–S0.32, S0.34, S0.37."""
    text = form().text
    for help_text in (
        "5 characters min., only letters, numbers, or -_ are enough; 12 or more are safer",
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


def test_a_password_is_asked_for_again_where_only_the_service_found_a_fault(
    client, new, customer, monkeypatch
):
    """G26; D-34: the other one took the address after the form was checked."""
    customer(email="ada@shop.example")
    monkeypatch.setattr("customers.forms.customer.refuse_taken", lambda *args, **kwargs: None)
    answer = client.post(ADD, new())
    assert list(faults(answer)) == ["email"]
    assert "Please type the password again." in read(answer).text
