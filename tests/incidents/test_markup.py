"""Nobody's text is ever markup of ours: customers', staff's, or the address line's (G1, G3–G5, G33)."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from backoffice.models import ColumnChoice
from backoffice.sections import all_sections
from customers.models import Customer
from tests.incidents.conftest import MARKUP
from tests.reading import Node, read

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
ADDRESSES = ("href", "action", "formaction", "src", "hx-get", "data-href")
PARAMETERS = (
    "q id sort page per_page first_name title selected back next kind person deleted choice in".split()
)
RAW = re.compile(r'"><script|<script>a|<img src=x|onerror=alert\(\d\)>')


def foreign(page: Node) -> list[str]:
    """What stands on a page that we would never write: inline script, handlers, other schemes, foreign pictures."""
    found = []
    for node in page.walk():
        is_data = node.get("type") == "application/json"
        if node.tag == "script" and not is_data and (node.text or not node.get("src").startswith("/static/")):
            found.append(f"script {node.get('src')} {node.text[:50]}")
        if node.tag in ("img", "iframe", "object", "embed", "style", "base"):
            found.append(node.tag)
        for name, value in node.attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                found.append(f"{node.tag} {name}={value[:50]}")
            if name in ADDRESSES and ":" in value.partition("/")[0] and not value.startswith("mailto:"):
                found.append(f"{node.tag} {name}={value[:50]}")
    return found


def check(answer, address: str) -> None:
    """A page may show the attack as text, and nothing of it as markup."""
    assert answer.status_code != 500, address
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return
    text = answer.content.decode()
    assert RAW.findall(text) == [], address
    assert foreign(read(text)) == [], address


@pytest.fixture
def signed_in(client_of, owner, poisoned):
    for section in all_sections():
        ColumnChoice.objects.create(staff=owner, section=section.slug, columns=list(section.table.names()))
    return client_of(owner)


def test_every_page_shows_every_text_escaped(signed_in, every_page):
    """G1: script planted by a customer ran in the back office elsewhere; G4, G5: staff are not trusted either."""
    pages = every_page()
    assert len(pages) > 60
    for address in pages:
        check(signed_in.get(address), address)


def test_the_attack_really_stands_on_the_pages_that_are_tried(signed_in, poisoned):
    """The proof of the proof: names, titles, tags, groups, agents and old values are shown, as text."""
    customer = poisoned["customer"]
    for address in (
        "/customers/",
        f"/customers/{customer.pk}/",
        f"/customers/{customer.pk}/edit/",
        "/groups/",
        "/tags/",
    ):
        page = signed_in.get(address).content.decode()
        assert "&lt;script&gt;alert(" in page, address
    history = read(signed_in.get(f"/customers/{customer.pk}/history/")).text
    assert MARKUP.format(name=f"0 {customer.pk} first_name") in history
    assert MARKUP.format(name=f"1 {customer.pk} first_name") in history


def test_stored_text_is_never_evaluated(signed_in, poisoned):
    """G21: no template or code in stored text."""
    page = signed_in.get(f"/customers/{poisoned['customer'].pk}/").content.decode()
    assert "{{ 7777*7777 }}" in page
    assert str(7777 * 7777) not in page


def test_a_viewer_sees_it_escaped_too(client_of, viewer, poisoned, every_page):
    """G1: what stands instead of switches and forms."""
    client = client_of(viewer)
    for address in every_page():
        check(client.get(address), address)


@pytest.mark.parametrize("language", ["fr", "pl", "ro"])
def test_in_every_language(client_of, hire, poisoned, language):
    """G4: names of groups and titles have a text for each language."""
    client = client_of(hire("manager", language=language))
    customer = poisoned["customer"]
    for address in (
        "/customers/",
        f"/customers/{customer.pk}/",
        f"/customers/{customer.pk}/edit/",
        "/groups/",
        "/titles/",
    ):
        check(client.get(address), address)


def test_answers_to_what_staff_do_are_escaped_as_well(signed_in, poisoned):
    """G1: toasts, questions before deleting, conflicts, faults of forms, JSON."""
    customer, group = poisoned["customer"], poisoned["group"]
    edit = f"/customers/{customer.pk}/edit/"
    toggle = f"/customers/{customer.pk}/toggle/newsletter/"
    check(signed_in.post(toggle, {"value": "false"}, follow=True), toggle)
    told = signed_in.post(toggle, {"value": "true"}, headers={"accept": "application/json"})
    assert told.headers["Content-Type"] == "application/json"
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    check(signed_in.post(edit, {"first_name": ATTACK, "note": ATTACK, "version": "1"}), edit)
    form = signed_in.get(edit).context["form"]
    from tests.reading import filled

    data = {
        **filled(form),
        "first_name": "Ada",
        "last_name": "Byron",
        "email": "a@b.pl",
        "company": "",
        "version": "0",
    }
    answer = signed_in.post(edit, data)
    assert answer.status_code == 409
    check(answer, edit)
    check(signed_in.post("/customers/actions/delete/", {"selected": customer.pk}), "bulk delete")
    tick = {"selected": customer.pk, "choice_add_to_group": group.pk}
    check(signed_in.post("/customers/actions/add_to_group/", tick, follow=True), "add to group")
    default = customer.default_group_id
    check(signed_in.post(f"/groups/{default}/delete/", {"way": "delete"}, follow=True), "delete group")
    check(signed_in.post(f"/customers/{customer.pk}/delete/", {"way": "never"}, follow=True), "delete")
    assert Customer.objects.get(pk=customer.pk).deleted


@pytest.mark.parametrize(
    "address", ["/customers/", "/customers/add/", "/login/", "/activity/", "/help/", "/nowhere/"]
)
def test_no_parameter_comes_back_as_markup(signed_in, address):
    """G33: reflected script through the selection boxes' parameter on the carts page, elsewhere."""
    for client in (signed_in, Client()):
        for query in [dict.fromkeys(PARAMETERS, ATTACK), *({name: ATTACK} for name in PARAMETERS)]:
            asked = f"{address}?{urlencode(query)}"
            check(client.get(asked), asked)


