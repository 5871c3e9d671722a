"""Where requests are sent at random: every URL of the product, with the numbers and words its pattern asks for."""

import re
from random import Random
from urllib.parse import quote_from_bytes

from backoffice.sections import all_sections, section_named
from tests.test_every_url import EVERY_URL, Url, actions_of

from .values import value

NUMBERS = [0, 1, 2, 2**31, 2**63 - 1, 2**63, 10**18, 10**25]
WORDS = ["1", "abc", "set-password", "delete", "x" * 200, "no-such-action"]
PART = re.compile(
    r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<named>(?P<word><\w+>)(?P<pattern>(?:\[[^]]*\]|[^()])*)\)"
)
LISTS = {f"{section.slug}_list" for section in all_sections()}
# A list can be asked for in more ways than any other page.
WEIGHTS = [12 if url.name in LISTS else 1 for url in EVERY_URL]


class Places:
    """`numbers` are the numbers of what is there, by the first word of an address; others are asked for besides."""

    def __init__(self, numbers: dict[str, list[int]]):
        self.numbers = numbers

    def any(self, random: Random) -> Url:
        """Any URL."""
        return random.choices(EVERY_URL, WEIGHTS)[0]

    def path(self, url: Url, random: Random) -> str:
        """An address that the URL matches; now and then one that nothing does."""
        plain = url.route.replace("^", "").removesuffix("$")
        slug = plain.split("/")[1]
        path = PART.sub(lambda part: self._part(part, slug, random), plain)
        if random.random() < 0.01:
            path += random.choice(
                ["x", "/", "%00", "%ff", "../", "%2e%2e/", quote_from_bytes(value(random)[:200])]
            )
        return path

    def _part(self, part: re.Match, slug: str, random: Random) -> str:
        name = part["name"] or part["word"].strip("<>")
        if name in ("pk", "entry") or part["kind"] == "int":
            known = self.numbers.get(slug if name == "pk" else name, [])
            most = known if known and random.random() < 0.85 else [*NUMBERS, random.randrange(1, 40)]
            number = str(random.choice(most))
            return number if part["kind"] else number[:19]
        if part["pattern"] and "|" in part["pattern"]:
            return random.choice(part["pattern"].split("|"))
        section = section_named(slug)
        words = actions_of(section) if section and random.random() < 0.9 else WORDS
        return random.choice(words or WORDS)


def query_names(url: Url) -> list[str]:
    """The parameters that its page reads."""
    section = section_named(url.name.partition("_")[0])
    named = list(section.filters) if section else []
    return [
        *named,
        "sort",
        "page",
        "per_page",
        "bom",
        "back",
        "next",
        "scope",
        "kind",
        "person",
        "undone",
        "x",
    ]


def sorts(url: Url) -> list[str]:
    """All columns of its list, also those that nothing sorts by, both ways."""
    section = section_named(url.name.partition("_")[0])
    return [f"{way}{name}" for name in section.table.names() for way in ("", "-")] if section else ["id"]


def field_names(url: Url) -> list[str]:
    """The fields that are posted somewhere, those of its own section first."""
    section = section_named(url.name.partition("_")[0])
    own = [*section.form_fields, *section.table.names()] if section and section.form else []
    choices = [f"choice_{action.name}" for action in section.actions] if section else []
    return [*own, *own, *choices, *FIELDS]


FIELDS = (
    *(
        "selected",
        "selected",
        "all_matching",
        "scope",
        "job",
        "way",
        "sure",
        "choice",
        "value",
        "field",
        "version",
    ),
    *(
        "back",
        "from_page",
        "once",
        "stay",
        "only",
        "columns",
        "set",
        "order_id",
        "order_email",
        "note",
        "was",
        "use_note",
        "text",
        "close",
        "status",
        "assignee",
        "pinned",
    ),
    *(
        "ground",
        "login",
        "password",
        "password1",
        "password2",
        "oldpassword",
        "code",
        "credential",
        "passwordless",
    ),
    *(
        "email",
        "name",
        "role",
        "language",
        "theme",
        "density",
        "next",
        "action",
        "csrfmiddlewaretoken",
        "opened",
        "x",
    ),
)
