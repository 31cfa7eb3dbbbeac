import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0013_nominations'),
        ('stakeholders', '0003_version_of_rows_that_two_people_edit'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClimateAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('item_code', models.CharField(max_length=20)),
                ('agreement', models.PositiveSmallIntegerField(help_text='0 strongly disagree – 4 strongly agree')),
                ('day', models.DateField(help_text='cut to the day; empty until submitted', null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='climateanswer',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='climate', to='assessments.assessment'),
        ),
        migrations.AddField(
            model_name='climateanswer',
            name='interview',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='climate', to='assessments.interview'),
        ),
        migrations.AddField(
            model_name='climateanswer',
            name='site',
            field=models.ForeignKey(help_text='the unit; empty: no single site', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.site'),
        ),
        migrations.AddConstraint(
            model_name='climateanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('interview__isnull', False)), fields=('interview', 'item_code'), name='climate_answer_once_while_linked'),
        ),
        migrations.AddConstraint(
            model_name='climateanswer',
            constraint=models.CheckConstraint(condition=models.Q(('agreement__lte', 4)), name='climate_agreement_0_to_4'),
        ),
    ]
