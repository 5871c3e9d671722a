"""Fields that staff declare: what their pages refuse, and what is retired instead of deleted (S4.23, decision 52)."""

import pytest

from customers.models import CustomField
from tests.customers.custom_fields import found, give
from tests.reading import read


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"name": "E-mail address"}, "name", "Customers have a field called “E-mail address” already."),
        (
            {"name": "Size", "name_pl": "Nazwisko"},
            "name",
            "Customers have a field called “Nazwisko” already.",
        ),
        ({"name": "shoe SIZE"}, "name", "“Shoe size” (ID 1) already has this name."),
        ({"name": "Colour", "kind": "choice", "choices": " \n"}, "choices", "Write at least one choice."),
        (
            {"name": "Since", "kind": "day", "in_search": "on"},
            "in_search",
            "Only texts, numbers and lists can be searched.",
        ),
    ],
)
def test_what_does_not_go_together_is_told_at_its_field(client, custom_field, typed, values, field, said):
    there = custom_field("Shoe size")
    answer = client.post("/fields/add/", typed("/fields/add/", **values))
    assert answer.status_code == 200
    assert answer.context["form"].errors[field] == [said.replace("ID 1", f"ID {there.pk}")]
    assert CustomField.objects.count() == 1


def test_the_type_stays_once_a_customer_has_a_value(client, custom_field, customer, typed):
    made = custom_field("Zigzag")
    address = f"/fields/{made.pk}/edit/"
    assert client.post(address, typed(address, kind="number")).status_code == 302
    give(customer(), f"custom_{made.pk}", 5)
    answer = client.post(address, typed(address, kind="text"))
    assert answer.context["form"].errors["kind"] == [
        "Customers have values in this field: its type can't be changed any more."
    ]


def test_a_field_that_is_declared_to_be_searched_is_found_by(client, choose, customer, custom_field):
    """Decision 52: in search or not."""
    choose("first_name")
    searched = custom_field("Loyalty card", in_search=True)
    number = custom_field("Member", kind="number", in_search=True)
    secret = custom_field("Secret")
    john, jane, other = customer(first_name="John"), customer(first_name="Jane"), customer(first_name="Tim")
    give(john, f"custom_{searched.pk}", "Złota 4711-08")
    give(jane, f"custom_{number.pk}", 998877)
    give(other, f"custom_{secret.pk}", "Złota")
    assert found(client, "q=zlota") == ["John"]
    assert found(client, "q=4711-08") == ["John"]
    assert found(client, "q=john zlota") == ["John"]
    assert found(client, "q=998877") == ["Jane"]
    assert "John DOE" in client.get("/search/?q=zlota").content.decode()


def test_who_may_not_change_settings_declares_no_field(client_of, support):
    client = client_of(support)
    assert client.post("/fields/add/", {"name": "Zigzag", "kind": "text"}).status_code == 403
    assert not CustomField.objects.exists()


def test_a_field_that_was_ever_used_is_retired_and_not_deleted(client, custom_field, customer):
    """History has the old values, and speaks of them by the field's name."""
    unused, used = custom_field("Unused"), custom_field("Used")
    john = customer()
    give(john, f"custom_{used.pk}", "x")
    give(john, f"custom_{used.pk}", "")
    for field in (unused, used):
        client.post(f"/fields/{field.pk}/delete/", {"way": "delete"})
    assert [field.name for field in CustomField.objects.all()] == ["Used"]


def test_a_field_is_retired_and_used_again_on_its_page(client, custom_field, customer, client_of, support):
    """Trial of custom fields, 4: "Retire it instead" was said where nobody could."""
    made = custom_field("Card")
    give(customer(), f"custom_{made.pk}", "x")
    page, doors = f"/fields/{made.pk}/", ("retire", "use-again")

    def offered(address: str, by=client) -> list[tuple[str, str]]:
        forms = read(by.get(address)).all("form")
        known = [f"{page}{door}/" for door in doors]
        return [(one["action"], one.one("button").text) for one in forms if one.get("action") in known]

    assert offered(page) == [(f"{page}retire/", "Retire")]
    assert offered(page, by=client_of(support)) == []
    assert offered(f"{page}delete/") == [(f"{page}retire/", "Retire")]
    answer = client.post(f"{page}retire/")
    assert "Card is retired; its values are kept." in read(client.get(answer["Location"])).text
    assert offered(page) == [(f"{page}use-again/", "Use again")]
    assert offered(f"{page}delete/") == []
    answer = client.post(f"{page}use-again/")
    assert "Card is in use again." in read(client.get(answer["Location"])).text
    assert CustomField.objects.get().active is True


def test_the_type_says_that_a_number_is_whole_and_so_does_its_filter(client, custom_field, customer):
    """Trial of custom fields, 5: "Number" did not say so, and the filter spoke as the library does."""
    name = f"custom_{custom_field('Shoe size', kind='number').pk}"
    kind = client.get("/fields/add/").context["form"]["kind"]
    assert dict(kind.field.choices)["number"] == "Whole number"
    assert kind.help_text.startswith("A whole number is 0 or more.")
    for query, told in (
        (f"{name}_min=-1", "At least 0, please."),
        (f"{name}_max=1.5", "Enter a whole number."),
    ):
        assert told in read(client.get(f"/customers/?{query}")).one("div", "notice-warn").text
