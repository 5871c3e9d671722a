"""What the database lets the application do, and for how long, where it is not the owner of its tables (S18).

The owner of the tables brings them up to date; web server and worker sign in as a role that reads and writes them,
adds to history and events without changing what stands there, and has the limits of a page outside of transactions. Old
events go by a function of the owner (0009_old_events_go).
"""

from django.apps import apps
from django.db import connection, models
from simple_history.models import HistoricalChanges

from .limits import PAGE

_MIGRATIONS = "django_migrations"


def only_added_to() -> list[type[models.Model]]:
    """The models whose rows nobody changes or takes away: history, and what is marked `only_added`."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, HistoricalChanges) or getattr(model, "only_added", False)
    ]


def grants(role: str) -> list[str]:
    """The statements that give a role these rights, for the owner of the tables to run after each migrate.

    Tables that come later may be read and written at once, so that nothing stands still between the two; that new
    history is only added to holds from the next run on.
    """
    quote = connection.ops.quote_name
    name = quote(role)
    fixed = ", ".join(quote(model._meta.db_table) for model in only_added_to())
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
        f"REVOKE UPDATE, DELETE ON {fixed} FROM {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON {quote(_MIGRATIONS)} FROM {name}",
        f"GRANT EXECUTE ON FUNCTION delete_old_events(timestamptz, integer) TO {name}",
    ]


def limits(role: str) -> list[str]:
    """The statements that limit what a role does outside of transactions; a role may run them for itself.

    Of the role, so that they hold behind a connection pool (decision 54); the clock too, which Django would set.
    """
    quote = connection.ops.quote_name
    place = f"ALTER ROLE {quote(role)} IN DATABASE {quote(connection.settings_dict['NAME'])} SET"
    settings = {**PAGE.settings, "timezone": "UTC"}
    return [f"{place} {name} = '{value}'" for name, value in settings.items()]
