"""Lists that follow."""

from ..sections import Section
from .memory import recall
from .versions import digest


def version_of_list(section: Section) -> dict[str, str]:
    """The version of all that the list may show; nothing where it does not follow."""
    version = section.listing.version
    return {"list": digest(recall(("list", section.slug), version))} if version else {}
