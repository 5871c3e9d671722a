"""The product's settings, as in production, with the peers beside it that `measure` compares it to.

Plain HTTP on loopback as the demo speaks it; everything else is the product's own.
"""

import os
import tempfile

os.environ.setdefault(
    "SECRET_KEY", "a secret that is no secret, for measuring only, and long enough for everybody"
)
os.environ.setdefault("DEMO", "true")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("CONN_MAX_AGE", "86400")  # one backend for a whole measurement
os.environ.setdefault("STATIC_ROOT", os.path.join(tempfile.gettempdir(), "bench-static"))
os.environ["DEBUG"] = "false"

from backoffice.settings import *  # noqa: F403
from backoffice.settings import INSTALLED_APPS

INSTALLED_APPS += ["django.contrib.admin", "bench"]
ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["testserver", "localhost"]
