"""All tables of this app."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('staff', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=32, unique=True, verbose_name='Name')),
                ('name_fr', models.CharField(blank=True, max_length=32, verbose_name='Name in French')),
                ('name_pl', models.CharField(blank=True, max_length=32, verbose_name='Name in Polish')),
                ('name_ro', models.CharField(blank=True, max_length=32, verbose_name='Name in Romanian')),
                ('discount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Discount')),
                ('price_display', models.CharField(choices=[('tax_included', 'tax included'), ('tax_excluded', 'tax excluded')], default='tax_included', max_length=12, verbose_name='Price Display Method')),
                ('show_prices', models.BooleanField(default=True, verbose_name='Show prices')),
                ('free_shipping', models.BooleanField(default=False, verbose_name='Free shipping')),
                ('rule', models.JSONField(blank=True, null=True, verbose_name='Automatic rule')),
                ('members_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='Members')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Creation date')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Last update')),
            ],
            options={
                'verbose_name': 'group',
                'verbose_name_plural': 'groups',
                'default_permissions': ('view', 'add', 'change', 'delete', 'export', 'import', 'settings'),
                'constraints': [models.CheckConstraint(condition=models.Q(('discount__gte', 0), ('discount__lte', 100)), name='group_discount_is_a_percentage'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='group_has_a_name'), models.CheckConstraint(condition=models.Q(('price_display__in', ['tax_included', 'tax_excluded'])), name='group_price_display_known')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGroup',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('door', models.CharField(choices=[('page', 'Back office page'), ('import', 'Import'), ('api', 'API'), ('command', 'Command'), ('shop', 'Shop')], default='command', max_length=10, verbose_name='from')),
                ('ip', models.GenericIPAddressField(blank=True, null=True, verbose_name='IP address')),
                ('name', models.CharField(db_index=True, max_length=32, verbose_name='Name')),
                ('name_fr', models.CharField(blank=True, max_length=32, verbose_name='Name in French')),
                ('name_pl', models.CharField(blank=True, max_length=32, verbose_name='Name in Polish')),
                ('name_ro', models.CharField(blank=True, max_length=32, verbose_name='Name in Romanian')),
                ('discount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='Discount')),
                ('price_display', models.CharField(choices=[('tax_included', 'tax included'), ('tax_excluded', 'tax excluded')], default='tax_included', max_length=12, verbose_name='Price Display Method')),
                ('show_prices', models.BooleanField(default=True, verbose_name='Show prices')),
                ('free_shipping', models.BooleanField(default=False, verbose_name='Free shipping')),
                ('rule', models.JSONField(blank=True, null=True, verbose_name='Automatic rule')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Creation date')),
                ('history_change_reason', models.CharField(max_length=200, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical group',
                'verbose_name_plural': 'historical groups',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
