"""Settings, all of them from the environment (docs/operations.md lists every variable)."""

import logging
import re
import secrets
import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
env = environ.Env()
# Commands that only read and write files of the project: nothing they do is signed.
UNSIGNED = ("collectstatic", "makemessages", "makemigrations")


def _secret_key() -> str:
    """The secret of this installation: from the environment, else the one the demo generated in `var/`.

    Raises ImproperlyConfigured when there is neither: production never runs on a known secret (G12). What signs
    nothing gets one that nobody knows, for the moment.
    """
    key = env.str("SECRET_KEY", default="")
    kept = VAR / "secret_key"
    if not key and kept.is_file():
        key = kept.read_text().strip()
    if not key and sys.argv[1:2] and sys.argv[1] in UNSIGNED:
        key = secrets.token_urlsafe(50)
    if not key:
        raise ImproperlyConfigured(
            "Set SECRET_KEY, or run `python3 dev.py demo`, which generates one in var/."
        )
    return key


SECRET_KEY = _secret_key()
DEBUG = env.bool("DEBUG", default=False)
# The demo and the tests speak plain HTTP on this machine; a real shop never does.
DEMO = env.bool("DEMO", default=(VAR / "demo").is_file() and not env.str("SECRET_KEY", default=""))
_own_hosts = ["127.0.0.1", "localhost", "[::1]"] if DEMO or DEBUG else []
ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS", default=_own_hosts)]
CSRF_TRUSTED_ORIGINS = env.list("TRUSTED_ORIGINS", default=[])
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)


def _public_url() -> str:
    """Where links in mails to customers lead: never to what a request calls its host, which anybody may write."""
    if DEMO or DEBUG:
        default = f"http://127.0.0.1:{env.str('PORT', default='8000')}"
    else:
        default = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if ALLOWED_HOSTS else ""
    return env.str("PUBLIC_URL", default=default).rstrip("/")


PUBLIC_URL = _public_url()
SHOP_NAME = env.str("SHOP_NAME", default="Demo shop" if DEMO else "My shop")
# Pages that follow are told at once, by a line each holds open: needs `gunicorn backoffice.asgi` (docs/operations.md).
LIVE_STREAM = env.bool("LIVE_STREAM", default=False)
SHOP_URL = env.str("SHOP_URL", default="")
SHOP_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(SHOP_URL)) if SHOP_URL else ""


def _picture_origins() -> list[str]:
    """Where pictures of products may lie beside the shop: whole origins, so that the policy of pages stays strict."""
    origins = [one.strip().rstrip("/").lower() for one in env.list("PICTURE_ORIGINS", default=[])]
    for one in origins:
        if not re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", one):
            raise ImproperlyConfigured(
                f"PICTURE_ORIGINS: “{one}” is no origin such as https://cdn.example.com"
            )
    return origins


PICTURE_ORIGINS = [*([SHOP_ORIGIN] if SHOP_ORIGIN else []), *_picture_origins()]
SHOP_CURRENCY = env.str("SHOP_CURRENCY", default="EUR").upper()
SHOP_COUNTRY = env.str("SHOP_COUNTRY", default="").upper()

# The apps of the shop stand in a line: each may import those before it, none after it (tests/test_architecture.py).
SHOP_APPS = ["groups", "customers", "addresses", "carts"]
INSTALLED_APPS = [
    "backoffice",
    "backoffice.staff",
    *SHOP_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "backoffice.middleware.FollowMiddleware",
    "backoffice.middleware.RequestLogMiddleware",
    "backoffice.middleware.ErrorPagesMiddleware",
    "backoffice.middleware.LimitsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "backoffice.middleware.SignInMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backoffice.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backoffice.middleware.RightsMiddleware",
]

