"""What happens before the embedded product is served: everything once, nothing twice, nothing destroyed."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from assessments.models import InstrumentVersion, Interview
from readiness.management.commands.prepare import fingerprint
from stakeholders.models import AccessLink, Hospital, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_static_root(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")


def prepare():
    printed = StringIO()
    call_command("prepare", stdout=printed)
    return printed.getvalue()


def test_prepare_loads_bank_hospitals_and_static_files(settings):
    settings.DEMO = False
    prepare()
    assert InstrumentVersion.objects.get().items.count() == 146
    assert Hospital.objects.count() > 50
    assert (Path(settings.STATIC_ROOT) / "css" / "theme.css").exists()


def test_prepare_makes_the_demonstration_only_when_asked(settings):
    settings.DEMO = False
    assert "Sign in" not in prepare()
    assert not Organisation.objects.exists()


def test_second_prepare_destroys_nothing(settings):
    settings.DEMO = True
    first = prepare()
    seats = set(Interview.objects.values_list("pk", flat=True))
    links = set(AccessLink.objects.values_list("pk", flat=True))
    second = prepare()
    assert "Sign in" in first
    assert "Sign in" in second
    assert set(Interview.objects.values_list("pk", flat=True)) == seats
    assert links < set(AccessLink.objects.values_list("pk", flat=True))


def test_prepare_leaves_an_organisation_of_ones_own_without_a_demonstration(settings, organisation):
    settings.DEMO = True
    prepare()
    assert list(Organisation.objects.all()) == [organisation]


def test_fingerprint_changes_with_a_file(tmp_path):
    (tmp_path / "a.css").write_text("a{}")
    before = fingerprint(tmp_path)
    (tmp_path / "b.css").write_text("b{}")
    assert fingerprint(tmp_path) != before


def test_fingerprint_of_the_same_files_is_the_same(tmp_path):
    (tmp_path / "a.css").write_text("a{}")
    assert fingerprint(tmp_path) == fingerprint(tmp_path)
