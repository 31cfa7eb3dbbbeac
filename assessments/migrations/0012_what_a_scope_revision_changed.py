from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0011_modules_and_history_of_a_product'),
    ]

    operations = [
        migrations.AddField(
            model_name='assessment',
            name='left_out_items',
            field=models.JSONField(blank=True, default=list, help_text='codes of the items switched off for the next scope; stored whole, never queried'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='left_out_items',
            field=models.JSONField(blank=True, default=list, help_text='codes of the items switched off for the next scope; stored whole, never queried'),
        ),
        migrations.AddField(
            model_name='scope',
            name='left_out_domains',
            field=models.JSONField(default=list, help_text='codes of the domains that are switched off'),
        ),
        migrations.AddField(
            model_name='scope',
            name='left_out_items',
            field=models.JSONField(default=list, help_text='codes of the single items that are switched off'),
        ),
        migrations.AddField(
            model_name='scope',
            name='opened',
            field=models.JSONField(default=list, help_text='codes of the items that are asked in depth: of all their roles'),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='condition',
            field=models.CharField(blank=True, help_text='whom it is asked: in the condition language; empty: everyone', max_length=500),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='core_roles',
            field=models.JSONField(default=list, help_text='the roles that are asked it first'),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='effort',
            field=models.JSONField(default=dict, help_text='hours by role or vendor'),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='effort_from',
            field=models.CharField(choices=[('bank', 'the question bank'), ('product', "the product's profile"), ('history', "the product's own history")], default='bank', max_length=10),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='lead_from',
            field=models.CharField(choices=[('bank', 'the question bank'), ('product', "the product's profile"), ('history', "the product's own history")], default='bank', max_length=10),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='lead_likely',
            field=models.FloatField(default=0, help_text='weeks'),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='lead_optimistic',
            field=models.FloatField(default=0, help_text='weeks'),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='lead_pessimistic',
            field=models.FloatField(default=0, help_text='weeks'),
        ),
        migrations.AddField(
            model_name='scopeitem',
            name='seconds',
            field=models.JSONField(default=dict, help_text='by role: to read and answer it'),
        ),
    ]