ROOT_URLCONF = "backoffice.urls"
WSGI_APPLICATION = "backoffice.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "backoffice.views.page_frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'shop.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Seconds that a change waits for another one; then it is told that there is one.
        "timeout": 5,
        # What was acknowledged survives a power cut, and what was deleted is overwritten.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["ENGINE"] = "backoffice.database.postgresql"
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that does not answer is told soon, by /health/ too: at the latest after seconds where it is new or the
    # network is cut (milliseconds in tcp_user_timeout), and by the backend's own patience where it hangs.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 2,
        "tcp_user_timeout": 3_000,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "backoffice.database.cache.CountingCache",
        "LOCATION": "cache_entries",
        # Django's 300 would drop counts of failed sign-ins that are still needed.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # What the frame of a page says alike to all who read one language, by Django's tag `cache`.
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
SESSION_ENGINE = "backoffice.staff.sessions"
# Never in a cookie: a message may hold what only the signed-in person should read (G12).
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Staff sign-in --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "staff.StaffMember"
AUTHENTICATION_BACKENDS = ["backoffice.staff.backends.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "backoffice.staff.adapters.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_FORMS = {
    "login": "backoffice.staff.sign_in_forms.SignInForm",
    "reset_password": "backoffice.staff.sign_in_forms.AskForNewPasswordForm",
    "reset_password_from_key": "backoffice.staff.sign_in_forms.NewPasswordForm",
    "set_password": "backoffice.staff.sign_in_forms.FirstPasswordForm",
    "change_password": "backoffice.staff.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "backoffice.staff.sign_in_forms.PasswordAgainForm",
}
MFA_ADAPTER = "backoffice.staff.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "backoffice.staff.sign_in_forms.SecondFactorForm",
    "reauthenticate": "backoffice.staff.sign_in_forms.SecondFactorAgainForm",
    "activate_totp": "backoffice.staff.sign_in_forms.SetUpAppForm",
    "add_webauthn": "backoffice.staff.sign_in_forms.AddKeyForm",
    "edit_webauthn": "backoffice.staff.sign_in_forms.RenameKeyForm",
}
MFA_TOTP_ISSUER = SHOP_NAME
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "backoffice.staff.links.LinkTokens"  # noqa: S105
# Staff are invited: nobody signs up with another's address, which is what the library would guard against here.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG

# How long a sign-in lasts without a click, in minutes.
SESSION_COOKIE_AGE = 60 * env.int("SIGN_IN_IDLE_MINUTES", default=8 * 60)
# Roles that need a second factor: "owner,manager".
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=[])
# Failed sign-ins, as "number/time": of one account from one browser or address, the wait growing from rate to rate; of
# all accounts from one address, known browsers left out; of one account from all unknown browsers together.
SIGN_IN_LIMITS = env.list("SIGN_IN_LIMITS", default=["5/1m", "10/10m", "20/2h"])
SIGN_IN_LIMIT_OF_ADDRESS = env.str("SIGN_IN_LIMIT_OF_ADDRESS", default="100/10m")
SIGN_IN_LIMIT_OF_ACCOUNT = env.str("SIGN_IN_LIMIT_OF_ACCOUNT", default="100/1h")
# How often calendar programs at one address may ask for tasks by their secret links.
CALENDAR_FEED_LIMIT = env.str("CALENDAR_FEED_LIMIT", default="120/10m")
# How long a customer's link for choosing a password works, and how often one address may open or send that page.
PASSWORD_LINK_HOURS = env.int("PASSWORD_LINK_HOURS", default=24)
PASSWORD_LINK_LIMIT = env.str("PASSWORD_LINK_LIMIT", default="30/10m")
# Failed sign-ins to a customer's account in the shop: from one browser or address; from all unknown browsers together.
CUSTOMER_SIGN_IN_LIMIT = env.str("CUSTOMER_SIGN_IN_LIMIT", default="10/10m")
CUSTOMER_SIGN_IN_LIMIT_OF_ACCOUNT = env.str("CUSTOMER_SIGN_IN_LIMIT_OF_ACCOUNT", default="100/1h")
# How many days without use a customer stays signed in to the shop.
CUSTOMER_SESSION_DAYS = env.int("CUSTOMER_SESSION_DAYS", default=20)
ACCOUNT_RATE_LIMITS = {
    "login": None,  # an office of a hundred signs in at nine; failures are counted below
    # In this order: whoever is refused by the first uses up nothing of the address they share with others.
    "login_failed": ",".join([*(f"{rate}/key" for rate in SIGN_IN_LIMITS), f"{SIGN_IN_LIMIT_OF_ADDRESS}/ip"]),
    "sign_in_of_strangers": f"{SIGN_IN_LIMIT_OF_ACCOUNT}/key",
    "calendar_feed": f"{CALENDAR_FEED_LIMIT}/ip",
    "password_link": f"{PASSWORD_LINK_LIMIT}/ip",
    "customer_sign_in": f"{CUSTOMER_SIGN_IN_LIMIT}/key",
    "customer_sign_in_of_strangers": f"{CUSTOMER_SIGN_IN_LIMIT_OF_ACCOUNT}/key",
}
MFA_RATE_LIMITS = {"webauthn_login": f"{SIGN_IN_LIMIT_OF_ADDRESS}/ip"}

