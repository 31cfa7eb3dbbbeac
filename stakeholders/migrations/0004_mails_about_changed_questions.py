"""Two kinds of mails about a changed scope: more questions for a person, and what changed for the host."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0003_version_of_rows_that_two_people_edit")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invitation", "invitation to answer"),
                    ("reminder", "reminder"),
                    ("host_approval", "host's approval"),
                    ("member_invitation", "invitation of a member"),
                    ("new_link", "new link"),
                    ("more_questions", "a few more questions"),
                    ("scope_revised", "changed questions, to the host"),
                ],
                max_length=20,
            ),
        ),
    ]
