import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0010_parts_of_a_bank'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRequirementRecord',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('item_code', models.CharField(max_length=20)),
                ('place', models.CharField(help_text="the vendor's own word for the customer", max_length=120, verbose_name='where')),
                ('finished_on', models.DateField(blank=True, null=True, verbose_name='finished on')),
                ('weeks', models.FloatField(help_text='from the start of the work until it was met', verbose_name='weeks')),
                ('hours', models.JSONField(blank=True, default=dict, help_text='hours by role or vendor; stored whole, never queried')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical requirement record',
                'verbose_name_plural': 'historical requirement records',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RequirementRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('item_code', models.CharField(max_length=20)),
                ('place', models.CharField(help_text="the vendor's own word for the customer", max_length=120, verbose_name='where')),
                ('finished_on', models.DateField(blank=True, null=True, verbose_name='finished on')),
                ('weeks', models.FloatField(help_text='from the start of the work until it was met', verbose_name='weeks')),
                ('hours', models.JSONField(blank=True, default=dict, help_text='hours by role or vendor; stored whole, never queried')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ['item_code', 'finished_on', 'recorded_at'],
            },
        ),
        migrations.AddField(
            model_name='historicalproductrequirement',
            name='effort',
            field=models.JSONField(blank=True, help_text="hours by role or vendor; empty: the bank's; stored whole, never queried", null=True),
        ),
        migrations.AddField(
            model_name='historicalproductrequirement',
            name='lead_likely',
            field=models.FloatField(blank=True, help_text='weeks', null=True),
        ),
        migrations.AddField(
            model_name='historicalproductrequirement',
            name='lead_optimistic',
            field=models.FloatField(blank=True, help_text='weeks', null=True),
        ),
        migrations.AddField(
            model_name='historicalproductrequirement',
            name='lead_pessimistic',
            field=models.FloatField(blank=True, help_text='weeks', null=True),
        ),
        migrations.AddField(
            model_name='historicalproductrequirement',
            name='reason',
            field=models.CharField(blank=True, help_text='why the product departs from its type', max_length=300),
        ),
        migrations.AddField(
            model_name='product',
            name='modules',
            field=models.ManyToManyField(blank=True, help_text="add-on modules: their requirements are asked with this product's, each once", related_name='part_of', to='assessments.product', verbose_name='sold together with'),
        ),
        migrations.AddField(
            model_name='productrequirement',
            name='effort',
            field=models.JSONField(blank=True, help_text="hours by role or vendor; empty: the bank's; stored whole, never queried", null=True),
        ),
        migrations.AddField(
            model_name='productrequirement',
            name='lead_likely',
            field=models.FloatField(blank=True, help_text='weeks', null=True),
        ),
        migrations.AddField(
            model_name='productrequirement',
            name='lead_optimistic',
            field=models.FloatField(blank=True, help_text='weeks', null=True),
        ),
        migrations.AddField(
            model_name='productrequirement',
            name='lead_pessimistic',
            field=models.FloatField(blank=True, help_text='weeks', null=True),
        ),
        migrations.AddField(
            model_name='productrequirement',
            name='reason',
            field=models.CharField(blank=True, help_text='why the product departs from its type', max_length=300),
        ),
        migrations.AddConstraint(
            model_name='productrequirement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lead_likely', None), ('lead_optimistic', None), ('lead_pessimistic', None)), models.Q(('lead_likely__gte', models.F('lead_optimistic')), ('lead_optimistic__gte', 0), ('lead_pessimistic__gte', models.F('lead_likely'))), _connector='OR'), name='product_requirement_lead_time_ordered'),
        ),
        migrations.AddField(
            model_name='historicalrequirementrecord',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalrequirementrecord',
            name='product',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='assessments.product'),
        ),
        migrations.AddField(
            model_name='historicalrequirementrecord',
            name='recorded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='requirementrecord',
            name='product',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='assessments.product'),
        ),
        migrations.AddField(
            model_name='requirementrecord',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='requirementrecord',
            constraint=models.UniqueConstraint(fields=('product', 'item_code', 'place'), name='requirement_record_once'),
        ),
        migrations.AddConstraint(
            model_name='requirementrecord',
            constraint=models.CheckConstraint(condition=models.Q(('weeks__gte', 0), ('weeks__lte', 520)), name='requirement_record_weeks_0_to_520'),
        ),
    ]
