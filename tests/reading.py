"""Reading a page as somebody in front of the screen does: column titles, rows, fields, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Node:
    """An element of a page."""

    def __init__(self, element: LexborNode):
        self.element = element
        self.tag = element.tag
        self.attributes = {name: value or "" for name, value in element.attributes.items()}

    def walk(self) -> Iterator[Node]:
        """Itself and all elements below, in the order of the page."""
        return (Node(element) for element in self.element.traverse())

    @property
    def children(self) -> list[Node]:
        """The elements right below."""
        return [Node(element) for element in self.element.iter()]

    def all(self, tag: str = "", css: str = "", **attributes: str) -> list[Node]:
        """The elements below of that tag, class and attributes (`for_` and `class_` as Python writes them)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in map(Node, self.element.css((tag or "*") + (f".{css}" if css else "")))
            if all(node.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", css: str = "", **attributes: str) -> Node:
        """The first such element; AssertionError where there is none."""
        found = self.all(tag, css, **attributes)
        assert found, f"no <{tag} class={css!r} {attributes}> on the page"
        return found[0]

    @property
    def text(self) -> str:
        """All its words, spaces as one."""
        return " ".join(self.element.text(separator=" ").split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        """An attribute, or the default."""
        return self.attributes.get(name, default)

    def has(self, name: str) -> bool:
        """Whether it has that attribute."""
        return name in self.attributes


def read(answer) -> Node:
    """The page of an answer of the test client, or of its HTML text, as a browser would understand it."""
    return Node(LexborHTMLParser(answer if isinstance(answer, str) else answer.content.decode()).root)


def _shown(cells: list[Node]) -> list[Node]:
    """Without the check box, which nobody has who may do nothing with a selection, and without the actions."""
    return [cell for cell in cells[:-1] if "c-check" not in cell.get("class").split()]


def _cells(line: Node) -> list[Node]:
    """The cells of a row, the one among them that is its header."""
    return [cell for cell in line.children if cell.tag in ("td", "th")]


class List:
    """The list on a page: the first table, titles in its first row, one row a record (interface.md)."""

    def __init__(self, answer):
        self.page = answer if isinstance(answer, Node) else read(answer)
        self.table = self.page.one("table")

    @property
    def titles(self) -> list[str]:
        """The column titles in order, without the check box and the actions."""
        return [cell.text for cell in _shown(self.table.one("tr").all("th"))]

    @property
    def lines(self) -> list[Node]:
        """The rows of records."""
        return self.table.one("tbody").all("tr")

    @property
    def ids(self) -> list[int]:
        """The ids of the records, by where their rows lead."""
        return [int(line["data-href"].split("/")[-2]) for line in self.lines]

    def cells(self, place: int = 0) -> list[str]:
        """What a row shows, without the check box and the actions; an icon by its name."""
        return [said(cell) for cell in _shown(_cells(self.lines[place]))]

    @property
    def chips(self) -> dict[str, str]:
        """The filters in force: their words, and where the cross of each leads."""
        return {chip.text: chip.one("a")["href"] for chip in self.page.all("li", "chip")}

    @property
    def faults(self) -> dict[str, str]:
        """What is told at the filters, by filter."""
        told = {one["id"]: one.text for one in self.page.all("span", "filter-error")}
        return {key.removeprefix("filter-").removesuffix("-error"): text for key, text in told.items()}

    def filters_under(self, place: int) -> list[Node]:
        """The inputs under a column title, by its place among those shown."""
        cell = _shown(self.table.one("tr", "filters").all("td"))[place]
        return [one for one in cell.walk() if one.get("form") == "filters"]

    @property
    def paging(self) -> str:
        """The paging line above the list: "Page 1 / 1 | Display 50 / 1 result"."""
        menus = self.page.one("nav", "paging").all("summary")
        return " | ".join(menu.text for menu in menus)

    @property
    def total(self) -> int:
        """How many records match, as the paging line says."""
        return int("".join(filter(str.isdigit, self.paging.rpartition("/")[2])))

    def field(self, name: str) -> Node:
        """The input of a filter."""
        return next(
            node for node in self.page.walk() if node.get("form") == "filters" and node.get("name") == name
        )


def figure(node: Node) -> str:
    """What a figure says as long as it is closed: one that explains itself has more inside."""
    summaries = node.all("summary")
    return (summaries[0] if summaries else node).text


def figures(block: Node) -> dict[str, str]:
    """What stands in a list of facts, by title, and each figure as long as it is closed."""
    titles, values = block.all("dt"), block.all("dd")
    return dict(zip([one.text for one in titles], map(figure, values), strict=True))


def explained(block: Node) -> dict[str, str]:
    """Where the figures of a list of facts explain themselves, by title."""
    titles, values = block.all("dt"), block.all("dd")
    pairs = zip(titles, values, strict=True)
    return {title.text: value.one("a")["href"] for title, value in pairs if value.all("details")}


def said(node: Node) -> str:
    """What an element says to somebody who cannot see: its label, else its words, else the name of its icon."""
    if node.text:
        return node.text
    return " ".join(one["aria-label"] for one in node.walk() if one.has("aria-label"))


@dataclass(frozen=True)
class Change:
    """What somebody changed at once, on a history page; `fields` are {label: (value before, value after)}, of a list
    {label: what came or went}.

    `door` is "" where `who` says it; `said` are lines without values, as "Added"; `ip` stands in a tip.
    """

    who: str
    door: str
    ip: str
    fields: dict[str, tuple[str, str] | str]
    said: tuple[str, ...] = ()


def history(answer) -> list[Change]:
    """The changes on a record's history page, newest first."""
    found = []
    for moment in read(answer).all("li", "act"):
        lines = moment.all(css="change")
        origin = moment.all("span", "origin")
        found.append(
            Change(
                who=moment.one("span", "by").text,
                door=origin[0].text if origin else "",
                ip=origin[0].get("title") if origin else "",
                fields={
                    line.one(css="label").text.rstrip(" :"): (
                        (line.one(css="old").text, line.one(css="new").text)
                        if line.all(css="old")
                        else line.one(css="new").text
                    )
                    for line in lines
                    if line.all(css="label")
                },
                said=tuple(line.text for line in lines if not line.all(css="label")),
            )
        )
    return found


def faults(answer) -> dict[str, list[str]]:
    """The faults a form told, by field."""
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def filled(form) -> dict[str, object]:
    """What a browser would post of a form as it stands."""
    data: dict[str, object] = {}
    for one in form:
        value, widget = one.value(), one.field.widget
        if one.field.disabled:
            continue
        if hasattr(widget, "widgets_names"):
            parts = widget.decompress(value)
            data.update(
                {
                    f"{one.html_name}{end}": part or ""
                    for end, part in zip(widget.widgets_names, parts, strict=True)
                }
            )
        elif value is True:
            data[one.html_name] = "on"
        elif value is not None and value is not False:
            data[one.html_name] = value
    return data
