"""What the earlier rows of a file were about, in little memory: a file may have a million of them. Pure."""

from array import array
from dataclasses import dataclass, field

_PAGE = 4_096
_FEWEST = 1_024


@dataclass
class Earlier:
    """What the earlier rows of a file were about.

    `seen` are the customers, `made` those among them who came in by this file. `addresses` were taken by a row and
    `given_up` by one, `guests` and `numbers` are those of the rows that had them first: they do not depend on where
    one block ends and the next begins.
    """

    seen: "Lines" = field(default_factory=lambda: Lines())
    made: "Lines" = field(default_factory=lambda: Lines())
    addresses: "Claims" = field(default_factory=lambda: Claims())
    given_up: "Claims" = field(default_factory=lambda: Claims())
    guests: "Claims" = field(default_factory=lambda: Claims())
    numbers: "Claims" = field(default_factory=lambda: Claims())

    def keep(self, *, dry_run: bool) -> None:
        """The block went in. The addresses that it took are in the database from now on, but for a dry run."""
        for claims in (self.given_up, self.guests, self.numbers):
            claims.keep()
        if dry_run:
            self.addresses.keep()
        else:
            self.addresses.forget()

    def forget(self) -> None:
        """The block did not go in."""
        for claims in (self.addresses, self.given_up, self.guests, self.numbers):
            claims.forget()


class Lines:
    """Which line of the file is about which customer: four bytes for each id, however large the file."""

    def __init__(self):
        self._pages: dict[int, array] = {}

    def get(self, key: int) -> int:
        """The line that was about this customer, 0 for none."""
        page = self._pages.get(key // _PAGE)
        return page[key % _PAGE] if page else 0

    def note(self, key: int, line: int) -> None:
        """This line is about that customer."""
        page = self._pages.get(key // _PAGE)
        if page is None:
            page = self._pages[key // _PAGE] = array("I", bytes(4 * _PAGE))
        page[key % _PAGE] = line


class Claims:
    """Texts, each with the line that said it first.

    Those of a block are kept once it went in, or forgotten with it. Kept ones cost some 20 bytes each, however long
    they are: a file may have a million.
    """

    def __init__(self):
        self._block: dict[str, int] = {}
        self._kept = _Table()

    def get(self, text: str) -> int:
        """The line that said this, 0 for none."""
        return self._block.get(text) or self._kept.get(hash(text))

    def note(self, text: str, line: int) -> None:
        """This line says that."""
        self._block[text] = line

    def keep(self) -> None:
        """The block went in: what it said holds for the rest of the file."""
        for text, line in self._block.items():
            self._kept.put(hash(text), line)
        self._block.clear()

    def forget(self) -> None:
        """What the block said holds no longer."""
        self._block.clear()


class _Table:
    """Numbers of 64 bits, each with a line, in two arrays: a number stands at the first free place from its own on."""

    def __init__(self):
        self._used = 0
        self._make(_FEWEST)

    def _make(self, size: int) -> None:
        self._keys = array("q", bytes(8 * size))
        self._lines = array("I", bytes(4 * size))
        self._last = size - 1

    def _place(self, key: int) -> int:
        place = key & self._last
        while self._lines[place] and self._keys[place] != key:
            place = (place + 1) & self._last
        return place

    def get(self, key: int) -> int:
        """The line of this number, 0 for none."""
        return self._lines[self._place(key)]

    def put(self, key: int, line: int) -> None:
        """This number has that line."""
        place = self._place(key)
        if not self._lines[place]:
            self._used += 1
        self._keys[place], self._lines[place] = key, line
        if 3 * self._used > 2 * len(self._keys):
            self._grow()

    def _grow(self) -> None:
        keys, lines = self._keys, self._lines
        self._make(2 * len(keys))
        for key, line in zip(keys, lines, strict=True):
            if line:
                place = self._place(key)
                self._keys[place], self._lines[place] = key, line
