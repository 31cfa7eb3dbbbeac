from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0005_imported_bundles'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreedplan',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='historicalagreedplan',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='historicalreconciliation',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='reconciliation',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
