import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0012_what_a_scope_revision_changed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('role', 'a role'), ('service', 'a service or unit'), ('person', 'a person')], max_length=8)),
                ('role', models.CharField(blank=True, choices=[('lab_director', 'Laboratory'), ('it_integration_lead', 'IT and integration'), ('compliance_privacy_security', 'Compliance, privacy, security'), ('nursing_informatics', 'Nursing informatics'), ('patient_navigation', 'Patient navigation'), ('clinician', 'Clinician'), ('finance_supply_chain', 'Finance and supply chain'), ('executive_sponsor', 'Executive sponsor'), ('transition_manager', 'Transition manager')], help_text='of a role on our list; else empty', max_length=40)),
                ('text', models.CharField(blank=True, help_text="what was named, in the person's words", max_length=120)),
                ('named_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ['named_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='nomination',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nominations', to='assessments.assessment'),
        ),
        migrations.AddField(
            model_name='nomination',
            name='interview',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nominations', to='assessments.interview'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['role', 'service', 'person'])), name='nomination_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', ''), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='nomination_names_something'),
        ),
    ]
