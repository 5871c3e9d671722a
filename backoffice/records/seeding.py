"""What a fresh shop has before anybody works in it; each app adds its part to `registries.seeds`."""

from django.apps import apps as current_apps
from django.core.management.color import no_style
from django.db import connections, migrations, models, router
from django.utils import timezone

from ..access.permissions import SECTION_RIGHTS
from ..registries import seeds


def seed_all() -> None:
    """Put in what `migrate` puts into a new database, where it is missing; for tests that emptied theirs."""
    for entry in seeds:
        entry.function(current_apps)


def seeding(function) -> migrations.RunPython:
    """The migration operation of a seed: `function(apps)`. It has nothing to undo, the tables go with 0001."""
    return migrations.RunPython(lambda apps, schema_editor: function(apps), migrations.RunPython.noop)


def put_in(model: type[models.Model], rows: list[models.Model]) -> None:
    """Insert the rows whose keys are not there yet; ids given out later follow the highest one there is.

    The stored count of a section's list is right afterwards, and history begins with what was put in.
    """
    there = set(model._default_manager.values_list("pk", flat=True))
    model._default_manager.bulk_create(rows, ignore_conflicts=True)
    continue_ids(model)
    _write_down(model, [row for row in rows if row.pk not in there])
    if set(SECTION_RIGHTS) <= set(model._meta.default_permissions):
        counters = model._meta.apps.get_model("backoffice", "Counter").objects
        counters.update_or_create(
            name=model._meta.label_lower, defaults={"value": model._default_manager.count()}
        )


def _write_down(model: type[models.Model], rows: list[models.Model]) -> None:
    """By the historical model's name: in a migration a model has no history of its own to ask."""
    past = model._meta.apps.all_models[model._meta.app_label].get(f"historical{model._meta.model_name}")
    if past is None:  # a list without a history
        return
    kept = {one.attname for one in past._meta.concrete_fields}
    names = [one.attname for one in model._meta.concrete_fields if one.attname in kept]
    past._default_manager.bulk_create(
        past(history_date=timezone.now(), history_type="+", **{name: getattr(row, name) for name in names})
        for row in rows
    )


def continue_ids(*written: type[models.Model]) -> None:
    """Make PostgreSQL give out ids after the highest one in each table, where rows came with ids of their own."""
    for model in written:
        connection = connections[router.db_for_write(model)]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
