"""What a visit to the shop is, and what its browser and referring page say. Pure (facts 1.12, S1.65, S1.66)."""

import datetime as dt
import re
from urllib.parse import urlsplit

# A browser that was silent for longer has come again (facts 1.12).
SILENCE = dt.timedelta(minutes=30)
PATH_MAX = 1000
_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|facebookexternalhit|headlesschrome|python-requests|curl/", re.I
)
_TABLET = re.compile(r"ipad|tablet|kindle|playbook|android(?!.*mobile)", re.I)
_PHONE = re.compile(r"mobi|iphone|ipod|android", re.I)
_COMPUTER = re.compile(r"windows|macintosh|linux|cros|x11", re.I)


def goes_on(last_seen: dt.datetime, now: dt.datetime) -> bool:
    """Whether somebody seen last at that moment is still on the same visit."""
    return now - last_seen <= SILENCE


def is_robot(user_agent: str) -> bool:
    """Whether a program reads the pages: it is no visit (facts 1.12)."""
    return bool(_ROBOT.search(user_agent))


def device_of(user_agent: str) -> str:
    """What somebody came with."""
    for device, pattern in (("tablet", _TABLET), ("phone", _PHONE), ("computer", _COMPUTER)):
        if pattern.search(user_agent):
            return device
    return "unknown"


def host_of(address: str) -> str:
    """The host of a web address, without "www."; "" for what is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")[:255]


def origin_of(referrer: str, *, own_host: str) -> str:
    """The host that a visit came from; "" for a direct link and for our own pages."""
    host = host_of(referrer)
    return "" if host == own_host else host


def path_of(page: str) -> str:
    """The path of a page, without what was asked there (decision 55)."""
    try:
        path = urlsplit(page).path
    except ValueError:
        path = page.partition("?")[0].partition("#")[0]
    return (path or "/")[:PATH_MAX]
