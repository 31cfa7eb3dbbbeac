from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0006_versions_of_agreements'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='answerrevision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice__isnull', True), ('date__isnull', True), ('kind', 'level'), ('level__isnull', False), ('quantity__isnull', True), ('text__isnull', True), ('yes_no__isnull', True)), models.Q(('choice__isnull', True), ('date__isnull', True), ('kind', 'quantity'), ('level__isnull', True), ('quantity__isnull', False), ('text__isnull', True), ('yes_no__isnull', True)), models.Q(('choice__isnull', False), ('date__isnull', True), ('kind', 'choice'), ('level__isnull', True), ('quantity__isnull', True), ('text__isnull', True), ('yes_no__isnull', True)), models.Q(('choice__isnull', True), ('date__isnull', True), ('kind', 'text'), ('level__isnull', True), ('quantity__isnull', True), ('text__isnull', False), ('yes_no__isnull', True)), models.Q(('choice__isnull', True), ('date__isnull', False), ('kind', 'date'), ('level__isnull', True), ('quantity__isnull', True), ('text__isnull', True), ('yes_no__isnull', True)), models.Q(('choice__isnull', True), ('date__isnull', True), ('kind', 'yes_no'), ('level__isnull', True), ('quantity__isnull', True), ('text__isnull', True), ('yes_no__isnull', False)), models.Q(('choice__isnull', True), ('date__isnull', True), ('kind', 'unknown'), ('level__isnull', True), ('quantity__isnull', True), ('text__isnull', True), ('yes_no__isnull', True)), models.Q(('choice__isnull', True), ('date__isnull', True), ('kind', 'not_applicable'), ('level__isnull', True), ('quantity__isnull', True), ('text__isnull', True), ('yes_no__isnull', True)), _connector='OR'), name='answer_revision_of_exactly_one_kind'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'confirmed', 'planned', 'resolved', 'dismissed', 'accepted'])), name='finding_state_known'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['pilot', 'wave', 'enterprise'])), name='wave_stage_known'),
        ),
    ]