def test_no_path_referrer_or_header_comes_back_as_markup(signed_in, poisoned):
    """G33: what an attacker may choose besides the query string."""
    customer = poisoned["customer"]
    for address in (
        f"/{quote(ATTACK)}/",
        f"/customers/{quote(ATTACK)}/",
        f"/customers/actions/{quote(ATTACK)}/",
    ):
        check(signed_in.get(address), address)
        check(Client().get(address), address)
    for address in (f"/customers/{customer.pk}/", f"/customers/{customer.pk}/delete/", "/customers/columns/"):
        headers = {"referer": f"http://testserver/customers/?q={ATTACK}", "hx-current-url": ATTACK}
        check(signed_in.get(address, headers=headers), address)
    for value in (ATTACK, "javascript:alert(1)", "//evil.example", "data:text/html,x"):
        answer = signed_in.post(f"/customers/{customer.pk}/edit/", {"back": value, "first_name": "R2"})
        check(answer, value)


def test_every_page_forbids_inline_script_and_style_and_other_hosts(signed_in, every_page):
    """G5: a strict content security policy, on errors too."""
    for address in [*every_page(), "/nowhere/", "/login/"]:
        answer = signed_in.get(address)
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, address
        assert "script-src 'self'" in policy, address
        assert "unsafe" not in policy, address
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", address
        assert answer.headers.get("X-Frame-Options") == "DENY", address


def test_pages_with_peoples_data_are_kept_in_no_shared_cache(signed_in, poisoned):
    """G8, G12: nothing of a customer stays where somebody else might read it."""
    for address in ("/customers/", f"/customers/{poisoned['customer'].pk}/", "/customers/export/"):
        answer = signed_in.get(address)
        said = answer.headers.get("Cache-Control", "")
        assert "public" not in said
        assert "private" in said or "no-store" in said or "Cookie" in answer.headers.get("Vary", ""), address
