"""The imports page in the tests: a file is sent, and what the page says is read."""

from django.core.files.uploadedfile import SimpleUploadedFile

from backoffice.models import Import
from tests.reading import Node

HEAD = "E-mail;Last name;First name;Newsletter;Opt in;Uwagi\n"
FILE = HEAD + (
    "ada@shop.example;Byron;Ada;1;0;likes tea\n"
    "bo@shop.example;Bo;Bo;0;0;\n"
    "no address;Kim;Kim;0;0;\n"
    "ada@shop.example;Byron;Ada;1;0;\n"
)


def send(client, text: str | bytes, section: str = "customers", name: str = "shop.csv"):
    """The answer to a file that is chosen."""
    data = text.encode() if isinstance(text, str) else text
    return client.post("/imports/", {"section": section, "file": SimpleUploadedFile(name, data)})


def begin(client, imported: Import, *, dry_run: bool = False) -> Import:
    answer = client.post(f"/imports/{imported.pk}/start/", {"dry_run": "1" if dry_run else "0"})
    assert answer.status_code == 302
    imported.refresh_from_db()
    return imported


def figures(main: Node) -> list[str]:
    return [one.text for one in main.one("ul", "stats").all("li")]


def columns(main: Node) -> list[tuple[str, str, str]]:
    """What the page says of each column: its name, what it is taken for, some cells."""
    table = next(one for one in main.all("table") if one.one("caption").text == "Columns")
    return [
        tuple(cell.text for cell in line.children if cell.tag in ("th", "td")) for line in table.all("tr")[1:]
    ]
