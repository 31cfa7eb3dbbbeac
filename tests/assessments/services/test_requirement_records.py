from datetime import date

import pytest
from django.core.exceptions import ValidationError

from assessments.models import RequirementRecord
from assessments.records_paste import PastedRecord
from assessments.services.requirement_records import add_record, add_records, read_records, remove_record
from stakeholders.models import AuditEvent
from tests import factories

TODAY = date(2026, 6, 1)


@pytest.fixture
def product(organisation):
    return factories.make_product(organisation)


def add(product, place="Elm Ridge", code="LAB-01", **values):
    return add_record(product=product, code=code, values={"place": place, "weeks": 6, **values})


def test_record_keeps_where_how_long_when_and_whose_hours(product, lead):
    values = {"place": "Elm Ridge", "weeks": 6.5, "finished_on": date(2026, 3, 31), "hours": {"vendor": 20}}
    record = add_record(product=product, code="LAB-01", values=values, actor=lead.user)
    record.refresh_from_db()
    assert (record.weeks, record.hours, record.recorded_by) == (6.5, {"vendor": 20}, lead.user)


def test_same_place_twice_is_refused_whatever_its_case(product):
    add(product)
    with pytest.raises(ValidationError, match="from there already"):
        add(product, "ELM RIDGE")
    add(product, code="LAB-02")
    assert RequirementRecord.objects.count() == 2


def test_removed_record_is_gone_and_leaves_an_event_in_ids_only(product, lead):
    record = add(product)
    key = str(record.pk)
    remove_record(record=record, actor=lead.user)
    assert not RequirementRecord.objects.exists()
    assert AuditEvent.objects.get(verb="record.removed").subject_id == key


def test_pasted_lines_are_read_against_what_the_type_is_asked(product):
    add(product)
    pasted = read_records(product=product, text="lab-01,Elm Ridge,6\nlab-02,Elm Ridge,7\nSPC-01,Elm Ridge,8", today=TODAY)
    assert [(r.code, r.weeks) for r in pasted.records] == [("LAB-02", 7)]
    assert [(f.line, f.problems[0].code) for f in pasted.faulty] == [(1, "twice"), (3, "code")]


def test_pasted_records_are_kept_all_or_none(product):
    add(product, "North Pass")
    lines = [PastedRecord(1, "LAB-01", "Sea View", 5), PastedRecord(2, "LAB-01", "north pass", 6)]
    with pytest.raises(ValidationError):
        add_records(product=product, pasted=lines)
    assert RequirementRecord.objects.count() == 1
    assert add_records(product=product, pasted=lines[:1]) == 1
