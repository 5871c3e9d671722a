"""Versions of the blocks of a page, as they stand in the address that it asks: `v=carts.9f2c6b01d3e4~orders.…`."""

from collections.abc import Iterable, Mapping
from hashlib import blake2s
from typing import Any

from django.db.models import CharField, F, Model, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import QueryDict

from ..sections import Panel

VERSIONS = "v"
_READ_AS = "version_of_"


def joined(*parts: Any) -> Concat | Coalesce:
    """Several facts that the database counts as one version; a text names a field."""
    texts = [
        Coalesce(Cast(F(part) if isinstance(part, str) else part, CharField()), Value("")) for part in parts
    ]
    separated = [one for text in texts for one in (text, Value("-"))]
    return Concat(*separated, output_field=CharField())


def versions_of(panels: Iterable[Panel]) -> dict[str, Any]:
    """What the record of a page is read with, so that it knows the versions of its blocks."""
    return {_READ_AS + panel.name.replace("-", "_"): panel.version() for panel in panels if panel.version}


def version_in(record: Model, panel: Panel) -> str:
    """The version of a block, as the record was read with it."""
    return digest(getattr(record, _READ_AS + panel.name.replace("-", "_")))


def digest(version: Any) -> str:
    """A version as it stands in an address: it says nothing of what it was made of."""
    return blake2s(str(version).encode(), digest_size=6).hexdigest()


def packed(versions: Mapping[str, str]) -> str:
    """Versions by block, as one text."""
    return "~".join(f"{name}.{version}" for name, version in versions.items())


def seen(params: QueryDict) -> dict[str, str]:
    """The versions that a page says it shows."""
    parts = (one.partition(".") for one in params.get(VERSIONS, "").split("~"))
    return {name: version for name, _dot, version in parts}


def changed(now: Mapping[str, str], shown: Mapping[str, str]) -> list[str]:
    """The blocks that are not shown as they are now."""
    return [name for name, version in now.items() if shown.get(name) != version]
