import pytest

from assessments.models import SelfAuditAnswer
from assessments.services.scopes import freeze_scope
from assessments.services.self_audits import (
    AuditGiven,
    NotInSelfAuditError,
    SelfAuditOverError,
    answer_audit_item,
    answer_self_audit,
    audit_items,
    audit_version,
)
from stakeholders.models import AuditEvent, SavedMeanwhileError
from tests import factories
from tests.assessments.vendors import CODES, make_audited, make_version_with_audit

THREE = AuditGiven(3, "minutes of 3 May", "asked Ruth")


@pytest.fixture
def audited(organisation):
    return make_audited(organisation)


def save(assessment, lead, given=THREE, **fields):
    return answer_audit_item(assessment=assessment, code="VND-01", given=given, actor=lead.user, **fields)


def codes(assessment):
    return [item.code for item in audit_items(assessment, audit_version(assessment))]


def test_answer_is_kept_with_who_gave_it(audited, lead):
    save(audited, lead)
    row = SelfAuditAnswer.objects.get(assessment=audited, item_code="VND-01")
    assert (row.level, row.evidence_reference, row.note) == (3, "minutes of 3 May", "asked Ruth")
    assert (row.answered_by, row.version) == (lead.user, 1)


def test_second_answer_takes_the_place_of_the_first_which_stays_in_the_history(audited, lead):
    save(audited, lead)
    row = save(audited, lead, AuditGiven(1), seen=1)
    assert (row.level, row.evidence_reference, row.version) == (1, "", 2)
    assert [past.level for past in row.history.all()] == [1, 3]
    assert row.history.first().history_user == lead.user


def test_same_answer_again_changes_nothing(audited, lead):
    first = save(audited, lead)
    again = save(audited, lead, seen=0)
    assert (again.version, again.answered_at) == (1, first.answered_at)
    assert AuditEvent.objects.filter(verb="self_audit.answered").count() == 1


@pytest.mark.parametrize("seen", [0, 2])
def test_who_has_not_seen_a_colleagues_answer_is_refused(audited, lead, seen):
    save(audited, lead)
    with pytest.raises(SavedMeanwhileError):
        save(audited, lead, AuditGiven(0), seen=seen)
    assert SelfAuditAnswer.objects.get().level == 3


@pytest.mark.parametrize("state", ["signed", "lost"])
def test_after_the_deal_nothing_is_taken(audited, lead, state):
    audited.state = state
    audited.save()
    with pytest.raises(SelfAuditOverError):
        save(audited, lead)
    assert not SelfAuditAnswer.objects.exists()


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_before_the_deal_the_vendor_may_answer(audited, lead, state):
    audited.state = state
    audited.save()
    assert save(audited, lead).level == 3


@pytest.mark.parametrize("code", ["LAB-01", "VND-99", ""])
def test_what_the_vendor_is_not_asked_is_refused(audited, lead, code):
    with pytest.raises(NotInSelfAuditError):
        answer_audit_item(assessment=audited, code=code, given=THREE, actor=lead.user)


def test_several_answers_are_saved_at_once(audited, lead):
    answer_self_audit(assessment=audited, actor=lead.user, answers={"VND-01": THREE, "VND-02": AuditGiven(None)})
    assert dict(SelfAuditAnswer.objects.values_list("item_code", "level")) == {"VND-01": 3, "VND-02": None}


def test_several_answers_are_saved_all_or_none(audited, lead):
    with pytest.raises(NotInSelfAuditError):
        answer_self_audit(assessment=audited, actor=lead.user, answers={"VND-01": THREE, "LAB-01": THREE})
    assert not SelfAuditAnswer.objects.exists()


def test_event_holds_ids_only(audited, lead):
    row = save(audited, lead)
    event = AuditEvent.objects.get(verb="self_audit.answered")
    assert (event.subject_id, event.actor_id, event.assessment_id) == (str(row.pk), lead.user.pk, audited.pk)
    assert "Ruth" not in str(event.__dict__)


def test_draft_is_asked_what_its_product_s_bank_asks(organisation):
    draft = factories.make_assessment(organisation, version=make_version_with_audit())
    assert codes(draft) == list(CODES)


def test_frozen_scope_s_bank_asks_even_when_the_product_has_moved_on(audited):
    newer = make_version_with_audit(codes=("VND-07",))
    audited.product.version = newer
    audited.product.save()
    assert codes(audited) == list(CODES)
    freeze_scope(assessment=audited, reason="Newer bank", author=None)
    assert codes(audited) == ["VND-07"]


def test_item_for_another_type_of_product_is_not_asked(organisation):
    version = make_version_with_audit()
    product = factories.make_product(organisation, version=version, product_type="remote_monitoring")
    assert codes(factories.make_assessment(organisation, product=product)) == []


def test_add_on_module_brings_its_items_once(organisation):
    version = make_version_with_audit()
    product = factories.make_product(organisation, version=version, product_type="remote_monitoring")
    product.modules.add(factories.make_product(organisation, version=version), factories.make_product(organisation, version=version))
    assert codes(factories.make_assessment(organisation, product=product)) == list(CODES)


def test_colleague_of_another_organisation_sees_no_answer(audited, lead, outsider):
    save(audited, lead)
    assert SelfAuditAnswer.objects.for_member(lead).count() == 1
    assert SelfAuditAnswer.objects.for_member(outsider).count() == 0
