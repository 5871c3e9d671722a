"""Notes about a customer: many, each with author and time; one pinned as the private one (S0.45, S1.52, S3.20, B17)."""

import pytest

from backoffice.records.actors import Actor, Door
from backoffice.records.errors import NotAllowed
from customers import services
from customers.models import Customer, Note
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(customer):
    return customer(first_name="Ada", last_name="Byron")


@pytest.fixture
def by_support(support):
    return Actor(staff=support, door=Door.PAGE)


@pytest.fixture
def notes(client, ada):
    """`notes()` is the block of notes on her file."""
    return lambda: read(client.get(f"/customers/{ada.pk}/")).one("section", id="notes")


@pytest.fixture
def press(client):
    """`press(action, block)` sends the form of that address as it stands there."""

    def press(address, page, **typed):
        form = next(one for one in page.all("form") if one.get("action") == address)
        kept = {one["name"]: one["value"] for one in form.all("input", type="hidden")}
        return client.post(address, {**kept, **typed})

    return press


def of(ada) -> Customer:
    return Customer.objects.get(pk=ada.pk)


def pinned(ada) -> list[str]:
    return list(Note.objects.filter(customer=ada, pinned=True).values_list("text", flat=True))


def test_a_note_is_added_with_author_and_time(notes, press, ada, owner, counted_right):
    """S3.20, S3.21."""
    press(f"/customers/{ada.pk}/notes/add/", notes(), text="Rings twice.")
    note = Note.objects.get()
    assert (note.text, note.author, note.pinned) == ("Rings twice.", owner, False)
    assert "(1)" in notes().one("h2").text
    assert owner.name in notes().one("li", "remark").text
    counted_right()


def test_a_double_click_adds_one_note(client, notes, ada):
    form = next(one for one in notes().all("form") if one["action"].endswith("/notes/add/"))
    posted = {one["name"]: one["value"] for one in form.all("input", type="hidden")} | {"text": "Once."}
    for _time in range(2):
        client.post(f"/customers/{ada.pk}/notes/add/", posted)
    assert Note.objects.count() == 1


def test_the_private_note_is_the_pinned_one(ada, by_support, counted_right):
    """B17: written on the file, in the form or by a file, it is a note with author and time."""
    services.write_note(ada, "Pays late.", by=by_support)
    note = Note.objects.get()
    assert (note.text, note.author, note.pinned) == ("Pays late.", by_support.staff, True)
    services.edit_customer(ada, {"note": "Pays at once."}, by=Actor.command())
    note.refresh_from_db()
    assert (note.text, note.author) == ("Pays at once.", by_support.staff)
    services.write_note(ada, "", by=by_support)
    assert not Note.objects.exists()
    assert Note.history.count() == 3
    counted_right()


def test_a_customer_who_comes_with_a_note_has_it_pinned(customer, counted_right):
    assert pinned(customer(note="Met at the fair.")) == ["Met at the fair."]
    counted_right()


def test_pinning_makes_it_the_private_note_and_the_one_before_a_note_like_the_others(
    notes, press, ada, client
):
    services.write_note(ada, "Old.", by=Actor.command())
    new = services.add_note(ada, "New.", by=Actor.command())
    press(f"/customers/{ada.pk}/notes/{new.pk}/pin/", notes(), pinned="true")
    assert (of(ada).note, pinned(ada)) == ("New.", ["New."])
    assert "Old." in notes().text
    client.post(f"/customers/{ada.pk}/notes/{new.pk}/pin/", {"pinned": "false"})
    assert (of(ada).note, pinned(ada)) == ("", [])
    assert Note.objects.count() == 2


def test_ones_own_note_is_changed_and_another_ones_is_not(ada, by_support, hire, client_of):
    """Own notes only; who may delete notes may change any."""
    note = services.add_note(ada, "Mine.", by=by_support)
    other = Actor(staff=hire("marketing"), door=Door.PAGE)
    for verb in (
        lambda: services.edit_note(note, "Theirs.", by=other),
        lambda: services.delete_note(note, by=other),
    ):
        with pytest.raises(NotAllowed):
            verb()
    page = client_of(other.staff).get(f"/customers/{ada.pk}/").content.decode()
    assert f"/notes/{note.pk}/edit/" not in page
    assert Note.objects.get().text == "Mine."
    services.edit_note(note, "Mine, again.", by=by_support)
    assert Note.objects.get().text == "Mine, again."


