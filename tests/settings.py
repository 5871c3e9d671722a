"""Settings of the tests: the product's own on a database of the tests' own, untouched by the developer's environment.

DB=sqlite (the default) or DB=pg chooses the database. The first process of a run makes it and hands it on to the
others.
"""

import atexit
import os
import shutil
import sys
import tempfile

for _name in (
    *(
        "ALLOWED_HOSTS",
        "BEHIND_PROXY",
        "CONN_MAX_AGE",
        "DEBUG",
        "DEFAULT_FROM_EMAIL",
        "EMAIL_URL",
        "LANGUAGE_CODE",
    ),
    *("API_BODY_BYTES", "API_REQUESTS_A_MINUTE", "CUSTOMER_SESSION_DAYS"),
    *("CUSTOMER_SIGN_IN_LIMIT", "CUSTOMER_SIGN_IN_LIMIT_OF_ACCOUNT"),
    *("CART_EVENT_DAYS", "EVENT_DAYS", "MAIL_DAYS", "PAGE_VIEW_DAYS", "VISIT_DAYS"),
    *("PASSWORD_LINK_HOURS", "PASSWORD_LINK_LIMIT", "PICTURE_ORIGINS", "PORT", "PUBLIC_URL"),
    *("CALENDAR_FEED_LIMIT", "SECOND_FACTOR_ROLES", "SIGN_IN_IDLE_MINUTES"),
    *("SIGN_IN_LIMITS", "SIGN_IN_LIMIT_OF_ACCOUNT", "SIGN_IN_LIMIT_OF_ADDRESS"),
    *("LOG_LEVEL", "SHOP_COUNTRY", "SHOP_CURRENCY", "SHOP_NAME", "SHOP_URL", "STATIC_ROOT", "TIME_ZONE"),
    "TRUSTED_ORIGINS",
):
    os.environ.pop(_name, None)

os.environ["SECRET_KEY"] = (
    "a secret that is no secret, for tests only, and long enough for Django's own check"
)
os.environ["DEMO"] = "true"  # plain HTTP on loopback

if "TEST_DATABASE_URL" not in os.environ:
    if os.environ.get("DB", "sqlite") == "pg":
        from tests.postgres import start_postgres

        try:
            os.environ["TEST_DATABASE_URL"], _stop = start_postgres()
        except RuntimeError as error:
            sys.exit(str(error))
        atexit.register(_stop)
    else:
        _folder = tempfile.mkdtemp(prefix="sqlite")
        os.environ["TEST_DATABASE_URL"] = f"sqlite:///{_folder}/shop.sqlite3"
        atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from backoffice.settings import *  # noqa: E402, F403
from backoffice.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in a real shop: write-ahead log and locks behave as they do there.
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"].replace("shop.", "test.")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# Hashing by Argon2 takes a quarter of a second on purpose; signing in is not what most tests are about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# A request that asks the database once for each row fails its test.
INSTALLED_APPS += ["zeal"]
MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
ZEAL_RAISE = True
# Ending a session reads it a second time, to delete it.
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]
