from django.db import migrations, models


def keep_what_was_switched_off(apps, schema_editor):
    """Revisions that were made before this said nothing of the domains that are off; the assessment did, for all of them."""
    scopes = apps.get_model("assessments", "Scope")._base_manager
    off = scopes.exclude(assessment__left_out_domains=[]).values_list("pk", "assessment__left_out_domains")
    for key, domains in list(off):
        scopes.filter(pk=key).update(left_out_domains=domains)


def keep_estimates(apps, schema_editor):
    """Revisions that were made before this rest on the bank's own lead times and efforts: products could not set any."""
    rows = apps.get_model("assessments", "ScopeItem")._base_manager
    efforts = {}
    for key, pool, hours in apps.get_model("assessments", "ItemEffort")._base_manager.values_list("item_id", "pool", "hours"):
        efforts.setdefault(key, {})[pool] = hours
    leads = ("lead_optimistic", "lead_likely", "lead_pessimistic")
    asked = apps.get_model("assessments", "Item")._base_manager.filter(pk__in=rows.values("item_id"))
    for key, *weeks in list(asked.values_list("pk", *leads)):
        rows.filter(item_id=key).update(effort=efforts.get(key, {}), **dict(zip(leads, weeks)))


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
        migrations.RunPython(keep_what_was_switched_off, migrations.RunPython.noop),
        migrations.RunPython(keep_estimates, migrations.RunPython.noop),
    ]
