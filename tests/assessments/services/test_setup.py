from datetime import date

import pytest

from assessments.models import Assessment, AssessmentState
from assessments.services.setup import (
    EditedMeanwhileError,
    NotInThisStateError,
    save_details,
    save_host,
    save_promise,
    save_terms,
    start_assessment,
    switch_domains,
)
from stakeholders.models import AuditEvent, Host, Visibility
from tests import factories
from tests.assessments.setups import host_link, make_approved, make_draft

PROMISE = {"metric": "Complete profiles", "target": 65}


@pytest.fixture
def draft(lead):
    return make_draft(lead)


def start(lead):
    organisation = lead.organisation
    product, system = factories.make_product(organisation), factories.make_health_system(organisation)
    return start_assessment(membership=lead, product=product, health_system=system, promise=PROMISE)


def test_start_makes_a_draft_with_its_promise(lead):
    assessment = start(lead)
    assert (assessment.state, assessment.promise.metric, assessment.created_by) == (AssessmentState.DRAFT, "Complete profiles", lead.user)


def test_start_is_audited_by_ids(lead):
    assessment = start(lead)
    event = AuditEvent.objects.get(verb="assessment.started")
    assert (event.subject_id, event.actor_id, event.assessment_id) == (str(assessment.pk), lead.user.pk, assessment.pk)


def test_member_who_sees_only_assigned_ones_sees_what_they_started(lead):
    lead.only_assigned = True
    lead.save()
    assessment = start(lead)
    assert list(Assessment.objects.for_member(lead)) == [assessment]


def test_every_save_raises_the_version(draft):
    save_promise(assessment=draft, values={"target": 70}, seen=1)
    save_details(assessment=draft, values={"target_go_live": date(2027, 5, 1)}, seen=2)
    draft.refresh_from_db()
    assert (draft.version, draft.promise.target, draft.target_go_live) == (3, 70, date(2027, 5, 1))


@pytest.mark.parametrize(
    "save",
    [
        lambda a: save_promise(assessment=a, values={"target": 70}, seen=7),
        lambda a: save_details(assessment=a, values={"contract_date": None}, seen=7),
        lambda a: save_host(assessment=a, name="N", email="n@v.example", seen=7),
        lambda a: save_terms(assessment=a, values={"retention_months": 3}, seen=7),
        lambda a: switch_domains(assessment=a, left_out=["INT"], seen=7),
    ],
)
def test_another_version_than_the_one_seen_is_refused_and_nothing_is_saved(draft, save):
    before = Assessment.objects.filter(pk=draft.pk).values().get()
    with pytest.raises(EditedMeanwhileError):
        save(draft)
    assert Assessment.objects.filter(pk=draft.pk).values().get() == before


def test_health_system_stays_once_people_and_places_hang_on_it(draft):
    other = factories.make_health_system(draft.organisation)
    with pytest.raises(ValueError, match="already has"):
        save_details(assessment=draft, values={"health_system": other})


def test_health_system_of_a_bare_draft_can_change(lead):
    assessment, other = start(lead), factories.make_health_system(lead.organisation)
    save_details(assessment=assessment, values={"health_system": other})
    assessment.refresh_from_db()
    assert assessment.health_system == other


def test_dates_may_move_after_approval_but_not_the_product(lead):
    assessment = make_approved(lead)
    save_details(assessment=assessment, values={"contract_date": date(2027, 1, 15)})
    with pytest.raises(NotInThisStateError):
        save_details(assessment=assessment, values={"product": factories.make_product(lead.organisation)})


@pytest.mark.parametrize("state", [AssessmentState.SIGNED, AssessmentState.LOST])
def test_nothing_moves_once_the_deal_is_over(draft, state):
    Assessment.objects.filter(pk=draft.pk).update(state=state)
    with pytest.raises(NotInThisStateError):
        save_details(assessment=draft, values={"contract_date": date(2027, 1, 15)})
    with pytest.raises(NotInThisStateError):
        save_promise(assessment=draft, values=PROMISE)


def test_host_and_terms_stay_once_approved(lead):
    assessment = make_approved(lead)
    with pytest.raises(NotInThisStateError):
        save_host(assessment=assessment, name="N", email="n@v.example")
    with pytest.raises(NotInThisStateError):
        save_terms(assessment=assessment, values={"visibility_vendor": Visibility.NAMED})


def test_host_of_the_health_system_is_taken_whatever_the_case_of_the_address(draft):
    known = factories.make_host(draft.health_system, email="Host@Valley.example")
    host = save_host(assessment=draft, name="New Name", email="host@valley.EXAMPLE", title="COO")
    assert (host.pk, host.name, host.title, Host.objects.filter(email__iexact="host@valley.example").count()) == (
        known.pk,
        "New Name",
        "COO",
        1,
    )


def test_links_of_a_former_host_close_at_once(draft):
    link, _ = host_link(draft)
    save_host(assessment=draft, name="Somebody Else", email="else@valley.example")
    link.refresh_from_db()
    assert not link.is_valid


def test_links_of_the_same_host_stay(draft):
    link, _ = host_link(draft)
    save_host(assessment=draft, name="Corrected Name", email=draft.host.email)
    link.refresh_from_db()
    assert link.is_valid


def test_switched_off_domains_are_kept_without_unknown_codes(draft):
    switch_domains(assessment=draft, left_out=["INT", "XYZ"])
    draft.refresh_from_db()
    assert draft.left_out_domains == ["INT"]


def test_at_least_one_domain_stays_on(draft):
    with pytest.raises(ValueError, match="at least one"):
        switch_domains(assessment=draft, left_out=["LAB", "INT", "CHG"])


def test_domains_are_not_switched_after_approval(lead):
    with pytest.raises(NotInThisStateError):
        switch_domains(assessment=make_approved(lead), left_out=["INT"])
