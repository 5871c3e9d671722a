"""Orders on which something is owed, and the uses of a voucher, have indexes of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('carts', '0010_orders_found_as_their_customers'),
        ('customers', '0023_acts_of_members'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ordervoucher',
            name='voucher',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uses', to='carts.voucher'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('outstanding', 0), _negated=True), fields=['placed_at', 'id'], name='order_owed_by_date'),
        ),
        migrations.AddIndex(
            model_name='ordervoucher',
            index=models.Index(fields=['voucher', 'id'], name='order_voucher_of_voucher'),
        ),
    ]