# --- Languages, time, money -----------------------------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("pl", _("Polish")), ("ro", _("Romanian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Paris")
USE_I18N = True
USE_TZ = True

# --- Static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Mail -----------------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default="consolemail://" if DEMO or DEBUG else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
# A mail server that does not answer must not keep a page for ever; `?timeout=` of EMAIL_URL says otherwise.
EMAIL_TIMEOUT = EMAIL_CONFIG.get("EMAIL_TIMEOUT") or 15
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="back-office@example.com")

# --- Security -------------------------------------------------------------------------------------------------------
_plain_http = DEMO or DEBUG
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not _plain_http
SECURE_SSL_REDIRECT = not _plain_http
SECURE_HSTS_SECONDS = 0 if _plain_http else env.int("HSTS_SECONDS", default=365 * 24 * 3600)
# These two bind every host of the shop's domain, for years: only who owns them all can say so.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SECURE_REDIRECT_EXEMPT = [r"^(alive|health)/$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "backoffice.views.errors.form_expired"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # the e-mail address is unique without regard to case, by a constraint on Lower(email)
    "security.W005",  # the two settings above
    "security.W021",
]
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        # Pictures of products lie in the shop, or where the settings say.
        "img-src": ["'self'", "data:", *PICTURE_ORIGINS],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# The largest request of all, files included: nobody may fill the disk before one knows who they are.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# What a program may ask by its token: so often in a minute, in each process of the web server, and so much at once.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=3_000)
API_BODY_BYTES = env.int("API_BODY_BYTES", default=1024 * 1024)

# In each process of the web server, which needs more threads than that for its pages (gunicorn.conf.py).
DOWNLOADS_AT_ONCE = env.int("DOWNLOADS_AT_ONCE", default=4)

# --- Work in the background -----------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# How many days what was done to many can be taken back, and how many it is told what came of it (decision 50).
UNDO_DAYS = env.int("UNDO_DAYS", default=30)
JOB_DAYS = env.int("JOB_DAYS", default=90)
# How many days the Activity goes back; thirty at least, whatever is said (decision 50).
EVENT_DAYS = env.int("EVENT_DAYS", default=731)
# How many days are kept of what grows without end (decision 55): thirteen months, three months, two years.
VISIT_DAYS = env.int("VISIT_DAYS", default=396)
CART_EVENT_DAYS = env.int("CART_EVENT_DAYS", default=396)
PAGE_VIEW_DAYS = env.int("PAGE_VIEW_DAYS", default=92)
MAIL_DAYS = env.int("MAIL_DAYS", default=731)
# The largest file that the imports page takes, and its most rows; larger ones are for the command.
IMPORT_MEGABYTES = env.int("IMPORT_MEGABYTES", default=25)
IMPORT_ROWS = env.int("IMPORT_ROWS", default=250_000)

# --- Logs: what happened and where, never who (no e-mail, no names) ------------------------------------------------
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "backoffice.logs.formatter", "as_json": not DEBUG}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        # Django's own handlers would mail errors with all that was sent.
        "django": {"level": "INFO"},
        # Every answer has its line already, by RequestLogMiddleware, errors with their trace.
        "django.request": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "WARNING"},  # else two lines for every look into the queue
    },
}
