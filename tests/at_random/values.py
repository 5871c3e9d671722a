"""What is sent at random: values that mean something, values that mean nothing, and bytes that are no text at all."""

from datetime import date
from random import Random
from urllib.parse import quote_from_bytes

from tests.lists.test_any_query_string import NASTY

# Markup that must never come back as markup.
MARK = "<b id=x1>"
SENSIBLE = [
    *(
        "",
        "0",
        "1",
        "2",
        "3",
        "25",
        "on",
        "true",
        "false",
        "none",
        "yes",
        "last",
        "theirs",
        "yours",
        "all",
        "en",
        "pl",
    ),
    *(
        "Ada",
        "Byron",
        "ada@shop.example",
        "owner@example.com",
        "Wholesale",
        "VIP",
        "19,90",
        "1.234,56",
        "99.99",
    ),
    *(
        "2026-02-28",
        "28.02.2026",
        "+33 1 23 45 67 89",
        "FR",
        "0123456789",
        "lavender-under-the-stairs",
        "owner",
        "viewer",
    ),
    *(
        "dark",
        "light",
        "male",
        "neutral",
        "https://shop.example",
        "/customers/?newsletter=true",
        "active=true&q=a",
    ),
]
LEADING_AWAY = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http://[",
    "\t//evil.example",
]
NO_TEXT = [b"\0", b"a\0b", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80", b"%00", b"caf\xe9"]
DAYS = ["%s", "%sT00:00", "%s 24:61", "-%s"]
LAST_LETTER = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


def value(random: Random) -> bytes:
    """One value of a field or a parameter."""
    return random.choices(_MAKERS, _WEIGHTS)[0](random)


def encoded(pairs: list[tuple[bytes, bytes]], random: Random) -> str:
    """A query string, or the body of a form; now and then not the way it should be written."""
    text = "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(one)}" for name, one in pairs)
    if random.random() < 0.03:
        return text + random.choice(["&", "&&=&", "%", "%zz", "&=", ";a=b", "&%ff=%fe", "#", "?"])
    return text


def _sensible(random: Random) -> bytes:
    return random.choice(SENSIBLE).encode()


def _nasty(random: Random) -> bytes:
    return random.choice(NASTY).encode()


def _marked(random: Random) -> bytes:
    return random.choice(
        [MARK, f'">{MARK}', f"Ada {MARK}", f"'{MARK}", f"</script>{MARK}", f"{MARK}@shop.example"]
    ).encode()


def _number(random: Random) -> bytes:
    number = random.choice([-1, 1, 1, 1]) * random.randrange(10 ** random.choice([1, 2, 3, 9, 19, 40]))
    return random.choice(["{}", "{}", "{}.5", "{},00", "{}%", "+{}", "0{}", "{}e9"]).format(number).encode()


def _day(random: Random) -> bytes:
    ends = (date.min, date.max)
    day = random.choice([*ends, date.fromordinal(random.randint(1, date.max.toordinal()))])
    return (random.choice(DAYS) % day.strftime(random.choice(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]))).encode()


def _letters(random: Random) -> bytes:
    length = random.choice([1, 3, 12, 40, 300])
    highest = random.choice([0x7F, 0x24F, 0xFFFF, LAST_LETTER])
    points = (random.randint(1, highest) for _ in range(length))
    return "".join(chr(point) for point in points if point not in SURROGATES).encode()


def _long(random: Random) -> bytes:
    return random.choice(["x", "é", "👩", "9", "\n", " ", "(", "%"]).encode() * random.choice(
        [256, 5_000, 66_000]
    )


def _no_text(random: Random) -> bytes:
    return random.choice(NO_TEXT)


def _leading_away(random: Random) -> bytes:
    return random.choice(LEADING_AWAY).encode()


_MAKERS = [_sensible, _nasty, _marked, _number, _day, _letters, _long, _no_text, _leading_away]
_WEIGHTS = [36, 18, 12, 10, 8, 8, 1, 3, 4]
