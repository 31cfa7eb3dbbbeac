"""Make the table in which wrong passwords are counted, so that `migrate` alone makes sign-in work."""

from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    """Create the database cache's table; does nothing where it exists or another cache is configured."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0001_initial")]
    # Backwards the table stays: counts of wrong passwords harm nobody, and an older version made it by hand.
    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
