"""Inviting, changing and disabling staff; one's own profile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client

from backoffice.access.roles import Role
from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.staff import services
from backoffice.staff.invitations import password_path
from backoffice.staff.models import StaffMember
from tests.reading import read

pytestmark = pytest.mark.alike

COMMAND = Actor.command()
INVITATION = {"name": "Ada Lovelace", "email": "ada@example.com", "role": "marketing", "language": "fr"}


def told():
    return list(Event.objects.order_by("id").values_list("kind", "staff_name", "target", "facts"))


def test_an_invited_person_chooses_a_password_and_is_in(owner, client_of):
    """Issue 2: staff pages invite. The link stands on the page where no mail goes out, as here."""
    answer = client_of(owner, sure=True).post("/staff/invite/", INVITATION)
    ada = StaffMember.objects.get(email="ada@example.com")
    assert (ada.name, ada.role, ada.language, ada.awaits_password) == (
        "Ada Lovelace",
        "marketing",
        "fr",
        True,
    )
    assert told() == [("staff_invited", "Owner", "Ada Lovelace", {"role": "marketing"})]
    link = answer.context["link"]
    assert link in answer.text
    assert link in mail.outbox[0].body
    theirs = Client()
    form = theirs.get(link, follow=True)
    chosen = {"password1": "lavender-under-stairs", "password2": "lavender-under-stairs"}
    theirs.post(form.redirect_chain[-1][0], chosen)
    assert theirs.get("/profile/").context["user"] == ada


def test_an_invitation_that_is_mailed_is_not_shown(owner, client_of, settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    sent = []
    monkeypatch.setattr("backoffice.staff.invitations.send_mail", lambda *said: sent.append(said) or 1)
    answer = client_of(owner, sure=True).post("/staff/invite/", INVITATION, follow=True)
    assert answer.redirect_chain == [("/staff/", 302)]
    assert "Invitation sent to ada@example.com." in answer.text
    assert "/password/reset/key/" not in answer.text
    assert sent[0][3] == ["ada@example.com"]


def test_an_invitation_that_cannot_be_mailed_is_handed_over(owner, client_of, settings, monkeypatch):
    def broken(*said):
        raise ConnectionRefusedError

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr("backoffice.staff.invitations.send_mail", broken)
    answer = client_of(owner, sure=True).post("/staff/invite/", INVITATION)
    assert answer.context["link"] in answer.text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("email", "x" * 300 + "@example.com", "At most 254 characters, please; this has 312."),
        ("email", "ada", "Not a valid e-mail address: write it like name@example.com."),
        ("name", "x" * 101, "At most 100 characters, please; this has 101."),
        (
            "name",
            "Ada\u202eecalevoL",
            "This contains invisible characters (U+202E): type it here instead of pasting it.",
        ),
    ],
)
def test_what_cannot_be_invited_is_told_in_one_sentence(owner, client_of, field, value, told):
    """Issue 2, bad input; the same short words as on every other form."""
    answer = client_of(owner, sure=True).post("/staff/invite/", {**INVITATION, field: value})
    assert answer.context["form"].errors[field] == [told]


@pytest.mark.parametrize("taken", ["owner@example.com", "OWNER@EXAMPLE.COM"])
def test_an_address_signs_in_one_person(owner, client_of, taken):
    """Case does not make another address."""
    answer = client_of(owner, sure=True).post("/staff/invite/", {**INVITATION, "email": taken})
    assert answer.context["form"].errors["email"] == ["Somebody already signs in with this e-mail address."]
    assert StaffMember.objects.count() == 1
    assert told() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffMember.objects.create_user(taken, name="Twin")
    with pytest.raises(NotAllowed):
        services.invite(taken, "Twin", Role.VIEWER, by=COMMAND)


def test_an_invitation_sent_twice_is_told_kindly(owner, client_of):
    """A second click while a slow mail goes out: one account, and the page from which a new link can be sent."""
    theirs = client_of(owner, sure=True)
    theirs.post("/staff/invite/", INVITATION)
    ada = StaffMember.objects.get(email="ada@example.com")
    answer = theirs.post("/staff/invite/", INVITATION, follow=True)
    assert answer.redirect_chain == [(f"/staff/{ada.pk}/edit/", 302)]
    assert "Ada Lovelace has been invited already." in answer.text
    assert "Send the invitation again" in answer.text
    assert [kind for kind, *_rest in told()] == ["staff_invited"]


@pytest.mark.parametrize(
    ("account", "browser", "title"),
    [("pl", "fr", "Ustaw hasło"), ("fr", "en", "Choisir un mot de passe"), ("", "ro", "Alegeți o parolă")],
)
def test_the_link_of_an_invitation_speaks_the_language_of_its_account(db, account, browser, title):
    """The account's language counts, as in the mail; where it has none, the browser's."""
    ada = services.invite("ada@example.com", "Ada", Role.VIEWER, language=account, by=COMMAND)
    theirs = Client(headers={"Accept-Language": browser})
    form = theirs.get(password_path(ada), follow=True)
    assert f"<h1>{title}</h1>" in form.text
    assert form["Content-Language"] == (account or browser)
    refused = theirs.post(form.redirect_chain[-1][0], {"password1": "short", "password2": "short"})
    assert f"<h1>{title}</h1>" in refused.text


@pytest.mark.parametrize(("second", "told"), [("124", 1), ("123", 0)])
def test_all_that_is_wrong_with_a_new_password_is_told_at_once(db, second, told):
    """Design: each fault at its field, and none is told only after the others are mended."""
    ada = services.invite("ada@example.com", "Ada", Role.VIEWER, by=COMMAND)
    theirs = Client()
    form = theirs.get(password_path(ada), follow=True)
    refused = theirs.post(form.redirect_chain[-1][0], {"password1": "123", "password2": second})
    faults = refused.context["form"].errors
    assert faults["password1"][0].startswith("This password is too short.")
    assert "This password is too common." in faults["password1"]
    assert faults.get("password2", []) == ["You must type the same password each time."] * told


def test_the_link_can_be_copied_where_it_is_shown(owner, client_of):
    answer = client_of(owner, sure=True).post("/staff/invite/", INVITATION)
    assert f'data-copy="{answer.context["link"]}"' in answer.text


def test_roles_are_told_by_the_sections_that_there_are(owner, client_of):
    """Nothing is promised of sections to come; a section that comes is named by itself."""
    may = {
        role["title"]: role["may"]
        for role in client_of(owner, sure=True).get("/staff/invite/").context["roles"]
    }
    assert may["Support"].endswith("Adds and changes: Customers, Addresses, Messages, Tasks.")
    assert may["Marketing"].endswith("Adds and changes: Groups, Tags, Vouchers, Tasks.")
    assert may["Viewer"] == "Sees every section, changes nothing."
    assert client_of(owner, sure=True).get(f"/staff/{owner.pk}/edit/").context["roles"][0]["title"] == "Owner"


def test_a_new_link_is_made_for_who_has_not_answered_only(owner, support, client_of):
    theirs = client_of(owner, sure=True)
    ada = services.invite("ada@example.com", "Ada", Role.VIEWER, by=COMMAND)
    assert "/password/reset/key/" in theirs.post(f"/staff/{ada.pk}/invite-again/").context["link"]
    answer = theirs.post(f"/staff/{support.pk}/invite-again/", follow=True)
    assert "Support has chosen a password already." in answer.text


def test_role_and_name_are_changed_and_written_down(owner, support, client_of):
    client_of(owner, sure=True).post(f"/staff/{support.pk}/edit/", {"name": "Sue", "role": "manager"})
    support.refresh_from_db()
    assert (support.name, support.role) == ("Sue", "manager")
    assert told() == [
        ("role_changed", "Owner", "Support", {"before": "support", "after": "manager"}),
        ("staff_renamed", "Owner", "Sue", {"before": "Support"}),
    ]


def test_posting_more_than_the_form_asks_for_changes_nothing_more(owner, support, client_of):
    """G30."""
    extra = {"email": "evil@example.com", "is_active": "", "id": "1", "password": "x", "session_round": "9"}
    client_of(owner, sure=True).post(
        f"/staff/{support.pk}/edit/", {"name": "Sue", "role": "support", **extra}
    )
    client_of(support).post(
        "/profile/", {"name": "Sue", "theme": "auto", "density": "compact", "role": "owner"}
    )
    support.refresh_from_db()
    assert (support.email, support.is_active, support.role) == ("support@example.com", True, "support")


def test_the_last_owner_stays_an_owner(owner, manager, client_of):
    """Somebody must be able to let the others in."""
    theirs = client_of(owner, sure=True)
    answer = theirs.post(f"/staff/{owner.pk}/edit/", {"name": "Owner", "role": "viewer"})
    assert answer.context["form"].errors["role"] == [
        "Owner is the only owner. Make somebody else an owner first."
    ]
    assert "the only owner" in theirs.post(f"/staff/{owner.pk}/disable/", follow=True).text
    owner.refresh_from_db()
    assert (owner.role, owner.is_active) == ("owner", True)
    with pytest.raises(NotAllowed):
        owner.delete()
    assert told() == []


def test_a_disabled_owner_does_not_count(owner, hire):
    hire("owner", email="second@example.com", is_active=False)
    with pytest.raises(NotAllowed):
        services.disable(owner, by=COMMAND)


def test_with_a_second_owner_the_first_may_go(owner, hire):
    hire("owner", email="second@example.com")
    services.change(owner, name="Owner", role=Role.VIEWER, by=COMMAND)
    owner.refresh_from_db()
    assert owner.role == "viewer"


@pytest.mark.django_db(transaction=True)
def test_two_owners_cannot_disable_each_other_at_once(hire):
    owners = [hire("owner", email=f"owner{n}@example.com") for n in (1, 2)]

    def disable(person):
        try:
            services.disable(person, by=COMMAND)
        except NotAllowed:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(disable, owners))
    assert StaffMember.objects.owners().count() == 1


def test_disabling_twice_is_written_down_once(owner, support, client_of):
    theirs = client_of(owner, sure=True)
    theirs.post(f"/staff/{support.pk}/disable/")
    theirs.post(f"/staff/{support.pk}/disable/")
    assert [kind for kind, *_rest in told()] == ["staff_disabled"]


def test_the_list_shows_who_is_who(owner, support, client_of):
    services.invite("ada@example.com", "Ada", Role.VIEWER, by=COMMAND)
    page = client_of(owner, sure=True).get("/staff/").text
    for words in ("Support", "support@example.com", "Viewer", "Invited", "(you)"):
        assert words in page


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_for_many(owner, hire, client_of, count, django_assert_max_num_queries):
    for n in range(count):
        hire("viewer", email=f"viewer{n}@example.com")
    theirs = client_of(owner, sure=True)
    with django_assert_max_num_queries(5):
        assert theirs.get("/staff/").status_code == 200


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Lovelace", "AL"),
        ("Jean-Luc van den Berg", "JB"),
        ("<script>alert(1)</script>", "S"),
        ("👩‍💻 Zoë", "Z"),
        ("王 小明", "王小"),
        ("ßeta x", "SX"),
        ("Шура", "Ш"),
        ("👍 1 -", ""),
        ("  ", ""),
    ],
)
def test_the_mark_beside_a_name_is_one_or_two_letters(name, initials):
    """Design: the small round mark holds two letters at most, never half of a sign."""
    assert StaffMember(name=name).initials == initials


def test_names_with_markup_are_shown_as_typed(owner, client_of, hire):
    """G4: staff are not trusted with script."""
    nasty = "<script>alert(1)</script>\"'><img src=x>"
    person = hire("viewer", name=nasty)
    theirs = client_of(owner, sure=True)
    theirs.post(f"/staff/{person.pk}/disable/")
    for address in ("/staff/", f"/staff/{person.pk}/edit/", "/activity/", "/"):
        page = theirs.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_profile_keeps_language_theme_and_density(support, client_of):
    theirs = client_of(support)
    said = {"name": "Sue", "language": "pl", "theme": "dark", "density": "comfortable"}
    assert theirs.post("/profile/", said)["Location"] == "/profile/"
    page = theirs.get("/profile/")
    assert page["Content-Language"] == "pl"
    markup = " ".join(page.text.split())
    assert '<html lang="pl" dir="ltr" data-theme="dark" data-density="comfortable"' in markup
    assert theirs.cookies["django_language"].value == "pl"
    assert theirs.cookies["theme"].value == "dark"


@pytest.mark.parametrize(
    ("asked", "language"), [("ro-RO,ro;q=0.9,en;q=0.5", "ro"), ("de,*;q=0.1", "en"), ("", "en")]
)
def test_as_the_browser_means_the_browser_and_not_what_was_chosen_before(support, client_of, asked, language):
    """Nor what the person chose who used this browser before: both still stand in its cookie."""
    theirs = client_of(support)
    said = {"name": "Sue", "theme": "auto", "density": "compact"}
    theirs.post("/profile/", {**said, "language": "pl"})
    assert theirs.get("/profile/")["Content-Language"] == "pl"
    theirs.post("/profile/", {**said, "language": ""})
    page = theirs.get("/profile/", headers={"Accept-Language": asked})
    assert (page["Content-Language"], theirs.cookies["django_language"].value) == (language, language)


@pytest.mark.parametrize(
    ("address", "said", "field", "stored"),
    [
        ("/profile/language/", {"language": "ro"}, "language", "ro"),
        ("/profile/language/", {"language": ""}, "language", ""),
        ("/profile/language/", {"language": "<script>"}, "language", "fr"),
        ("/profile/theme/", {"theme": "light"}, "theme", "light"),
        ("/profile/theme/", {"theme": "neon"}, "theme", "dark"),
        ("/profile/theme/", {}, "theme", "dark"),
    ],
)
def test_the_top_bar_switches_language_and_theme(hire, client_of, address, said, field, stored):
    person = hire("support", language="fr", theme="dark")
    answer = client_of(person).post(address, {**said, "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    person.refresh_from_db()
    assert getattr(person, field) == stored


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_switches_never_lead_to_another_site(support, client_of, elsewhere):
    answer = client_of(support).post(
        "/profile/theme/", {"theme": "dark", "next": elsewhere}, headers={"Referer": elsewhere}
    )
    assert answer["Location"] == "/"


def test_staff_are_listed_as_people_read_them_and_each_row_is_named_by_its_person(owner, hire, client_of):
    """U26, U1, decision 49: "Émile" stood after "Zoe"; a screen reader heard of a role without whose it is."""
    for number, name in enumerate(("Zoe", "Émile", "adam", "Éva")):
        hire("viewer", email=f"v{number}@example.com", name=name)
    hire("viewer", email="gone@example.com", name="Aaron", is_active=False)
    client = client_of(owner)
    rows = read(client.get("/staff/")).one("tbody").all("tr")
    assert [row.one("th", scope="row").one("a").text for row in rows] == [
        *("adam", "Émile", "Éva", "Owner", "Zoe", "Aaron")
    ]
    chooser = read(client.get("/activity/")).one("select", name="person").all("option")
    assert [one.text for one in chooser] == ["Any", "Aaron", "adam", "Émile", "Éva", "Owner", "Zoe"]


def test_only_what_could_be_left_empty_is_marked_as_required(client_of, owner):
    """U31: stars stood on selects that cannot be empty."""
    page = read(client_of(owner).get("/profile/"))
    marked = {label.text.removesuffix(" *") for label in page.one("main").all("label") if "*" in label.text}
    assert marked == {"Name"}
    options = read(client_of(owner).get("/customers/options/"))
    marked = {
        label.text.removesuffix(" *") for label in options.one("main").all("label") if "*" in label.text
    }
    assert marked == {"Regenerate password", "Minimum password length", "Abandoned carts"}


def test_the_profile_is_saved_inside_its_card(client_of, owner):
    """U31: Save was glued between two cards."""
    page = read(client_of(owner).get("/profile/"))
    assert [button.text for button in page.one("div", "form-group").all("button")] == ["Save"]
    assert page.all("div", "save-bar") == []
