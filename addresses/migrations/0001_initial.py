"""All tables of this app."""

import backoffice.database.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0001_initial'),
        ('staff', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name='ISO code')),
                ('calling_code', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Calling code')),
                ('needs_postcode', models.BooleanField(default=False, verbose_name='Postcode required')),
                ('postcode_pattern', models.CharField(blank=True, max_length=1000, verbose_name='Postcode pattern')),
                ('postcode_example', models.CharField(blank=True, max_length=20, verbose_name='Postcode example')),
                ('needs_state', models.BooleanField(default=False, verbose_name='State required')),
                ('needs_identification', models.BooleanField(default=False, verbose_name='Identification number required')),
                ('address_format', models.TextField(max_length=500, verbose_name='Address format')),
                ('active', models.BooleanField(default=True, verbose_name='Enabled')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Last update')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'default_permissions': ('view', 'add', 'change', 'delete', 'export', 'import', 'settings'),
                'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('code'), 2), ('code', django.db.models.functions.text.Upper('code'))), name='country_code_is_two_capitals')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCountry',
            fields=[
                ('door', models.CharField(choices=[('page', 'Back office page'), ('import', 'Import'), ('api', 'API'), ('command', 'Command'), ('shop', 'Shop')], default='command', max_length=10, verbose_name='from')),
                ('ip', models.GenericIPAddressField(blank=True, null=True, verbose_name='IP address')),
                ('code', models.CharField(db_index=True, max_length=2, verbose_name='ISO code')),
                ('calling_code', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Calling code')),
                ('needs_postcode', models.BooleanField(default=False, verbose_name='Postcode required')),
                ('postcode_pattern', models.CharField(blank=True, max_length=1000, verbose_name='Postcode pattern')),
                ('postcode_example', models.CharField(blank=True, max_length=20, verbose_name='Postcode example')),
                ('needs_state', models.BooleanField(default=False, verbose_name='State required')),
                ('needs_identification', models.BooleanField(default=False, verbose_name='Identification number required')),
                ('address_format', models.TextField(max_length=500, verbose_name='Address format')),
                ('active', models.BooleanField(default=True, verbose_name='Enabled')),
                ('history_change_reason', models.CharField(max_length=200, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical country',
                'verbose_name_plural': 'historical countries',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalState',
            fields=[
                ('door', models.CharField(choices=[('page', 'Back office page'), ('import', 'Import'), ('api', 'API'), ('command', 'Command'), ('shop', 'Shop')], default='command', max_length=10, verbose_name='from')),
                ('ip', models.GenericIPAddressField(blank=True, null=True, verbose_name='IP address')),
                ('code', models.CharField(db_index=True, max_length=10, verbose_name='ISO code')),
                ('name', models.CharField(max_length=100, verbose_name='Name')),
                ('active', models.BooleanField(default=True, verbose_name='Enabled')),
                ('history_change_reason', models.CharField(max_length=200, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('country', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='addresses.country', verbose_name='Country')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical state',
                'verbose_name_plural': 'historical states',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='State',
            fields=[
                ('code', models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name='ISO code')),
                ('name', models.CharField(max_length=100, verbose_name='Name')),
                ('active', models.BooleanField(default=True, verbose_name='Enabled')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='addresses.country', verbose_name='Country')),
            ],
            options={
                'verbose_name': 'state',
                'verbose_name_plural': 'states',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('country', django.db.models.functions.text.Left(models.F('code'), 2))), name='state_code_starts_with_country'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='state_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAddress',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('door', models.CharField(choices=[('page', 'Back office page'), ('import', 'Import'), ('api', 'API'), ('command', 'Command'), ('shop', 'Shop')], default='command', max_length=10, verbose_name='from')),
                ('ip', models.GenericIPAddressField(blank=True, null=True, verbose_name='IP address')),
                ('alias', models.CharField(max_length=32, verbose_name='Alias')),
                ('kind', models.CharField(choices=[('billing', 'Billing'), ('shipping', 'Shipping'), ('both', 'Billing and shipping')], default='both', max_length=8, verbose_name='Kind')),
                ('company', models.CharField(blank=True, max_length=255, verbose_name='Company')),
                ('first_name', models.CharField(max_length=255, verbose_name='First name')),
                ('last_name', models.CharField(max_length=255, verbose_name='Last name')),
                ('address1', models.CharField(max_length=128, verbose_name='Address')),
                ('address2', models.CharField(blank=True, max_length=128, verbose_name='Address (2)')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='Postcode')),
                ('city', models.CharField(max_length=64, verbose_name='City')),
                ('phone', models.CharField(blank=True, max_length=32, verbose_name='Phone')),
                ('phone_mobile', models.CharField(blank=True, max_length=32, verbose_name='Mobile phone')),
                ('vat_number', models.CharField(blank=True, max_length=32, verbose_name='VAT number')),
                ('dni', models.CharField(blank=True, max_length=32, verbose_name='Identification number')),
                ('other', models.TextField(blank=True, max_length=300, verbose_name='Other')),
                ('default_billing', models.BooleanField(default=False, verbose_name='Default billing address')),
                ('default_shipping', models.BooleanField(default=False, verbose_name='Default shipping address')),
                ('external_id', models.CharField(blank=True, max_length=64, verbose_name='Reference elsewhere')),
                ('deleted', models.BooleanField(default=False, editable=False, verbose_name='Deleted')),
                ('deleted_at', models.DateTimeField(editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Creation date')),
                ('history_change_reason', models.CharField(max_length=200, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('country', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='addresses.country', verbose_name='Country')),
                ('customer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.customer', verbose_name='Customer')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('state', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='addresses.state', verbose_name='State')),
            ],
            options={
                'verbose_name': 'historical address',
                'verbose_name_plural': 'historical addresses',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', models.CharField(max_length=32, verbose_name='Alias')),
                ('kind', models.CharField(choices=[('billing', 'Billing'), ('shipping', 'Shipping'), ('both', 'Billing and shipping')], default='both', max_length=8, verbose_name='Kind')),
                ('company', models.CharField(blank=True, max_length=255, verbose_name='Company')),
                ('first_name', models.CharField(max_length=255, verbose_name='First name')),
                ('last_name', models.CharField(max_length=255, verbose_name='Last name')),
                ('address1', models.CharField(max_length=128, verbose_name='Address')),
                ('address2', models.CharField(blank=True, max_length=128, verbose_name='Address (2)')),
                ('postcode', models.CharField(blank=True, max_length=12, verbose_name='Postcode')),
                ('city', models.CharField(max_length=64, verbose_name='City')),
                ('phone', models.CharField(blank=True, max_length=32, verbose_name='Phone')),
                ('phone_mobile', models.CharField(blank=True, max_length=32, verbose_name='Mobile phone')),
                ('vat_number', models.CharField(blank=True, max_length=32, verbose_name='VAT number')),
                ('dni', models.CharField(blank=True, max_length=32, verbose_name='Identification number')),
                ('other', models.TextField(blank=True, max_length=300, verbose_name='Other')),
                ('default_billing', models.BooleanField(default=False, verbose_name='Default billing address')),
                ('default_shipping', models.BooleanField(default=False, verbose_name='Default shipping address')),
                ('external_id', models.CharField(blank=True, max_length=64, verbose_name='Reference elsewhere')),
                ('deleted', models.BooleanField(default=False, editable=False, verbose_name='Deleted')),
                ('deleted_at', models.DateTimeField(editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Creation date')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Last update')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('first_name_key', backoffice.database.fields.FoldedField(max_length=255, source='first_name')),
                ('last_name_key', backoffice.database.fields.FoldedField(max_length=255, source='last_name')),
                ('address_key', backoffice.database.fields.FoldedField(max_length=260, source='street')),
                ('city_key', backoffice.database.fields.FoldedField(max_length=64, source='city')),
                ('search_text', backoffice.database.fields.SearchField(blank=True, default='', editable=False)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='customers.customer', verbose_name='Customer')),
                ('country', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='addresses.country', verbose_name='Country')),
                ('state', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='addresses.state', verbose_name='State')),
            ],
            options={
                'verbose_name': 'address',
                'verbose_name_plural': 'addresses',
                'default_permissions': ('view', 'add', 'change', 'delete', 'export', 'import', 'settings'),
                'indexes': [models.Index(fields=['customer', 'id'], name='address_of_customer'), models.Index(condition=models.Q(('deleted', False)), fields=['id'], name='address_here'), models.Index(condition=models.Q(('deleted', False)), fields=['first_name_key', 'id'], name='address_by_first_name'), models.Index(condition=models.Q(('deleted', False)), fields=['last_name_key', 'id'], name='address_by_last_name'), models.Index(condition=models.Q(('deleted', False)), fields=['address_key', 'id'], name='address_by_street'), models.Index(condition=models.Q(('deleted', False)), fields=['postcode', 'id'], name='address_by_postcode'), models.Index(condition=models.Q(('deleted', False)), fields=['city_key', 'id'], name='address_by_city'), models.Index(fields=['country', 'id'], name='address_by_country'), models.Index(condition=models.Q(('state__isnull', False)), fields=['state'], name='address_by_state'), models.Index(condition=models.Q(('external_id', ''), _negated=True), fields=['external_id'], name='address_by_external_id')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['billing', 'shipping', 'both'])), name='address_kind_known'), models.CheckConstraint(condition=models.Q(('default_billing', False), ('kind__in', ('billing', 'both')), _connector='OR'), name='address_default_billing_bills'), models.CheckConstraint(condition=models.Q(('default_shipping', False), ('kind__in', ('shipping', 'both')), _connector='OR'), name='address_default_shipping_ships'), models.UniqueConstraint(condition=models.Q(('default_billing', True), ('deleted', False)), fields=('customer',), name='one_default_billing'), models.UniqueConstraint(condition=models.Q(('default_shipping', True), ('deleted', False)), fields=('customer',), name='one_default_shipping'), models.CheckConstraint(condition=models.Q(('state__isnull', True), ('country', django.db.models.functions.text.Left(models.F('state'), 2)), _connector='OR'), name='address_state_lies_in_country'), models.CheckConstraint(condition=models.Q(('deleted', False), ('deleted_at__isnull', False), _connector='OR'), name='address_deleted_has_a_time')],
            },
        ),
    ]
