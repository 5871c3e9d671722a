"""What is stored of a text, whichever form or file it came by (findings V3, V4, V6, V7, V15, U30, S9)."""

import unicodedata

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from backoffice import rules
from backoffice.faults import sentence
from backoffice.rules import Broken
from backoffice.staff.sign_in_forms import AddKeyForm, RenameKeyForm
from customers.models import Consent, Customer, Tag, Title
from groups.models import Group

pytestmark = pytest.mark.alike

NAMES = {"tags": Tag, "groups": Group, "titles": Title}
MADE_OF_NOTHING = [
    "\x7f",
    "\x01",
    "\x07",
    "\u200d",
    "\u200c\u200d",
    "\ufffe",
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\u0301",
]


@pytest.fixture
def client(client_of, owner, shop):
    """The owner's browser."""
    return client_of(owner)


def told(answer, field: str) -> list[str]:
    return list(answer.context["form"].errors.get(field, []))


def unseen(text: str) -> str:
    signs = ", ".join(f"U+{ord(c):04X}" for c in text)
    return f"This contains invisible characters ({signs}): type it here instead of pasting it."


@pytest.mark.parametrize("text", MADE_OF_NOTHING)
@pytest.mark.parametrize("slug", NAMES)
def test_a_name_that_nobody_can_see_is_refused_at_its_field(client, slug, text):
    """V6, S9: `%7F` ended in 500, a joiner alone was saved."""
    number = NAMES[slug].objects.count()
    answer = client.post(f"/{slug}/add/", {"name": text, "kind": "male", "discount": "0"})
    assert answer.status_code == 200
    assert told(answer, "name") == [unseen(text)]
    assert NAMES[slug].objects.count() == number


@pytest.mark.parametrize("text", MADE_OF_NOTHING)
def test_nor_may_a_persons_name_a_ground_or_a_name_of_staff_be_one(client, customer, owner, text):
    """V6, the kind: every field that is needed, looked at after it was tidied."""
    john = customer()
    answer = client.post(f"/customers/{john.pk}/edit/", {"first_name": text, "version": john.version})
    assert unseen(text) in told(answer, "first_name")
    answer = client.post(f"/customers/{john.pk}/consents/newsletter/", {"ground": text})
    assert told(answer, "ground") == [unseen(text)]
    assert Consent.objects.count() == 0
    answer = client.post("/profile/", {"name": text, "language": "", "theme": "auto", "density": "normal"})
    assert told(answer, "name") == [unseen(text)]
    owner.refresh_from_db()
    assert owner.name.isprintable()