def test_a_note_is_changed_on_a_page_of_its_own(client, ada, owner):
    note = services.add_note(ada, "Mine.", by=Actor(staff=owner, door=Door.PAGE))
    address = f"/customers/{ada.pk}/notes/{note.pk}/edit/"
    version = read(client.get(address)).one("input", name="version")["value"]
    client.post(address, {"text": "Better.", "version": version})
    assert Note.objects.get().text == "Better."
    answer = client.post(address, {"text": "Best.", "version": version})
    assert answer.status_code == 409
    assert "Best." in answer.content.decode()
    assert Note.objects.get().text == "Better."


def test_a_deleted_note_comes_back_by_undo_as_it_was(client, notes, press, ada, owner, counted_right):
    services.write_note(ada, "Pays late.", by=Actor(staff=owner, door=Door.PAGE))
    note = Note.objects.get()
    client.post(f"/customers/{ada.pk}/notes/{note.pk}/delete/")
    assert (of(ada).note, Note.objects.count()) == ("", 0)
    toast = read(client.get(f"/customers/{ada.pk}/")).one("div", "toast")
    client.post(toast.one("form")["action"])
    back = Note.objects.get()
    assert (back.pk, back.text, back.author, back.created_at) == (note.pk, note.text, owner, note.created_at)
    assert (of(ada).note, back.pinned) == ("Pays late.", True)
    assert client.post(f"/customers/{ada.pk}/notes/{note.pk}/restore/").status_code == 404
    counted_right()


def test_the_private_note_saved_in_place_can_be_undone(client, ada, press):
    """S1.52."""
    services.write_note(ada, "Old.", by=Actor.command())
    page = read(client.get(f"/customers/{ada.pk}/")).one("section", id="note")
    press(f"/customers/{ada.pk}/note/", page, note="New.")
    undo = read(client.get(f"/customers/{ada.pk}/")).one("div", "toast").one("form")["action"]
    client.post(undo)
    assert (of(ada).note, pinned(ada)) == ("Old.", ["Old."])
    client.post(undo)
    assert of(ada).note == "Old."


def test_an_undo_leaves_a_note_alone_that_was_written_anew(client, ada, press):
    page = read(client.get(f"/customers/{ada.pk}/")).one("section", id="note")
    press(f"/customers/{ada.pk}/note/", page, note="New.")
    undo = read(client.get(f"/customers/{ada.pk}/")).one("div", "toast").one("form")["action"]
    services.write_note(ada, "Theirs.", by=Actor.command())
    client.post(undo)
    assert of(ada).note == "Theirs."


def test_markup_is_shown_as_text_and_a_long_note_is_folded(ada, notes):
    """G5; 1.52."""
    services.add_note(ada, "<b>bold</b>" + "x" * 400, by=Actor.command())
    block = notes()
    assert "<b>bold</b>" in block.one("details", "remark-fold").text
    assert not list(block.all("b"))


def test_the_file_shows_ten_notes_and_the_way_to_all(ada, notes, client):
    for number in range(12):
        services.add_note(ada, f"Number {number}", by=Actor.command())
    block = notes()
    assert "(12)" in block.one("h2").text
    assert len(block.all("li", "remark")) == 10
    every = read(client.get(f"/customers/{ada.pk}/notes/"))
    assert len(every.all("li", "remark")) == 12


def test_the_history_tells_of_notes(client, ada, owner):
    """S3.20: added, changed, deleted, with author."""
    by = Actor(staff=owner, door=Door.PAGE)
    note = services.add_note(ada, "Rings twice.", by=by)
    services.edit_note(note, "Rings once.", by=by)
    services.delete_note(note, by=by)
    shown = client.get(f"/customers/{ada.pk}/history/").content.decode()
    assert "Rings twice." in shown
    assert "Rings once." in shown


def test_a_hidden_customer_is_told_nothing_more_about(ada):
    """Decision 43."""
    note = services.add_note(ada, "Mine.", by=Actor.command())
    services.hide_customer(ada, by=Actor.command())
    hidden = of(ada)
    for verb in (
        lambda: services.add_note(hidden, "More.", by=Actor.command()),
        lambda: services.edit_note(Note.objects.get(), "Other.", by=Actor.command()),
        lambda: services.pin_note(Note.objects.get(), True, by=Actor.command()),
        lambda: services.delete_note(Note.objects.get(), by=Actor.command()),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert list(Note.objects.values_list("pk", "text")) == [(note.pk, "Mine.")]
