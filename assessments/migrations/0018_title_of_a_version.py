from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def titles_to_versions(apps, schema_editor):
    """Every version so far was called what its bank is called."""
    banks = apps.get_model("assessments", "Instrument")._base_manager.filter(pk=OuterRef("instrument"))
    apps.get_model("assessments", "InstrumentVersion")._base_manager.update(title=Subquery(banks.values("title")[:1]))


class Migration(migrations.Migration):
    """A version has a title of its own; going back, versions are called what the bank is called then."""

    dependencies = [
        ("assessments", "0017_stance_in_plain_words_and_day_of_showing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="instrument",
            name="code",
            field=models.SlugField(max_length=130, unique=True),
        ),
        migrations.AddField(
            model_name="instrumentversion",
            name="title",
            field=models.CharField(blank=True, default="", help_text="empty in a draft: the bank's", max_length=160),
            preserve_default=False,
        ),
        migrations.RunPython(titles_to_versions, migrations.RunPython.noop),
    ]