@pytest.mark.parametrize("text", MADE_OF_NOTHING)
def test_a_key_is_called_by_something_to_see(rf, owner, text):
    """V6, the kind: refused where it is renamed; a new key, which knows us already, gets a name of its own."""
    key = Authenticator(user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key"})
    renamed = RenameKeyForm({"name": text}, instance=key)
    assert renamed.errors.get("name") == [unseen(text)]
    request = rf.get("/")
    request.user = owner
    with context.request_context(request):
        added = AddKeyForm({"name": text, "credential": "{}"}, user=owner)
        added.is_valid()
    assert added.cleaned_data["name"] == "Key 1"


@pytest.mark.parametrize("text", [" ", "\u00a0", "\u3000", " \t "])
def test_a_blank_of_any_kind_is_no_name(client, text):
    """V17: PrestaShop #41017."""
    assert told(client.post("/tags/add/", {"name": text}), "name") == ["This field is required."]


@pytest.mark.parametrize("email", ["joe@example.com\u200b", "\u200bjoe@example.com", "joe@exa\u00admple.com"])
def test_an_address_with_a_sign_that_nobody_can_see_says_which(client, customer, email):
    """V7: it said "Not a valid e-mail address: write it like name@example.com", which is what one saw there."""
    john = customer()
    answer = client.post(f"/customers/{john.pk}/edit/", {"email": email, "version": john.version})
    sign = next(c for c in email if not c.isascii())
    assert told(answer, "email") == [unseen(sign)]


@pytest.mark.parametrize("email", ["joe@example.com\u200b", "\u200bjoe@example.com", "joe@exa\u00admple.com"])
def test_nor_is_it_told_otherwise_where_staff_are_invited_or_sign_in(client_of, owner, client, email):
    """V7, the kind: whatever is copied from a mail."""
    sign = next(c for c in email if not c.isascii())
    invited = client_of(owner, sure=True).post(
        "/staff/invite/", {"name": "Joe", "email": email, "role": "viewer"}
    )
    assert told(invited, "email") == [unseen(sign)]
    client.logout()
    assert told(client.post("/login/", {"login": email, "password": "x"}), "login") == [unseen(sign)]
    assert told(client.post("/password/reset/", {"email": email}), "email") == [unseen(sign)]
    assert told(client.post("/password/reset/", {"email": "joe"}), "email") == [
        "Not a valid e-mail address: write it like name@example.com."
    ]


@pytest.mark.parametrize(
    ("rule", "composed"),
    [
        (rules.person_name, "Zoé"),
        (rules.thing_name, "Café"),
        (rules.line, "Réf-é"),
        (rules.lines, "Né\nà"),
        (rules.signature, "Zoë"),
        (rules.website, "https://é.example"),
    ],
)
def test_one_letter_has_one_form(rule, composed):
    """V4: an accented letter as one sign, and as letter and accent."""
    parted = unicodedata.normalize("NFD", composed)
    assert parted != composed
    assert rule(parted) == composed


def test_the_form_and_a_file_store_the_same_text(client, customer, written):
    """V4, V15: composed, and of one line, by whichever door."""
    typed = customer(email="a@shop.example")
    page = client.get(f"/customers/{typed.pk}/edit/").context["form"]
    posted = {name: value for name, value in page.initial.items() if value not in (None, "", False)}
    client.post(
        f"/customers/{typed.pk}/edit/",
        {**posted, "first_name": "Zoe\u0301", "note": "Ne\u0301e\r\nle 3", "external_id": "12\n34"},
    )
    call_command(
        "import_customers",
        str(
            written(
                'E-mail;First name;Last name;Reference elsewhere\nb@shop.example;Zoe\u0301;DOE;"12\n34"\n'
            )
        ),
        verbosity=0,
    )
    stored = Customer.objects.order_by("email").values_list("email", "first_name", "external_id")
    assert list(stored) == [("a@shop.example", "Zoé", "12 34"), ("b@shop.example", "Zoé", "12 34")]
    assert Customer.objects.get(pk=typed.pk).note == "Née\nle 3"


def test_a_file_finds_groups_and_tags_by_the_rule_of_the_form(client, shop, written):
    """V3: “Café clients” and “Cafe clients” made two groups, which the form refuses."""
    call_command(
        "import_customers",
        str(
            written(
                "E-mail;First name;Last name;Groups;Tags\n"
                "a@shop.example;Ada;DOE;Café clients;À rappeler\n"
                "b@shop.example;Bob;DOE;cafe  CLIENTS;A rappeler\n"
                "c@shop.example;Cid;DOE;Cafe\u0301 clients;A\u0300 rappeler\n"
            )
        ),
        verbosity=0,
    )
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Café clients", "Default"]
    assert list(Tag.objects.values_list("name", flat=True)) == ["À rappeler"]
    answer = client.post("/tags/add/", {"name": "A rappeler"})
    assert told(answer, "name") == [f"“À rappeler” (ID {Tag.objects.get().pk}) already has this name."]


def test_a_name_is_taken_in_every_language_that_files_know_it_by(client, shop):
    """V3, the kind: an import takes “Défaut” for the group Default."""
    answer = client.post("/groups/add/", {"name": "defaut", "discount": "0", "price_display": "tax_included"})
    assert told(answer, "name") == ["“Default” (ID 1) already has this name."]


def test_all_faults_of_a_field_are_told_together(client, customer):
    """U30: "123<b>www" said that a name has no digits, and the rest one after the other."""
    john = customer()
    answer = client.post(f"/customers/{john.pk}/edit/", {"last_name": "123<b>www", "version": john.version})
    assert told(answer, "last_name") == [
        "Names can't contain digits.",
        "Names can't contain these characters: < > { } =",
        "Names can't contain a web address (www, http).",
    ]
    answer = client.post(f"/customers/{john.pk}/edit/", {"last_name": "1" * 300, "version": john.version})
    assert told(answer, "last_name") == [
        "At most 255 characters, please; this has 300.",
        "A name needs at least one letter.",
        "Names can't contain digits.",
    ]


def test_a_file_is_told_all_of_them_too():
    """U30: one rule, one answer, at every door."""
    with pytest.raises(Broken) as broken:
        rules.person_name("4<")
    assert sentence(broken.value) == (
        "A name needs at least one letter. Names can't contain digits. Names can't contain these characters: < > { } ="
    )
