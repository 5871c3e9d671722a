"""Limits of failed sign-ins (decision 47, finding S4): a stranger cannot turn them against those they guard."""

import pytest
from django.core.checks import run_checks
from django.test import Client, RequestFactory

from backoffice.records.actors import ip_of
from backoffice.staff import known_browsers
from tests.people import PASSWORD

WRONG = "not the password at all"
REFUSED = "Too many failed sign-ins. Please try again later."


def sign_in(email, password=PASSWORD, *, client=None, ip="192.0.2.1"):
    """Whether that lets somebody in; "refused" where the password is not even tried."""
    client = client or Client()
    answer = client.post("/login/", {"login": email, "password": password}, REMOTE_ADDR=ip)
    return "refused" if REFUSED in answer.text else answer.status_code == 302


def test_five_failures_from_elsewhere_do_not_shut_the_person_out(owner):
    """S4, as found: five wrong ones from 10.1.0.1, then the right one from 10.9.9.9."""
    for _attempt in range(8):
        sign_in(owner.email, WRONG, ip="10.1.0.1")
    assert sign_in(owner.email, ip="10.1.0.1") == "refused"
    assert sign_in(owner.email, ip="10.9.9.9") is True


def test_a_browser_that_signed_in_before_is_not_shut_out_by_strangers(owner):
    """Decision 47: not even by those behind the same address, nor by guesses from everywhere."""
    known = Client()
    assert sign_in(owner.email, client=known) is True
    known.post("/logout/")
    for n in range(120):
        sign_in(owner.email, WRONG, ip=f"198.51.100.{n}")
    for _attempt in range(6):
        sign_in(owner.email, WRONG)
    assert sign_in(owner.email) == "refused"
    assert sign_in(owner.email, ip="203.0.113.9") == "refused"
    assert sign_in(owner.email, client=known) is True


def test_an_office_behind_one_address_is_not_shut_out_by_one_person(owner, support):
    """S4: ten failures from one address shut everybody out."""
    for _attempt in range(200):
        sign_in(owner.email, WRONG)
    assert sign_in(owner.email) == "refused"
    assert sign_in(support.email) is True


def test_trying_many_accounts_from_one_address_ends(owner, settings):
    """What shuts out an unknown browser at that address leaves known ones alone."""
    known = Client()
    sign_in(owner.email, client=known)
    known.post("/logout/")
    for n in range(100):
        assert sign_in(f"somebody{n}@example.com", WRONG) is False
    assert sign_in("one.more@example.com", WRONG) == "refused"
    assert sign_in(owner.email) == "refused"
    assert sign_in(owner.email, ip="203.0.113.9") is True
    assert sign_in(owner.email, client=known) is True


def test_a_known_browser_may_not_guess_without_end_either(owner, clock):
    known = Client()
    sign_in(owner.email, client=known)
    known.post("/logout/")
    assert [sign_in(owner.email, WRONG, client=known) for _attempt in range(6)] == [False] * 5 + ["refused"]


def test_a_browser_is_known_for_those_who_signed_in_there_only(owner, support):
    """Else a colleague's own sign-ins would give further guesses at the owner's password."""
    for _attempt in range(6):
        colleague = Client()
        sign_in(support.email, client=colleague)
        colleague.post("/logout/")
        guess = sign_in(owner.email, WRONG, client=colleague)
    assert guess == "refused"


def test_the_wait_grows(owner, clock):
    """Five at once, then a minute; ten, then ten minutes; twenty, then two hours."""

    def guesses() -> int:
        made = 0
        while sign_in(owner.email, WRONG) is False:
            made += 1
        return made

    assert guesses() == 5
    clock(61)
    assert guesses() == 5
    clock(61)
    assert guesses() == 0
    clock(600)
    assert guesses() == 5
    clock(61)
    assert guesses() == 5
    clock(700)
    assert guesses() == 0
    clock(7200)
    assert guesses() == 5


def test_signing_in_uses_up_nothing(owner):
    for _attempt in range(12):
        assert sign_in(owner.email) is True


@pytest.mark.parametrize("cookie", ["", "x", "1", "WyJ4IiwgWzFdXQ:1abc:def", "é", "a" * 5000])
def test_a_made_up_mark_makes_no_browser_known(owner, rf, cookie):
    """G12: signed by the shop's own secret, and a year at most."""
    request = rf.get("/")
    request.COOKIES[known_browsers.COOKIE] = cookie
    assert known_browsers.known_browser(request) is None
    assert not known_browsers.is_known_to(request, owner.email)


def test_the_mark_holds_numbers_only_and_scripts_cannot_read_it(client, owner):
    """G12: no name, no address, nothing that opens a door."""
    sign_in(owner.email, client=client)
    mark = client.cookies["known_browser"]
    request = RequestFactory().get("/")
    request.COOKIES["known_browser"] = mark.value
    known = known_browsers.known_browser(request)
    assert known.accounts == (owner.pk,)
    assert (len(known.number), mark["httponly"], mark["samesite"]) == (20, True, "Lax")
    client.cookies.pop("sessionid")
    assert client.get("/profile/").status_code == 302


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:50123", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:50123", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("198.51.100.1, 203.0.113.7:50123", "203.0.113.7"),
        ("unknown", None),
        ("", None),
        ("[", None),
        ("203.0.113.7:1:2", None),
    ],
)
def test_an_address_with_a_port_is_understood(rf, settings, written, address):
    """S4: behind a proxy that writes the port, everybody shared one count."""
    settings.BEHIND_PROXY = True
    assert ip_of(rf.get("/", headers={"X-Forwarded-For": written})) == address


def test_a_network_of_ipv6_counts_as_one_address(rf):
    """Whoever has one address of IPv6 has as many as they like."""
    one, other = (
        known_browsers.place_of(rf.get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1")
    )
    assert one == other == "2001:db8:1:2::"


@pytest.mark.parametrize("limit", ["five", "5", "5/x", "a/1m/ip"])
def test_a_limit_that_is_none_is_told_before_the_start(settings, limit):
    """Figures are settings: a wrong one is no fault at sign-in."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": f"{limit}/key"}
    assert "staff.E001" in {fault.id for fault in run_checks()}


def test_the_limits_as_they_are_can_be_read():
    assert [fault.id for fault in run_checks() if fault.id.startswith("staff.")] == []
