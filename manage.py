#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from backoffice.commands import run

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as fault:
        # Django would go on, and end in a traceback about something else.
        sys.exit(str(fault))
    run(sys.argv)
