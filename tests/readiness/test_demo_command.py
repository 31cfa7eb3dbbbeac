"""The command that builds the demonstration: once, with a question bank, and without touching anybody else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment
from readiness.demo.people import demo_organisation, greeting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    call_command("load_instrument", stdout=StringIO())


def test_demo_command_refuses_to_build_twice(bank):
    call_command("demo", stdout=StringIO())
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("demo", stdout=StringIO())
    assert Assessment.objects.count() == 3


def test_demo_command_needs_a_question_bank():
    with pytest.raises(CommandError, match="load_instrument"):
        call_command("demo", stdout=StringIO())


def test_demo_reset_rebuilds_it_and_leaves_others_alone(bank, outsider):
    call_command("demo", stdout=StringIO())
    before = set(Assessment.objects.values_list("pk", flat=True))
    theirs = factories.make_open_assessment(outsider.organisation)
    call_command("demo", "--reset", stdout=StringIO())
    after = set(Assessment.objects.exclude(pk=theirs.pk).values_list("pk", flat=True))
    assert len(after) == 3
    assert not before & after
    assert Assessment.objects.filter(pk=theirs.pk).exists()


def test_greeting_without_a_demonstration_says_how_to_begin(db):
    assert demo_organisation() is None
    assert "create_organisation" in greeting()
