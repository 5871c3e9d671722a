"""Whole numbers as they come in addresses and forms, and how large a database lets them be."""

# The largest number of a BigIntegerField, and so the largest id there can be.
LARGEST = 2**63 - 1
# A BigAutoField holds every number of so many digits.
MOST_DIGITS = 18


def numbered(text: str) -> int | None:
    """The number of a record as it is typed or copied from a list: 896, 000896, #000896; None for any other text."""
    return whole(text.strip().removeprefix("#"))


def whole(text: str, most_digits: int = MOST_DIGITS) -> int | None:
    """The number that these digits 0 to 9 write; None for any other text, and for more digits than that."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None
