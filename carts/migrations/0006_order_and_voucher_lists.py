"""What lists of orders, products and vouchers are searched and sorted by, and the uses that orders gave back."""

import backoffice.database.fields
from django.db import migrations, models

from backoffice.database.refolding import refolding


class Migration(migrations.Migration):

    dependencies = [
        ('carts', '0005_storefront'),
        ('customers', '0020_shop_sessions_and_visitors'),
        ('groups', '0002_default_group'),
    ]

    operations = [
        migrations.AddField(
            model_name='order',
            name='payment_key',
            field=backoffice.database.fields.FoldedField(max_length=255, source='payment'),
        ),
        migrations.AddField(
            model_name='ordervoucher',
            name='given_back',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='historicalvoucher',
            name='quantity',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='Quantity available'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['payment_key', 'id'], name='order_by_payment'),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(fields=['reference', 'id'], name='product_by_reference'),
        ),
        migrations.AddIndex(
            model_name='voucher',
            index=models.Index(fields=['code_key', 'id'], name='voucher_by_code'),
        ),
        migrations.AddIndex(
            model_name='voucher',
            index=models.Index(fields=['starts_at', 'id'], name='voucher_by_start'),
        ),
        refolding('carts.order'),
    ]
