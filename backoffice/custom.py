"""What a custom field is called: a field that staff declared themselves (S4.23, decision 52)."""

from typing import Any

_PREFIX = "custom_"


def custom_name(key: int) -> str:
    """The name, in forms and query strings, of the field of that number."""
    return f"{_PREFIX}{key}"


def is_custom(name: str) -> bool:
    """Whether a field of that name was declared by staff."""
    return name.startswith(_PREFIX)


def key_of(name: str) -> int:
    """The number of the field of that name."""
    return int(name.removeprefix(_PREFIX))


def value_in(record: Any, name: str) -> Any:
    """The value that a record has in a field: in one of staff's, None for none, in its model's otherwise."""
    return record.custom.get(name) if is_custom(name) else getattr(record, name)
