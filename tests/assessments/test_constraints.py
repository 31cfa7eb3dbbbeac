"""What the database itself refuses, whatever way a row comes in."""

from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from assessments.models import (
    AgreedPlan,
    Answer,
    Assessment,
    Assignment,
    Finding,
    Interview,
    Item,
    Product,
    Promise,
    Reconciliation,
    ScoreSnapshot,
    Wave,
)
from stakeholders.models import AccessLink, Hospital, Host, Membership, Message, Organisation, ServiceLine, Site, Stakeholder, User
from tests import factories

pytestmark = pytest.mark.django_db


def refuses(model, **values):
    """Tell whether the database refuses to insert the row."""
    try:
        with transaction.atomic():
            model.objects.bulk_create([model(**values)])
    except (IntegrityError, DataError):
        return True
    return False


ANSWERS = [
    ({"kind": "level", "level": 3}, False),
    ({"kind": "level"}, True),
    ({"kind": "level", "level": 5}, True),
    ({"kind": "level", "level": 3, "quantity": 1.5}, True),
    ({"kind": "quantity", "quantity": 0}, False),
    ({"kind": "quantity", "quantity": -1}, True),
    ({"kind": "quantity", "level": 2}, True),
    ({"kind": "choice", "choice": "EHR-A"}, False),
    ({"kind": "text", "text": ""}, False),
    ({"kind": "text"}, True),
    ({"kind": "yes_no", "yes_no": False}, False),
    ({"kind": "unknown"}, False),
    ({"kind": "unknown", "level": 0}, True),
    ({"kind": "not_applicable", "reason": "No such ward"}, False),
    ({"kind": "not_applicable", "level": 4}, True),
    ({"kind": "guess", "level": 2}, True),
]


@pytest.mark.parametrize(("columns", "refused"), ANSWERS, ids=str)
def test_answer_says_exactly_one_thing(interview, columns, refused):
    assert refuses(Answer, interview=interview, item_code="LAB-01", **columns) is refused


def test_answer_is_one_row_per_interview_and_item(interview):
    Answer.objects.create(interview=interview, item_code="LAB-01", kind="level", level=1)
    assert refuses(Answer, interview=interview, item_code="LAB-01", kind="unknown")


def test_interview_is_one_per_person_and_role(interview):
    again = {"assessment": interview.assessment, "stakeholder": interview.stakeholder}
    assert refuses(Interview, role=interview.role, **again)
    assert not refuses(Interview, role="clinician", **again)


@pytest.mark.parametrize("values", [{"role": "surgeon"}, {"state": "asleep"}, {"stance": 5}, {"state": "submitted"}], ids=str)
def test_interview_that_makes_no_sense_is_refused(assessment, values):
    person = factories.make_stakeholder(assessment.health_system)
    assert refuses(Interview, assessment=assessment, stakeholder=person, **{"role": "clinician", **values})


@pytest.mark.parametrize(
    "values", [{"severity": "huge"}, {"adjusted_severity": "minor"}, {"state": "dismissed"}, {"state": "forgotten"}], ids=str
)
def test_finding_that_makes_no_sense_is_refused(assessment, values):
    assert refuses(Finding, assessment=assessment, rule="shortfall", code="LAB-01", **{"severity": "major", **values})


def test_finding_has_one_row_per_rule_and_code(assessment):
    Finding.objects.create(assessment=assessment, rule="shortfall", code="LAB-01", severity="major")
    assert refuses(Finding, assessment=assessment, rule="shortfall", code="LAB-01", severity="minor")
    assert not refuses(Finding, assessment=assessment, rule="unknown", code="LAB-01", severity="minor")


@pytest.mark.parametrize("values", [{"value": -1, "evidence": "Seen"}, {"value": 2, "evidence": ""}], ids=str)
def test_reconciliation_needs_a_value_and_evidence(assessment, values):
    assert refuses(Reconciliation, assessment=assessment, item_code="LAB-01", **values)


def test_reconciliation_agreed_plan_promise_and_assignment_stand_once(assessment, lead):
    Reconciliation.objects.create(assessment=assessment, item_code="LAB-01", value=2, evidence="Seen")
    AgreedPlan.objects.create(assessment=assessment, kind="shortfall", code="LAB-01")
    Promise.objects.create(assessment=assessment, metric="Days", target=5)
    Assignment.objects.create(assessment=assessment, membership=lead)
    assert refuses(Reconciliation, assessment=assessment, item_code="LAB-01", value=3, evidence="Seen")
    assert refuses(AgreedPlan, assessment=assessment, kind="shortfall", code="LAB-01")
    assert refuses(Promise, assessment=assessment, metric="Hours", target=5)
    assert refuses(Assignment, assessment=assessment, membership=lead)


