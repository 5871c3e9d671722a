"""People as they are really found in shops, and whom pages must survive (G1, G7; decisions 3 to 5)."""

import datetime as dt

from backoffice.demo.shop import Batch

from .people import Person

LONG = "Wolfeschlegelsteinhausenbergerdorff"


def make_odd(batch: Batch) -> None:
    """Change the first people of the shop, as far as there are any: one oddity each, at a fixed place."""
    if batch.number:
        return
    for person, make in zip(batch.people, _ODDITIES, strict=False):
        make(person)


def _looks_like_markup(person: Person) -> None:
    person.first_name, person.last_name = "<b>Bob</b>", "<script>alert(1)</script>"
    person.company = "<b>Bold & Sons</b>"
    person.note = "<script>alert('note')</script> \"quoted\" & <img src=x onerror=alert(2)>"
    person.user_agent = "<script>alert('browser')</script>"


def _looks_like_a_formula(person: Person) -> None:
    person.company, person.first_name = '=HYPERLINK("https://evil.example";"open")', "@Anna"
    person.phone = "+48 501 234 567"


def _long_names(person: Person) -> None:
    person.first_name = f"Adolph Blaine Charles David Earl {LONG}"
    person.last_name = "-".join([LONG] * 7)
    person.company = " ".join(["Société générale de transformation et de distribution"] * 4)


def _very_long_word(person: Person) -> None:
    person.first_name, person.last_name = "Ana-Maria", "Ș" * 255


def _leap_day(person: Person) -> None:
    person.birthday = dt.date(1996, 2, 29)


def _no_birthday(person: Person) -> None:
    person.birthday, person.title_id, person.phone = None, None, ""


def _guest(person: Person) -> None:
    person.guest, person.newsletter, person.partner_offers = True, False, False


def _guest_with_the_same_address(person: Person) -> None:
    person.guest, person.email = True, "twice@example.com"


def _account_beside_the_guest(person: Person) -> None:
    person.guest, person.email = False, "Twice@Example.com"


def _disabled(person: Person) -> None:
    person.active = False


def _never_here(person: Person) -> None:
    person.comes = False


def _deleted(person: Person) -> None:
    person.deleted_at = person.registered_at + dt.timedelta(minutes=5)


def _placeholder_address(person: Person) -> None:
    person.email, person.comes = f"shop-customer-{person.id}@no-email.invalid", False


def _letters_of_their_own(person: Person) -> None:
    person.first_name, person.last_name = "Véronique", "O’Hara-Łączyńska"


def _oldest(person: Person) -> None:
    person.birthday = dt.date(1900, 1, 1)


_ODDITIES = (
    _letters_of_their_own,
    _looks_like_markup,
    _leap_day,
    _no_birthday,
    _guest,
    _disabled,
    _never_here,
    _long_names,
    _looks_like_a_formula,
    _very_long_word,
    _guest_with_the_same_address,
    _account_beside_the_guest,
    _deleted,
    _placeholder_address,
    _oldest,
)
