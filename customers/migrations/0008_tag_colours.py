from django.db import migrations, models

COLOURS = ("grey", "red", "orange", "green", "teal", "blue", "purple", "pink")
FIELD = {
    "choices": [(one, one.capitalize()) for one in COLOURS],
    "default": "grey",
    "db_default": "grey",
    "max_length": 6,
    "verbose_name": "Colour",
}


def name_them(apps, schema_editor):
    """The numbers of before, which nothing showed, by their names; any other one is grey."""
    for model in ("Tag", "HistoricalTag"):
        tags = apps.get_model("customers", model).objects
        for number, colour in enumerate(COLOURS):
            tags.filter(colour=str(number)).update(colour=colour)
        tags.exclude(colour__in=COLOURS).update(colour="grey")


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_last_update_and_notes")]

    operations = [
        migrations.AlterField("tag", "colour", models.CharField(**FIELD)),
        migrations.AlterField("historicaltag", "colour", models.CharField(**FIELD)),
        migrations.RunPython(name_them, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "tag",
            models.CheckConstraint(condition=models.Q(colour__in=COLOURS), name="tag_colour_known"),
        ),
    ]
