"""Fields that staff declare themselves stand wherever declared fields stand (S4.23, decision 52)."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.records.actors import Actor, Door
from customers import services
from customers.importing.importer import CustomerImport
from customers.models import Customer, CustomValue
from tests.customers.custom_fields import column, found, give, now
from tests.reading import List, filled, history, read

# By kind: what is typed, what is stored, in words, in a file, and a value that sorts before it.
SAMPLES = {
    "text": ("GOLD 7", "GOLD 7", "GOLD 7", "GOLD 7", "Blue 1"),
    "long_text": ("Two lines\nof it", "Two lines\nof it", "Two lines of it", "Two lines\nof it", "A line"),
    "number": ("42", 42, "42", "42", 7),
    "amount": ("12.50", Decimal("12.50"), "€12.50", "12.50", Decimal("7.00")),
    "day": ("2026-03-09", dt.date(2026, 3, 9), "9 Mar 2026", "2026-03-09", dt.date(2001, 1, 2)),
    "yes_no": ("on", True, "Yes", "1", None),
    "choice": ("Red", "Red", "Red", "Red", "Green"),
}


@pytest.fixture
def take_in(shop, written):
    """`take_in("E-mail;…")` imports this text: the numbers of rows added, changed, unchanged, refused."""

    def take_in(text: str) -> tuple[int, ...]:
        report = CustomerImport(written(text)).run(
            by=Actor(staff=None, door=Door.IMPORT), tell=lambda fault: None
        )
        return report.created, report.updated, report.unchanged, report.refused

    return take_in


@pytest.fixture(params=SAMPLES)
def field(request, custom_field):
    """A field of each kind, called Zigzag."""
    return custom_field(
        "Zigzag", kind=request.param, choices="Red\nGreen" if request.param == "choice" else ""
    )


@pytest.fixture
def sample(field):
    return SAMPLES[field.kind]


@pytest.fixture
def name(field):
    return f"custom_{field.pk}"


def test_typed_it_is_stored_told_on_the_page_in_the_history_and_can_be_put_back(
    client, customer, typed, field, name, sample
):
    john = customer()
    address = f"/customers/{john.pk}/edit/"
    data = typed(address, **{name: sample[0]})
    for part in ("_day", "_month", "_year"):
        data.pop(f"{name}{part}", None)
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert now(john).custom == {name: sample[1]}
    page = read(client.get(f"/customers/{john.pk}/"))
    facts = dict(zip((one.text for one in page.all("dt")), (one.text for one in page.all("dd")), strict=True))
    assert facts["Zigzag"] == sample[2]
    answer = client.get(f"/customers/{john.pk}/history/")
    before = "No" if field.kind == "yes_no" else "not set"
    assert history(answer)[0].fields["Zigzag"] == (before, sample[2])
    put_back = next(
        form
        for form in read(answer).all("form")
        if "put-back" in form.get("action") and name in str(form.element.html)
    )
    answer = client.post(put_back["action"], {"field": name, "version": now(john).version})
    assert answer.status_code == 302
    assert now(john).custom == {}


@pytest.fixture
def three(customer, name, sample):
    """Ann with the value, Bea with one that sorts before it, Cyd with none."""
    people = [customer(first_name=first) for first in ("Ann", "Bea", "Cyd")]
    give(people[0], name, sample[1])
    if sample[4] is not None:
        give(people[1], name, sample[4])
    return people


def test_it_is_a_column_of_the_list_that_sorts_with_who_has_none_last_both_ways(
    client, choose, three, name, sample
):
    choose("first_name", name)
    some = ["Ann", "Bea"] if sample[4] is not None else ["Ann"]
    others = [one for one in ("Cyd", "Bea", "Ann") if one not in some]
    assert found(client, f"sort=-{name}") == [*some, *others]
    assert found(client, f"sort={name}") == [*some[::-1], *others[::-1]]
    shown = column(client, f"sort=-{name}", 1)
    assert shown[0] in (sample[2], "") or sample[2] == "Yes"


def asked(name: str, kind: str) -> dict[str, list[str]]:
    """Questions of the list by that field, with who answers them."""
    none = {f"{name}_is=none": ["Cyd"], f"{name}_is=known": ["Bea", "Ann"]}
    return {
        "text": {f"{name}=gold": ["Ann"], f"{name}=bl": ["Bea"], f"{name}=zzz": [], **none},
        "long_text": {f"{name}=lines": ["Ann"], f"{name}=a": ["Bea"], **none},
        "number": {
            f"{name}_min=8": ["Ann"],
            f"{name}_max=7": ["Bea"],
            f"{name}_min=7&{name}_max=42": ["Bea", "Ann"],
            **none,
        },
        "amount": {f"{name}_min=12.50": ["Ann"], f"{name}_max=12.49": ["Bea"], **none},
        "day": {f"{name}_after=2026-03-09": ["Ann"], f"{name}_before=2026-03-08": ["Bea"], **none},
        "yes_no": {f"{name}=true": ["Ann"], f"{name}=false": ["Cyd", "Bea"]},
        "choice": {f"{name}=Red": ["Ann"], f"{name}=Green": ["Bea"], **none},
    }[kind]


def test_the_list_is_filtered_by_it(client, choose, three, field, name):
    choose("first_name", "id")
    for query, whom in asked(name, field.kind).items():
        assert found(client, f"{query}&sort=-id") == whom, query
        assert sorted(found(client, f"{query}&sort=-{name}")) == sorted(whom), query


def test_it_goes_into_files_and_comes_back_in(client, choose, three, field, name, sample, take_in):
    choose("first_name", "email", name)
    answer = client.get(f"/customers/export/?sort=-{name}")
    header, *rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()), delimiter=";")
    assert header[:4] == ["ID", "First name", "E-mail", "Zigzag"]
    assert rows[0][1:4] == ["Ann", three[0].email, sample[3]]
    assert [row[1] for row in rows][-1] == ("Cyd" if sample[4] is not None else "Bea")
    cell = sample[3].replace("\n", " ")
    outcome = take_in(
        f"E-mail;Last name;First name;Zigzag\n{three[2].email};DOE;Cyd;{cell}\nnew@shop.example;Lund;Zoë;{cell}\n"
    )
    assert outcome == (1, 1, 0, 0)
    value = sample[1] if field.kind != "long_text" else cell
    assert now(three[2]).custom == {name: value}
    assert Customer.objects.get(email_key="new@shop.example").custom == {name: value}


def test_a_wrong_cell_of_it_is_refused_with_its_reason(custom_field, customer, take_in):
    custom_field("Shoe size", kind="number")
    outcome = take_in("E-mail;Last name;First name;Shoe size\nada@shop.example;Byron;Ada;big\n")
    assert outcome == (0, 0, 0, 1)
    assert not Customer.objects.filter(email_key="ada@shop.example").exists()


def test_deleting_a_customer_for_good_takes_the_values_and_leaves_their_history(
    customer, field, name, sample
):
    john = customer()
    give(john, name, sample[1])
    services.remove_customer(john, by=Actor.command())
    assert not CustomValue.objects.exists()
    assert [row.history_type for row in CustomValue.history.order_by("history_id")] == ["+", "-"]


def test_a_retired_field_is_offered_nowhere_and_keeps_its_values(client, customer, field, name, sample):
    john = customer()
    give(john, name, sample[1])
    client.post(f"/fields/{field.pk}/toggle/active/", {"value": "false"})
    assert name not in client.get(f"/customers/{john.pk}/edit/").content.decode()
    assert all(one.text != "Zigzag" for one in read(client.get(f"/customers/{john.pk}/")).all("dt"))
    assert "Zigzag" in history(client.get(f"/customers/{john.pk}/history/"))[0].fields
    assert "put-back" not in client.get(f"/customers/{john.pk}/history/").content.decode()
    assert name not in client.get("/customers/").content.decode()
    assert now(john).custom == {name: sample[1]}
    client.post(f"/fields/{field.pk}/toggle/active/", {"value": "true"})
    assert "Zigzag" in read(client.get(f"/customers/{john.pk}/")).text


def test_every_process_sees_a_new_field_at_once_and_the_list_asks_for_it_without_a_query(
    client, custom_field, customer, choose
):
    """What is declared is known by a counter that the list reads anyway."""
    customer()
    client.get("/customers/")
    with CaptureQueriesContext(connection) as before:
        client.get("/customers/")
    made = custom_field("Zigzag", kind="number")
    assert f"custom_{made.pk}_min" in client.get("/customers/?more=open").content.decode()
    with CaptureQueriesContext(connection) as after:
        client.get("/customers/")
    assert len(after) == len(before)
    services.save_custom_field(made, {"name": "Waltz"}, by=Actor.command())
    choose("first_name", f"custom_{made.pk}")
    assert List(client.get("/customers/")).titles == ["First name", "Waltz"]


def test_a_field_is_called_by_its_name_in_the_readers_language(client_of, hire, custom_field, customer):
    made = custom_field("Shoe size", kind="number", name_pl="Rozmiar buta")
    john = customer()
    give(john, f"custom_{made.pk}", 42)
    page = client_of(hire("support", language="pl")).get(f"/customers/{john.pk}/")
    assert "Rozmiar buta" in [one.text for one in read(page).all("dt")]


def test_fields_stand_in_the_order_of_their_positions(client, custom_field, shop):
    custom_field("Second", position=20)
    custom_field("First", position=10)
    custom_field("Third", position=30)
    labels = [one.text for one in read(client.get("/customers/add/")).all("label")]
    assert labels[-3:] == ["First", "Second", "Third"]


def test_a_required_field_is_starred_asked_for_and_needed_by_files(
    client, custom_field, customer, new, take_in
):
    """S0.16: one setting for all doors; the field stands among those that can be required."""
    name, john = f"custom_{custom_field('Shoe size', kind='number').pk}", customer()
    client.post("/customers/required-fields/", {"fields": [name]})
    assert read(client.get("/customers/required-fields/")).one("input", value=name).has("checked")
    answer = client.post("/customers/add/", new())
    assert answer.context["form"].errors[name] == ["The settings of this shop require this."]
    row = "E-mail;Last name;First name;Shoe size\nada@shop.example;Byron;Ada;{}\n"
    assert take_in(row.format("")) == (0, 0, 0, 1)
    assert take_in(row.format("0")) == (1, 0, 0, 0)
    give(john, name, 42)
    assert client.post(f"/customers/{john.pk}/edit/", {name: ""}).context["form"].errors[name]


def test_a_required_field_that_was_retired_keeps_nobody_out(client, custom_field, new, take_in):
    made = custom_field("Shoe size", kind="number")
    client.post("/customers/required-fields/", {"fields": [f"custom_{made.pk}"]})
    services.use_custom_field(made, "active", False, by=Actor.command())
    assert client.post("/customers/add/", new()).status_code == 302
    assert take_in("E-mail;Last name;First name\nbea@shop.example;Byron;Bea\n") == (1, 0, 0, 0)


def test_of_two_who_saved_it_at_once_the_second_chooses(client, customer, typed, custom_field):
    name = f"custom_{custom_field('Zigzag').pk}"
    john = customer()
    give(john, name, "old")
    address = f"/customers/{john.pk}/edit/"
    mine = typed(address, **{name: "mine"})
    give(john, name, "theirs")
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert [(one["label"], one["theirs"], one["yours"]) for one in answer.context["fields"]] == [
        ("Zigzag", "theirs", "mine")
    ]
    data = {**mine, "version": answer.context["version"], f"use_{name}": "yours"}
    assert client.post(address, data).status_code == 302
    assert now(john).custom == {name: "mine"}


def test_a_box_that_neither_ticked_is_nothing_to_choose(client, customer, typed, custom_field):
    """Trial of custom fields, 2: nothing stored and no tick are the same "no"."""
    vip, card = custom_field("VIP", kind="yes_no"), f"custom_{custom_field('Card').pk}"
    john = customer()
    address = f"/customers/{john.pk}/edit/"
    mine = typed(address, **{card: "mine"})
    give(john, card, "theirs")
    answer = client.post(address, mine)
    assert [one["label"] for one in answer.context["fields"]] == ["Card"]
    ticked = client.post(address, {**mine, f"custom_{vip.pk}": "on"})
    assert {one["label"]: (one["theirs"], one["yours"]) for one in ticked.context["fields"]} == {
        "VIP": ("No", "Yes"),
        "Card": ("theirs", "mine"),
    }


@pytest.mark.parametrize(
    ("typed_day", "told"),
    [
        ("1900-01-01", ""),
        ("2076-12-31", ""),
        ("1899-12-31", "The year has to be between 1900 and 2076."),
        ("2077-01-01", "The year has to be between 1900 and 2076."),
    ],
)
@time_machine.travel("2026-05-03T10:00:00Z", tick=False)
def test_a_day_may_lie_ahead(client, customer, typed, custom_field, take_in, typed_day, told):
    """Trial of custom fields, 3: "Card valid until" could not be said; its years were those of a birthday."""
    name, john = f"custom_{custom_field('Valid until', kind='day').pk}", customer()
    address = f"/customers/{john.pk}/edit/"
    assert read(client.get(address)).one("input", name=name)["type"] == "date"
    answer = client.post(address, typed(address, **{name: typed_day}))
    if told:
        assert answer.context["form"].errors == {name: [told]}
    else:
        assert now(john).custom == {name: dt.date.fromisoformat(typed_day)}
    row = f"E-mail;Last name;First name;Valid until\nada@shop.example;Byron;Ada;{typed_day}\n"
    assert take_in(row) == ((0, 0, 0, 1) if told else (1, 0, 0, 0))


def test_what_a_form_changed_in_it_can_be_taken_back_and_not_over_a_later_change(
    client, customer, typed, custom_field
):
    """U11, decision 42."""
    name = f"custom_{custom_field('Zigzag').pk}"
    john = customer()
    give(john, name, "old")
    address = f"/customers/{john.pk}/edit/"
    undo = []
    for value in ("new", "newer"):
        answer = client.post(address, typed(address, **{name: value}))
        page = read(client.get(answer["Location"]))
        undo.append(page.all("div", "toast")[-1].all("form")[0]["action"])
    client.post(undo[0])
    assert now(john).custom == {name: "newer"}
    client.post(undo[1])
    assert now(john).custom == {name: "new"}


def test_a_choice_that_is_offered_no_more_is_kept_by_who_has_it(
    client, customer, typed, custom_field, take_in
):
    """Decision 5: a value that is unchanged never blocks a save or a row."""
    made = custom_field("Colour", kind="choice", choices="Red\nGreen")
    name = f"custom_{made.pk}"
    john = customer(email="john@shop.example")
    give(john, name, "Red")
    services.save_custom_field(made, {"choices": "Green\nBlue"}, by=Actor.command())
    address = f"/customers/{john.pk}/edit/"
    assert client.post(address, typed(address, first_name="Jack")).status_code == 302
    assert now(john).custom == {name: "Red"}
    row = "E-mail;Last name;First name;Colour\n{};DOE;Jim;Red\n"
    assert take_in(row.format("john@shop.example")) == (0, 1, 0, 0)
    assert take_in(row.format("jim@shop.example")) == (0, 0, 0, 1)


def test_the_block_follows_who_the_customer_is_and_folds_a_long_text(client, custom_field, customer):
    """Trial of custom fields, 6: it came before the customer, and a long text stood there whole in half a column."""
    long, short = custom_field("Story", kind="long_text"), custom_field("Remark", kind="long_text")
    john = customer()
    give(john, f"custom_{long.pk}", "word " * 200 + "end")
    give(john, f"custom_{short.pk}", "Rings twice")
    page = read(client.get(f"/customers/{john.pk}/"))
    blocks = [one.get("id") for one in page.all("section", "panel")]
    assert blocks[blocks.index("identity") + 1] == "custom"
    block = page.one("section", id="custom")
    fold = block.one("details", "remark-fold")
    assert fold.one("span", "remark-beginning").text.endswith("…")
    assert fold.one("p", "prewrap").text.endswith("word end")
    assert [one.text for one in block.all("dd", "is-whole")][1] == "Rings twice"


def test_a_form_that_was_opened_before_a_field_was_there_leaves_it_alone(client, customer, custom_field):
    """Definitions change while forms are open: nobody empties what nobody has seen, a box neither."""
    card, vip = custom_field("Card"), custom_field("VIP", kind="yes_no")
    values = {f"custom_{card.pk}": "LC-1", f"custom_{vip.pk}": True}
    john = customer(**values)
    for field in (card, vip):
        services.use_custom_field(field, "active", False, by=Actor.command())
    address = f"/customers/{john.pk}/edit/"
    answer = client.get(address)
    data = {**filled(answer.context["form"]), "first_name": "Jack"}
    data |= {one["name"]: one["value"] for one in read(answer).all("input", name="custom")}
    for field in (card, vip):
        services.use_custom_field(field, "active", True, by=Actor.command())
    data = {name: value for name, value in data.items() if value is not None}
    assert client.post(address, data).status_code == 302
    assert (now(john).first_name, now(john).custom) == ("Jack", values)
