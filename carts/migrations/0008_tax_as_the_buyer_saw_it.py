"""Orders remember whether their buyer saw prices with tax: those that are there take it from the customer's group."""

from django.db import migrations, models


def _as_groups_see_them(apps, schema_editor):
    Customer, Group = apps.get_model("customers", "Customer"), apps.get_model("groups", "Group")
    without = Group.objects.filter(price_display="tax_excluded").order_by().values("pk")
    people = Customer.objects.filter(default_group__in=without).order_by().values("pk")
    apps.get_model("carts", "Order").objects.filter(customer__in=people).update(tax_included=False)


class Migration(migrations.Migration):
    dependencies = [("carts", "0007_search")]

    operations = [
        *(
            migrations.AddField(
                model,
                "tax_included",
                models.BooleanField(db_default=True, default=True, verbose_name="Prices tax included"),
            )
            for model in ("order", "historicalorder")
        ),
        migrations.RunPython(_as_groups_see_them, migrations.RunPython.noop),
    ]
