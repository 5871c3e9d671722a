"""Reading a page as somebody in front of the screen does: column titles, rows, fields, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr"}


@dataclass
class Node:
    """An element of a page: its tag, its attributes, and what it holds in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Itself and all elements below, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", css: str = "", **attributes: str) -> list[Node]:
        """The elements below of that tag, class and attributes (`for_` and `class_` as Python writes them)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and (not css or css in node.attributes.get("class", "").split())
            and all(node.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", css: str = "", **attributes: str) -> Node:
        """The first such element; AssertionError where there is none."""
        found = self.all(tag, css, **attributes)
        assert found, f"no <{tag} class={css!r} {attributes}> on the page"
        return found[0]

    @property
    def text(self) -> str:
        """All its words, spaces as one."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Node):
                yield from child._texts()
            else:
                yield child

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        """An attribute, or the default."""
        return self.attributes.get(name, default)

    def has(self, name: str) -> bool:
        """Whether it has that attribute."""
        return name in self.attributes


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("page")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(answer) -> Node:
    """The page of an answer of the test client, or of its HTML text."""
    reader = _Reader()
    reader.feed(answer if isinstance(answer, str) else answer.content.decode())
    reader.close()
    return reader.root


def _shown(cells: list[Node]) -> list[Node]:
    """Without the check box, which nobody has who may do nothing with a selection, and without the actions."""
    return [cell for cell in cells[:-1] if "c-check" not in cell.get("class").split()]


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
        return [said(cell) for cell in _shown(self.lines[place].all("td"))]

    @property
    def chips(self) -> dict[str, str]:
        """The filters in force: their words, and where the cross of each leads."""
        return {chip.text: chip.one("a")["href"] for chip in self.page.all("li", "chip")}

    @property
    def paging(self) -> str:
        """The paging line above the list: "Page 1 / 1 | Display 50 / 1 result"."""
        menus = self.page.one("nav", "paging").all("summary")
        return " | ".join(menu.text for menu in menus)

    def field(self, name: str) -> Node:
        """The input of a filter."""
        return next(
            node for node in self.page.walk() if node.get("form") == "filters" and node.get("name") == name
        )


def said(node: Node) -> str:
    """What an element says to somebody who cannot see: its label, else its words, else the name of its icon."""
    if node.text:
        return node.text
    return " ".join(one["aria-label"] for one in node.walk() if one.has("aria-label"))


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
        elif value not in (None, False):
            data[one.html_name] = value
    return data
