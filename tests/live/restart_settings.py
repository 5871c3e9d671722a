"""The product's own settings, as it is run for a shop, without collected static files."""

from backoffice.settings import *  # noqa: F403
from backoffice.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
