from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.bank.version import PRODUCT_TYPES
from assessments.models import AnswerRevision
from tests import factories


def printed(**options) -> list[str]:
    out = StringIO()
    call_command("question_minutes", stdout=out, **options)
    return out.getvalue().splitlines()


def minutes(lines, role):
    return float(next(line for line in lines if line.startswith(role)).split()[6])


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_no_core_of_the_bank_that_ships_is_longer_than_ten_minutes(product_type):
    lines = printed(product_type=product_type)
    rows = [line.split() for line in lines if line.startswith(("lab", "it", "comp", "nurs", "pat", "clin", "fin", "exec", "trans"))]
    assert len(rows) >= 7
    assert all(0 < float(row[6]) <= 10 and int(row[1]) <= 15 for row in rows)


def test_all_types_are_printed_with_a_total_each():
    lines = printed()
    assert [line for line in lines if line in PRODUCT_TYPES] == list(PRODUCT_TYPES)
    assert sum(line.startswith("all roles") for line in lines) == len(PRODUCT_TYPES)


def test_total_is_the_sum_of_the_roles():
    first, *rows, total = (line.split() for line in printed(product_type="send_out_test")[4:])
    assert int(total[2]) == sum(int(row[1]) for row in (first, *rows))


def version_with(number: int, **fields):
    version = factories.make_version(bank=[], publish=False)
    for place in range(number):
        factories.make_item(version, f"LAB-{place:02}", ["clinician"], core=["clinician"], **fields)
    return version


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "ends"), [(5, None), (6, 1)])
def test_core_with_too_many_items_exits_with_1(number, ends):
    version = version_with(number)
    if ends is None:
        assert "too long" not in "".join(printed(bank_version=str(version.pk)))
        return
    with pytest.raises(SystemExit) as left:
        printed(bank_version=str(version.pk))
    assert left.value.code == ends


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["nothing", "00000000-0000-0000-0000-000000000000", "999999999"])
def test_version_that_there_is_not_is_refused(version):
    with pytest.raises(CommandError, match="There is no version"):
        printed(bank_version=version)


@pytest.mark.django_db
def test_measured_times_replace_the_computed_ones(assessment):
    version = version_with(2)
    computed = minutes(printed(bank_version=str(version.pk)), "clinician")
    start = timezone.now()
    for _number in range(20):
        interview = factories.make_interview(assessment, "clinician")
        for code, seconds in (("LAB-00", 0), ("LAB-01", 200)):
            AnswerRevision.objects.create(interview=interview, item_code=code, kind="unknown", at=start + timedelta(seconds=seconds))
    lines = printed(bank_version=str(version.pk), measured=True)
    assert "1 questions measured" in lines[0]
    assert minutes(lines, "clinician") > computed + 2


@pytest.mark.django_db
def test_what_a_member_typed_in_a_conversation_is_no_measure(assessment, lead):
    start = timezone.now()
    for _number in range(20):
        interview = factories.make_interview(assessment, "clinician")
        for code, seconds in (("LAB-00", 0), ("LAB-01", 200)):
            at = start + timedelta(seconds=seconds)
            AnswerRevision.objects.create(interview=interview, item_code=code, kind="unknown", at=at, typed_by=lead.user)
    assert "0 questions measured" in printed(bank_version=str(version_with(2).pk), measured=True)[0]
