"""Fixtures of the whole suite; the database and the settings are chosen in tests/settings.py."""

pytest_plugins = (
    "tests.people",
    "tests.sold_things",
    "tests.trade",
    "tests.memory",
    "tests.browsing",
    "tests.databases",
    "tests.shop_api",
)