def test_agreed_plan_of_another_kind_is_refused(assessment):
    assert refuses(AgreedPlan, assessment=assessment, kind="hope", code="LAB-01")


@pytest.mark.parametrize(
    "values", [{"state": "gone"}, {"visibility_vendor": "all"}, {"retention_months": 0}, {"retention_months": 121}], ids=str
)
def test_assessment_that_makes_no_sense_is_refused(assessment, values):
    parents = {name: getattr(assessment, name) for name in ("organisation", "health_system", "product")}
    assert refuses(Assessment, **{**parents, **values})


def test_wave_code_stands_once_in_an_assessment(assessment):
    Wave.objects.create(assessment=assessment, code="hubs", title="Hubs")
    assert refuses(Wave, assessment=assessment, code="hubs", title="Others")


@pytest.mark.parametrize("values", [{"verdict": "maybe"}, {"coverage": 1.5}, {"coverage": -0.1}], ids=str)
def test_score_snapshot_that_makes_no_sense_is_refused(assessment, values):
    whole = {"verdict": "ready", "coverage": 1, "scoring_version": 1, "gates_failed": 0, "gates_unknown": 0, "gates_total": 0}
    more = {"scope": assessment.scopes.get(), "reason": "submitted", "bundle_sha256": "0" * 64, "result": {}}
    assert refuses(ScoreSnapshot, assessment=assessment, **more, **{**whole, **values})


FAULTS = [{"weight": 6}, {"need": 0}, {"need": 5}, {"part": "other"}, {"floor": 4}, {"lead_optimistic": 3}, {"direction": "at_most"}]


@pytest.mark.parametrize("values", FAULTS, ids=str)
def test_item_that_makes_no_sense_is_refused(values):
    version = factories.make_version(publish=False)
    assert refuses(Item, version=version, domain=version.domains.first(), code="LAB-99", position=9, **values)


def test_names_stand_once_where_people_choose_by_name(assessment):
    system, organisation = assessment.health_system, assessment.organisation
    assert refuses(Site, health_system=system, code="other", name="Hub")
    assert refuses(Site, health_system=system, code="hub", name="Other")
    assert refuses(ServiceLine, health_system=system, code="oncology", name="Other")
    assert refuses(
        Product, organisation=organisation, name=assessment.product.name, product_type="send_out_test", version=assessment.product.version
    )
    assert refuses(Organisation, name="Another", slug=organisation.slug)


def test_addresses_stand_once_whatever_their_case(assessment, lead):
    person = factories.make_stakeholder(assessment.health_system, email="mara@valley.example")
    assert refuses(Stakeholder, health_system=person.health_system, usual_role="clinician", email="MARA@valley.example")
    assert refuses(Host, health_system=person.health_system, name="Twin", email=assessment.host.email.upper())
    assert refuses(User, email=lead.user.email.upper())


def test_nameless_people_of_an_imported_bundle_may_be_many(assessment):
    for _ in range(2):
        assert not refuses(Stakeholder, health_system=assessment.health_system, usual_role="clinician")


@pytest.mark.parametrize("ccn", ["12345", "1234567", "abc123", "12 456", ""])
def test_hospital_key_has_six_characters(ccn):
    assert refuses(Hospital, ccn=ccn, name="Somewhere")


@pytest.mark.parametrize("ccn", ["010001", "05T001", "67012F"])
def test_hospital_key_keeps_zeros_and_letters(ccn):
    assert not refuses(Hospital, ccn=ccn, name="Somewhere")


def test_link_that_expires_before_it_is_made_is_refused(organisation, assessment):
    now = timezone.now()
    link = {"organisation": organisation, "subject_id": assessment.pk, "created_at": now}
    assert refuses(AccessLink, purpose="host", token_hash="a" * 64, expires_at=now - timedelta(seconds=1), **link)
    assert refuses(AccessLink, purpose="guess", token_hash="b" * 64, expires_at=now + timedelta(days=1), **link)
    assert not refuses(AccessLink, purpose="host", token_hash="c" * 64, expires_at=now + timedelta(days=1), **link)
    assert refuses(AccessLink, purpose="host", token_hash="c" * 64, expires_at=now + timedelta(days=1), **link)


def test_member_has_one_seat_with_a_known_role(lead):
    assert refuses(Membership, user=lead.user, organisation=lead.organisation, role="admin")
    assert refuses(Membership, user=factories.make_user(), organisation=lead.organisation, role="king")


def test_message_has_a_known_state_and_its_own_message_id(organisation, assessment):
    mail = {"organisation": organisation, "kind": "invitation", "subject_id": assessment.pk, "to_email": "mara@valley.example"}
    assert refuses(Message, message_id="<1@x>", state="lost", **mail)
    assert not refuses(Message, message_id="<1@x>", **mail)
    assert refuses(Message, message_id="<1@x>", **mail)
