"""Visits to the shop and the pages seen."""

import datetime as dt
import random
from itertools import accumulate

from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch, Shop

from ..models import PageView, Visit
from .people import Person, between

VISITS = Table(
    Visit,
    "id customer_id visitor started_at last_seen_at pages_count device ip origin referrer landing_url user_agent",
)
PAGE_VIEWS = Table(PageView, "visit_id url product_id viewed_at seconds")

KEEP_PAGE_VIEWS = dt.timedelta(days=60)
AT_ONCE = 6
# Host of the referring page, its address, how often.
_ORIGINS = (
    ("", "", 40),
    ("google.com", "https://www.google.com/", 30),
    ("facebook.com", "https://www.facebook.com/", 8),
    ("instagram.com", "https://l.instagram.com/", 6),
    ("prestashop.com", "https://www.prestashop.com/showcase", 2),
    ("ceneo.pl", "https://www.ceneo.pl/", 5),
    ("newsletter.example.com", "https://newsletter.example.com/spring", 9),
)
_ORIGIN_WEIGHTS = tuple(accumulate(weight for *_rest, weight in _ORIGINS))
_BROWSERS = (
    ("computer", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"),
    ("computer", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
    (
        "computer",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15",
    ),
    ("phone", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"),
    (
        "phone",
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
    ),
    ("tablet", "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1"),
    ("unknown", ""),
)


def put_visits(batch: Batch) -> None:
    """The visits of `batch.people`, their last visit, and some of visitors whom nobody knows."""
    dice = batch.chance("visits")
    for place, person in enumerate(batch.people):
        if person.comes:
            online = not batch.number and place % 7 == 0 and place < 7 * AT_ONCE
            person.visit_times = _times(batch.shop, dice, person, online=online)
            person.figures.last_visit_at = max(person.visit_times)
        for started in person.visit_times:
            _put_visit(batch, dice, started, person)
    for _ in range(1 + batch.size // 10):
        _put_visit(batch, dice, between(batch.shop.opened, batch.shop.now, dice.random() ** 0.7), None)


def _times(shop: Shop, dice: random.Random, person: Person, *, online: bool) -> list[dt.datetime]:
    """When they came, in order: once at registration, then now and then; a few are here right now or were today."""
    until = person.deleted_at or shop.now
    times = [person.registered_at]
    while dice.random() < 0.68 and len(times) < 60:
        times.append(between(person.registered_at, until, dice.random()))
    chance = dice.random()
    if not person.deleted_at:
        if online or chance < 0.004:
            times.append(between(shop.now - dt.timedelta(minutes=20), shop.now, dice.random()))
        elif chance < 0.02:
            times.append(
                between(max(shop.now - dt.timedelta(hours=20), person.registered_at), shop.now, dice.random())
            )
    return sorted(times)


def _put_visit(batch: Batch, dice: random.Random, started: dt.datetime, person: Person | None) -> None:
    shop = batch.shop
    products = shop.facts.get("product_ids", ())
    throw = dice.random
    key = shop.take_id(Visit)
    origin, referrer, _weight = dice.choices(_ORIGINS, cum_weights=_ORIGIN_WEIGHTS)[0]
    device, browser = _BROWSERS[int(throw() * len(_BROWSERS))]
    pages = 1 + int(throw() ** 2 * 12)
    seconds = [5 + int(throw() ** 2 * 180) for _ in range(pages)]
    first = products[int(throw() * len(products))] if products and throw() < 0.5 else None
    landing = f"/products/{first}" if first else "/"
    ended = min(started + dt.timedelta(seconds=sum(seconds)), shop.now)
    if person:
        visitor, ip = person.visitor, person.ip if throw() < 0.8 else _address(dice)
        browser = person.user_agent or browser
    else:
        visitor, ip = f"{dice.getrandbits(128):032x}", _address(dice)
    batch.rows[VISITS].append(
        (
            key,
            person.id if person else None,
            visitor,
            started,
            max(ended, started),
            pages,
            device,
            ip,
            origin,
            referrer,
            landing,
            browser,
        )
    )
    if started > shop.now - KEEP_PAGE_VIEWS:
        at = started
        for place, stay in enumerate(seconds):
            product = first
            if place:
                product = products[int(throw() * len(products))] if products and throw() < 0.7 else None
            url = landing if not place else f"/products/{product}" if product else "/category"
            batch.rows[PAGE_VIEWS].append((key, url, product, min(at, shop.now), stay))
            at += dt.timedelta(seconds=stay)


def _address(dice: random.Random) -> str:
    if dice.random() < 0.1:
        return f"2001:db8::{dice.randrange(1, 65536):x}:{dice.randrange(1, 65536):x}"
    return f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"
