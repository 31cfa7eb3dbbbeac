import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0009_gate_by_product_type'),
    ]

    operations = [
        migrations.AddField(
            model_name='instrumentversion',
            name='based_on',
            field=models.ForeignKey(blank=True, help_text='the version it was copied from', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='assessments.instrumentversion'),
        ),
        migrations.AddField(
            model_name='instrumentversion',
            name='edition',
            field=models.PositiveIntegerField(default=1, editable=False, help_text='raised by every change of the draft'),
        ),
        migrations.AddField(
            model_name='item',
            name='condition',
            field=models.CharField(blank=True, help_text='whom it is asked: in the condition language; empty: everyone', max_length=500),
        ),
        migrations.AddField(
            model_name='item',
            name='edition',
            field=models.PositiveIntegerField(default=1, editable=False, help_text='raised by every change in a draft'),
        ),
        migrations.AddField(
            model_name='item',
            name='need_from',
            field=models.CharField(blank=True, help_text="what a product's own need is worked out from", max_length=200),
        ),
        migrations.AddField(
            model_name='item',
            name='need_is_estimate',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='item',
            name='opens_when',
            field=models.CharField(blank=True, help_text='opens a deeper item by rule: in the condition language', max_length=500),
        ),
        migrations.AddField(
            model_name='item',
            name='part',
            field=models.CharField(choices=[('requirement', 'requirement'), ('context', 'context that steers'), ('climate', 'anonymous statement'), ('self_audit', "the vendor's own readiness")], default='requirement', max_length=12),
        ),
        migrations.AddField(
            model_name='itemrole',
            name='seconds',
            field=models.PositiveSmallIntegerField(default=0, help_text='to read and answer it, from its words; 0: not worked out'),
        ),
        migrations.AddField(
            model_name='itemrole',
            name='when_short',
            field=models.BooleanField(default=False, help_text='heard only when the item is short or contested'),
        ),
        migrations.AlterField(
            model_name='item',
            name='floor',
            field=models.FloatField(blank=True, help_text='the least that must be true before the contract, where it is a gate', null=True),
        ),
        migrations.AlterField(
            model_name='itemtext',
            name='field',
            field=models.CharField(choices=[('title', 'title'), ('requirement', 'requirement'), ('question', 'question'), ('why', 'why we ask'), ('usually_known_by', 'who usually knows'), ('evidence', 'what proves it'), ('action_health_system', 'default action of the health system'), ('action_vendor', 'default action of the vendor'), ('step_0', 'step 0'), ('step_1', 'step 1'), ('step_2', 'step 2'), ('step_3', 'step 3'), ('step_4', 'step 4'), ('choices', 'answers to choose from, a line each: code and words')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['requirement', 'context', 'climate', 'self_audit'])), name='item_part_known'),
        ),
    ]
