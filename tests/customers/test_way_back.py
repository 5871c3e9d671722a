"""The way back from a form to the list it was entered from, and from what the form changed (U11, S4.94)."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from backoffice.lists.page import ListPage
from backoffice.models import Event, Job
from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer
from customers.options import customer_options
from tests.reading import filled, read

pytestmark = pytest.mark.alike

LIST = "/customers/?first_name=john&sort=age"


@pytest.fixture
def edit(client):
    """`edit(customer, came_from=LIST, last_name="Poe")` opens the form from that page, and saves it."""

    def edit(customer, came_from=LIST, **changed):
        address = f"/customers/{customer.pk}/edit/"
        opened = client.get(address, headers={"referer": f"http://testserver{came_from}"})
        hidden = read(opened).one("form", "form").all("input", type="hidden")
        carried = {one["name"]: one["value"] for one in hidden if one["name"] in ("back", "then")}
        return client.post(address, {**filled(opened.context["form"]), **carried, **changed})

    return edit


@pytest.fixture
def toast(client):
    """What the message says on the page an answer leads to, and the address of its Undo ("" without)."""

    def toast(answer):
        box = read(client.get(answer["Location"])).all("div", "toast")[-1]
        undo = box.all("form")
        return box.one("p").text, undo[0]["action"] if undo else ""

    return toast


def now(customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def test_saving_leads_back_to_where_editing_began(edit, customer):
    """U11: to the row in the list as it was, or to the file as it was opened from there."""
    made = customer()
    row = f"{LIST}#row-{made.pk}"
    assert edit(made, phone="1")["Location"] == row
    assert edit(made, came_from="/customers/", phone="2")["Location"] == f"/customers/#row-{made.pk}"
    assert edit(made, came_from=f"/customers/{made.pk}/", phone="3")["Location"] == f"/customers/{made.pk}/"
    assert edit(made, came_from="/groups/", phone="4")["Location"] == f"/customers/{made.pk}/"
    for page in ("https://evil.example/customers/", "//evil.example/customers/"):
        assert edit(made, back=page, then="")["Location"] == f"/customers/{made.pk}/"


def test_the_list_has_a_row_of_that_name(client, customer):
    """U11: without scripts the browser goes there by itself."""
    made = customer(first_name="John")
    rows = read(client.get(LIST)).one("tbody").all("tr")
    assert [row["id"] for row in rows] == [f"row-{made.pk}"]


def test_saving_and_staying_keeps_the_way_back(edit, client, customer):
    """U11: whoever stays first goes back to the row afterwards; Cancel does the same."""
    made = customer()
    stayed = edit(made, phone="1", stay="1")["Location"]
    assert stayed.startswith(f"/customers/{made.pk}/edit/?")
    page = read(client.get(stayed))
    kept = {one["name"]: one["value"] for one in page.one("form", "form").all("input", type="hidden")}
    assert (kept["back"], kept["then"]) == (LIST, "list")
    cancel = page.one("div", "save-bar").one("a")
    assert (cancel.text, cancel["href"]) == ("Cancel", f"{LIST}#row-{made.pk}")


def test_a_fault_and_a_conflict_keep_the_way_back(edit, client, customer):
    """U11: what comes between does not lose it."""
    made = customer()
    page = read(edit(made, last_name=""))
    assert page.one("input", name="then")["value"] == "list"
    services.edit_customer(made, {"last_name": "Roe"}, by=Actor.command())
    page = read(edit(made, last_name="Poe", version="1"))
    assert page.one("input", name="then")["value"] == "list"
    assert page.one("div", "save-bar").one("a")["href"] == f"{LIST}#row-{made.pk}"


def test_who_is_no_longer_in_the_list_is_said_to_be_so(edit, toast, customer):
    """U11: nobody is led to a row that is not there, or left to look for it."""
    made = customer(first_name="John", last_name="DOE")
    answer = edit(made, first_name="Ada")
    assert toast(answer)[0] == "Ada DOE saved. It no longer matches the filters of the list."
    for number in range(20):
        customer(first_name="Ada", last_name=f"Byron {'ABCDEFGHIJKLMNOPQRSTU'[number]}")
    answer = edit(made, came_from="/customers/?sort=last_name&per_page=20", last_name="Zoe")
    assert toast(answer)[0] == "Ada Zoe saved. It is on another page of the list now."
    answer = edit(made, came_from="/customers/?sort=-last_name&per_page=20", last_name="Zoë")
    assert toast(answer)[0] == "Ada Zoë saved."


def test_a_list_that_takes_too_long_does_not_take_the_word_away(edit, toast, customer, monkeypatch):
    """U11: what is saved is saved, and said to be so, whatever the list behind it costs."""

    def refuse(page):
        raise OperationalError("canceling statement due to statement timeout")

    made = customer(first_name="John", last_name="DOE")
    with monkeypatch.context() as slow:
        slow.setattr(ListPage, "records", property(refuse))
        answer = edit(made, phone="1")
    assert (toast(answer)[0], now(made).phone) == ("John DOE saved.", "1")


def test_saving_what_was_not_changed_says_so(edit, toast, customer, tag):
    """U11: nothing was saved, and there is nothing to undo."""
    made = customer(tags=[tag("PROBLEM")])
    assert toast(edit(made)) == ("No changes.", "")
    assert (now(made).version, Job.objects.count()) == (made.version, 0)


def test_what_the_form_changed_is_taken_back(
    edit, client, toast, customer, group, tag, mr, mrs, counted_right
):
    """U11, design: fields, one of a list and lists alike, with history; all else stays."""
    wholesale, loyal, problem = group("Wholesale"), group("Loyalty"), tag("PROBLEM")
    made = customer(
        first_name="John", last_name="DOE", title=mr, groups=[wholesale], tags=[problem], newsletter=True
    )
    answer = edit(
        made,
        last_name="Poe",
        title=mrs.pk,
        groups=[loyal.pk],
        default_group=loyal.pk,
        tags=[],
        newsletter="",
    )
    said, undo = toast(answer)
    assert said == "John Poe saved."
    assert (now(made).last_name, list(now(made).groups.all()), now(made).newsletter) == (
        "Poe",
        [loyal],
        False,
    )
    answer = client.post(undo)
    assert answer["Location"] == f"{LIST}#row-{made.pk}"
    assert toast(answer) == ("Undone: changes to John DOE.", "")
    back = now(made)
    assert (back.last_name, back.title, back.default_group, back.newsletter) == ("DOE", mr, wholesale, True)
    assert (list(back.groups.all()), list(back.tags.all())) == ([wholesale], [problem])
    assert made.history.latest().last_name == "DOE"
    counted_right()


def test_undo_on_the_file_stays_on_the_file(edit, client, toast, customer):
    """U11: one way, back to where it was pressed."""
    made = customer(last_name="DOE")
    file = f"/customers/{made.pk}/"
    undo = toast(edit(made, came_from=file, last_name="Poe"))[1]
    answer = client.post(undo, headers={"referer": f"http://testserver{file}?back=%2Fcustomers%2F"})
    assert answer["Location"] == f"{file}?back=%2Fcustomers%2F"
    assert now(made).last_name == "DOE"


def test_what_somebody_changed_since_stays_and_is_listed(edit, client, toast, customer, group):
    """Decision 42: of one who was changed again in the same field nothing is taken back; in another one, it is."""
    made = customer(last_name="DOE")
    undo = toast(edit(made, last_name="Poe"))[1]
    services.edit_customer(made, {"last_name": "Roe"}, by=Actor.command())
    page = client.get(client.post(undo)["Location"]).text
    assert "They have been changed since, or no longer exist." in page
    assert now(made).last_name == "Roe"
    undo = toast(edit(made, last_name="Zoe"))[1]
    services.edit_customer(made, {"company": "Zoe Ltd"}, by=Actor.command())
    client.post(undo)
    assert (now(made).last_name, now(made).company) == ("Roe", "Zoe Ltd")
    undo = toast(edit(made, groups=[made.default_group_id, group("Wholesale").pk]))[1]
    services.edit_customer(made, {"groups": [made.default_group]}, by=Actor.command())
    assert "changed since" in client.get(client.post(undo)["Location"]).text


def test_what_cannot_be_put_back_says_why(edit, client, toast, customer, mr):
    """U11: what has gone, and an address that another account has taken meanwhile."""
    made = customer(email="john@example.com")
    undo = toast(edit(made, email="doe@example.com"))[1]
    other = customer(first_name="Ada", last_name="Byron", email="john@example.com")
    said = toast(client.post(undo))[0]
    assert said == f"Ada Byron (ID {other.pk}) already has an account with the address john@example.com."
    other.delete()
    assert toast(client.post(undo))[0].startswith("Undone: changes to ")
    assert now(made).email == "john@example.com"


def test_a_new_password_has_no_way_back(edit, toast, customer):
    """G26: no history keeps one, so that nothing can put the old one back."""
    assert toast(edit(customer(), password="lavender under the stairs", last_name="Poe"))[1] == ""


def test_undo_of_a_form_is_for_thirty_days_and_for_who_may_change(
    edit, client, client_of, toast, customer, marketing, manager
):
    """Decisions 42, 50: as that of bulk changes is."""
    made = customer(last_name="DOE")
    undo = toast(edit(made, last_name="Poe"))[1]
    assert client_of(marketing).post(undo).status_code == 403
    Job.objects.update(finished_at=timezone.now() - timedelta(days=31))
    assert "can no longer be undone" in toast(client.post(undo))[0]
    assert now(made).last_name == "Poe"
    Job.objects.update(finished_at=timezone.now() - timedelta(days=29))
    client_of(manager).post(undo)
    assert now(made).last_name == "DOE"


def test_the_latest_undo_asks_about_the_form_by_name(edit, client, customer):
    """U11: the key u leads there; what is done to one is no line of the bulk changes or the activity."""
    edit(customer(first_name="John", last_name="DOE"), last_name="Poe")
    page = read(client.get(client.get("/undo/")["Location"]))
    assert page.one("h1").text == "Undo: Changes: John Poe"
    assert "Changes" not in read(client.get("/jobs/")).one("main").text.replace("Bulk changes", "")
    assert not Event.objects.exists()


def test_a_note_is_taken_back_too(client, toast, customer):
    """U11: it is saved in place, on the file, and stays there."""
    made = customer(note="Rings twice.")
    address, file = f"/customers/{made.pk}/note/", f"/customers/{made.pk}/"
    assert toast(client.post(address, {"note": "Rings twice."})) == ("No changes.", "")
    said, undo = toast(client.post(address, {"note": "Never rings."}))
    assert (said, now(made).note) == ("Note saved.", "Never rings.")
    answer = client.post(undo, headers={"referer": f"http://testserver{file}"})
    assert (answer["Location"], now(made).note) == (file, "Rings twice.")


def test_the_ground_of_a_consent_stated_from_the_list_leads_back_there(client, customer):
    """U11, U33: the message of a switch leads to that form from the list."""
    made = customer(newsletter=True)
    address = f"/customers/{made.pk}/consents/newsletter/"
    for came_from, after in (
        (LIST, f"{LIST}#row-{made.pk}"),
        (f"/customers/{made.pk}/", f"/customers/{made.pk}/"),
    ):
        page = read(client.get(address, headers={"referer": f"http://testserver{came_from}"}))
        hidden = {one["name"]: one["value"] for one in page.one("form", "form").all("input", type="hidden")}
        assert client.post(address, {**hidden, "ground": "Asked by phone"})["Location"] == after


def test_who_is_brought_back_from_the_list_of_the_deleted_leaves_one_in_it(client, customer):
    """U11: to bring back the next one."""
    made = customer()
    services.hide_customer(made, by=Actor.command())
    headers = {"referer": "http://testserver/customers/?deleted=only"}
    answer = client.post(f"/customers/{made.pk}/bring-back/", headers=headers)
    assert answer["Location"] == "/customers/?deleted=only"


def test_a_value_put_back_from_the_history_offers_undo(edit, client, toast, customer):
    """U11: it is saved by the same way, and taken back by it."""
    made = customer(last_name="DOE")
    edit(made, last_name="Poe")
    history = f"/customers/{made.pk}/history/"
    page = read(client.get(history, headers={"referer": f"http://testserver{LIST}"}))
    form = page.one("div", "timeline").one("form")
    kept = {one["name"]: one["value"] for one in form.all("input", type="hidden")}
    answer = client.post(form["action"], {**kept, "field": "last_name"})
    said, undo = toast(answer)
    assert (said, now(made).last_name) == ("Last name put back.", "DOE")
    client.post(undo)
    assert now(made).last_name == "Poe"
    crumb = page.one("nav", "crumbs").all("a")[0]
    assert (crumb.text, crumb["href"]) == ("Customers", f"{LIST}#row-{made.pk}")


@pytest.mark.parametrize("page", ["", "edit/", "delete/", "history/"])
def test_the_list_is_one_click_away_at_the_top_of_every_page_of_a_record(client, customer, page):
    """U37: it was in the footer only."""
    made = customer()
    address = f"/customers/{made.pk}/{page}"
    link = (
        read(client.get(address, headers={"referer": f"http://testserver{LIST}"}))
        .one("nav", "crumbs")
        .all("a")[0]
    )
    assert (link.text, link["title"], link["href"]) == (
        "Customers",
        "Back to Customers",
        f"{LIST}#row-{made.pk}",
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Retour aux clients"), ("pl", "Powrót do klientów"), ("ro", "Înapoi la clienți")],
)
def test_the_way_back_is_called_as_the_documents_call_it(client, owner, customer, language, words):
    """S4.94, L62: the known list is bent by the language."""
    owner.language = language
    owner.save()
    made = customer()
    assert read(client.get(f"/customers/{made.pk}/")).one("footer").all("a", "push")[0].text == words


def test_options_and_required_fields_lead_back_to_the_list_as_it_was(client, customer):
    """U11: saving the fold under a filtered list lost the filter; both pages carry it on."""
    customer()
    came_from = {"referer": f"http://testserver{LIST}"}
    fold = {"only": "password_minutes", "password_minutes": "10"}
    assert client.post("/customers/options/", fold, headers=came_from)["Location"] == LIST
    assert customer_options().password_minutes == 10
    for address in ("/customers/options/", "/customers/required-fields/"):
        page = read(client.get(address, headers=came_from))
        form = page.one("form", "form")
        assert form.one("input", name="back")["value"] == LIST
        assert page.one("div", "save-bar").one("a")["href"] == LIST
    assert client.post("/customers/required-fields/", {"back": LIST})["Location"] == LIST
    elsewhere = {"back": "https://evil.example/customers/"}
    assert client.post("/customers/required-fields/", elsewhere)["Location"] == "/customers/required-fields/"


def test_cancel_brings_back_what_was_ticked(do, client, customer):
    """U19: a question that is not answered leaves the list as it was, ticks included; its links forget them."""
    one, _between, third = customer(), customer(), customer()
    page = read(do("delete", [one, third], "sort=id"))
    cancel = page.one("div", "save-bar").one("a")
    assert cancel["href"] == f"/customers/?sort=id&ticked={one.pk},{third.pk}"
    list_page = read(client.get(cancel["href"]))
    boxes = list_page.one("tbody").all("input", name="selected")
    assert [box["value"] for box in boxes if box.has("checked")] == [str(one.pk), str(third.pk)]
    assert list_page.one("input", name="scope")["value"] == "sort=id"
    assert all("ticked" not in link["href"] for link in list_page.all("a"))


def test_a_refusal_brings_back_what_was_ticked(do, customer):
    """U19: who forgot to choose a group does not tick again."""
    made = customer()
    assert do("add_to_group", [made])["Location"] == f"/customers/?ticked={made.pk}"


def test_hundreds_of_long_numbers_are_not_put_into_an_address(do, customer, client):
    """U19: what servers would refuse to read is left out."""
    data = {"selected": [10**15 + number for number in range(300)] + [customer().pk]}
    page = read(client.post("/customers/actions/delete/", data))
    assert page.one("div", "save-bar").one("a")["href"] == "/customers/"


@pytest.mark.parametrize("ticked", ["", "x", ",,", "9" * 30, "-1", "1 OR 1=1", "%E2%91%A0"])
def test_ticks_that_mean_nothing_are_none(client, customer, ticked):
    """G33: an address of whatever kind is answered."""
    customer()
    answer = client.get(f"/customers/?ticked={ticked}")
    assert answer.status_code == 200
    assert [box.has("checked") for box in read(answer).all("input", name="selected")] == [False]


def test_the_question_is_asked_in_our_own_words_at_its_field(client, customer):
    """U19: the browser's bubble spoke the browser's language; title and question say what and how many."""
    people = [customer(), customer(), customer()]
    data = {"selected": [one.pk for one in people], "sure": "1"}
    page = read(client.post("/customers/actions/delete/", data))
    assert page.one("title").text.startswith("Delete 3 customers")
    assert page.one("h1").text == "How do you want to delete 3 customers?"
    form = page.one("form", "form")
    assert form.has("novalidate")
    assert page.one("div", "notice-bad").one("a")["href"] == "#way-1"
    fields = form.one("fieldset")
    assert (fields["aria-describedby"], fields.one("ul", "errors").text) == (
        "way-fault",
        "Choose one of the ways.",
    )
    assert [box["aria-invalid"] for box in fields.all("input", type="radio")] == ["true", "true"]


def test_each_way_of_deleting_says_what_it_is_for(client, customer):
    """U19: hiding was offered as equal to deleting a spam account."""
    ways = read(client.get(f"/customers/{customer().pk}/delete/")).all("label", "way")
    assert [way.all("span")[0].text for way in ways] == [
        "For accounts that should never have been there, such as spam. There is no way back.",
        "For customers who are leaving. They disappear from lists, and can be brought back.",
    ]
