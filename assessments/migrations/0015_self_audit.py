import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0014_climate'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalSelfAuditAnswer',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('item_code', models.CharField(max_length=20)),
                ('level', models.PositiveSmallIntegerField(blank=True, help_text='0–4; empty: not known', null=True, verbose_name='level')),
                ('evidence_reference', models.CharField(blank=True, max_length=500, verbose_name='where the evidence can be seen')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical self audit answer',
                'verbose_name_plural': 'historical self audit answers',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SelfAuditAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('item_code', models.CharField(max_length=20)),
                ('level', models.PositiveSmallIntegerField(blank=True, help_text='0–4; empty: not known', null=True, verbose_name='level')),
                ('evidence_reference', models.CharField(blank=True, max_length=500, verbose_name='where the evidence can be seen')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['item_code'],
            },
        ),
        migrations.AddField(
            model_name='historicalselfauditanswer',
            name='answered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalselfauditanswer',
            name='assessment',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='assessments.assessment'),
        ),
        migrations.AddField(
            model_name='historicalselfauditanswer',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='selfauditanswer',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='selfauditanswer',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='self_audit', to='assessments.assessment'),
        ),
        migrations.AddConstraint(
            model_name='selfauditanswer',
            constraint=models.UniqueConstraint(fields=('assessment', 'item_code'), name='self_audit_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='selfauditanswer',
            constraint=models.CheckConstraint(condition=models.Q(('level', None), ('level__lte', 4), _connector='OR'), name='self_audit_level_0_to_4'),
        ),
    ]
