from dataclasses import replace

import pytest

from assessments.models import Interview, InterviewState
from assessments.services.lifecycle import close_assessment
from assessments.services.people import (
    AddressTakenError,
    AlreadyAskedError,
    AlreadyStartedError,
    add_people,
    add_person,
    edit_person,
    replace_person,
    restore_interview,
    withdraw_interview,
)
from assessments.services.setup import NotInThisStateError
from stakeholders.models import AuditEvent, LinkPurpose, Stakeholder
from stakeholders.services.links import issue_link
from tests import factories
from tests.assessments.setups import a_person, make_approved, make_draft


@pytest.fixture
def draft(lead):
    return make_draft(lead)


@pytest.fixture
def opened(lead):
    return make_approved(lead)


def link_to(interview):
    return issue_link(organisation=interview.assessment.organisation, purpose=LinkPurpose.INTERVIEW, subject_id=interview.pk)[0]


def of_role(assessment, role) -> Interview:
    return assessment.interviews.get(role=role)


def start(interview):
    Interview.objects.filter(pk=interview.pk).update(state=InterviewState.OPENED, opened_at=interview.created_at)
    interview.refresh_from_db()


def as_person(interview, **changes):
    person = a_person(role=interview.role, name=interview.stakeholder.name, email=interview.stakeholder.email)
    seat = {"site": interview.site, "service_line": interview.service_line, "front_line": interview.front_line}
    return replace(person, **{**seat, **changes})


def test_person_is_added_and_waits_for_the_host(draft):
    site, line = draft.sites.first(), draft.service_lines.get()
    interview = add_person(
        assessment=draft, person=a_person(site=site, service_line=line, front_line=True, title="Director", language="es")
    )
    assert (interview.state, interview.host_approved_at, interview.invited_at) == ("invited", None, None)
    assert (interview.site, interview.service_line, interview.front_line) == (site, line, True)
    assert (interview.stakeholder.title, interview.stakeholder.language, interview.stakeholder.usual_role) == (
        "Director",
        "es",
        "lab_director",
    )


def test_person_in_two_roles_is_one_stakeholder_with_two_interviews(draft):
    add_people(assessment=draft, people=[a_person(), a_person(role="clinician", email="P1@VALLEY.example")])
    assert (Stakeholder.objects.count(), draft.interviews.count()) == (1, 2)


def test_title_that_was_not_known_is_kept(draft):
    add_person(assessment=draft, person=a_person())
    assert add_person(assessment=draft, person=a_person(role="clinician", title="Oncologist")).stakeholder.title == "Oncologist"


def test_person_is_not_asked_twice_in_a_role(draft):
    add_person(assessment=draft, person=a_person())
    with pytest.raises(AlreadyAskedError):
        add_person(assessment=draft, person=a_person(email="P1@valley.example"))


def test_address_of_somebody_else_is_refused_with_their_name(draft):
    add_person(assessment=draft, person=a_person())
    with pytest.raises(AddressTakenError, match="Person 1"):
        add_person(assessment=draft, person=a_person(role="clinician", name="Somebody Else"))


def test_list_is_added_whole_or_not_at_all(draft):
    with pytest.raises(AlreadyAskedError):
        add_people(assessment=draft, people=[a_person(), a_person(2), a_person()])
    assert draft.interviews.count() == 0


def test_place_of_another_health_system_is_refused(draft):
    foreign = factories.make_site(factories.make_health_system(draft.organisation))
    with pytest.raises(ValueError, match="another health system"):
        add_person(assessment=draft, person=a_person(site=foreign))


def test_nobody_is_added_once_closed(opened):
    close_assessment(assessment=opened)
    with pytest.raises(NotInThisStateError):
        add_person(assessment=opened, person=a_person(9))


def test_events_hold_ids_never_names(draft, lead):
    interview = add_person(assessment=draft, person=a_person(), actor=lead.user)
    event = AuditEvent.objects.get(verb="interview.added")
    assert (event.subject_type, event.subject_id, event.actor_id) == ("Interview", str(interview.pk), lead.user.pk)


def test_name_and_place_change_without_the_host(opened):
    interview = of_role(opened, "lab_director")
    edited = edit_person(interview=interview, person=as_person(interview, title="New title", influence="high"))
    assert (edited.stakeholder.title, edited.stakeholder.influence, edited.host_approved_at is not None) == ("New title", "high", True)


def test_another_address_waits_for_the_host_and_closes_the_links(opened):
    interview = of_role(opened, "lab_director")
    link = link_to(interview)
    edited = edit_person(interview=interview, person=as_person(interview, email="other@valley.example"))
    link.refresh_from_db()
    assert (edited.host_approved_at, link.is_valid) == (None, False)


def test_another_address_waits_in_every_interview_of_the_person(opened):
    interview = of_role(opened, "lab_director")
    add_person(assessment=opened, person=as_person(interview, role="executive_sponsor"))
    second = of_role(opened, "executive_sponsor")
    Interview.objects.filter(pk=second.pk).update(host_approved_at=opened.opened_at)
    edit_person(interview=interview, person=as_person(interview, email="other@valley.example"))
    second.refresh_from_db()
    assert second.host_approved_at is None


def test_another_role_waits_for_the_host(opened):
    interview = of_role(opened, "lab_director")
    edited = edit_person(interview=interview, person=as_person(interview, role="executive_sponsor"))
    assert (edited.role, edited.host_approved_at) == ("executive_sponsor", None)


def test_same_address_in_another_case_is_not_another_address(opened):
    interview = of_role(opened, "lab_director")
    edited = edit_person(interview=interview, person=as_person(interview, email=interview.stakeholder.email.upper()))
    assert edited.host_approved_at is not None


@pytest.mark.parametrize("changes", [{"email": "other@valley.example"}, {"role": "clinician"}, {"front_line": True}])
def test_address_and_seat_stay_once_start_was_pressed(opened, changes):
    interview = of_role(opened, "lab_director")
    start(interview)
    with pytest.raises(AlreadyStartedError):
        edit_person(interview=interview, person=as_person(interview, **changes))


def test_address_stays_once_start_was_pressed_in_the_persons_other_interview(opened):
    interview = of_role(opened, "lab_director")
    second = add_person(assessment=opened, person=as_person(interview, role="executive_sponsor"))
    start(second)
    with pytest.raises(AlreadyStartedError):
        edit_person(interview=interview, person=as_person(interview, email="other@valley.example"))


def test_title_of_a_started_interview_may_change(opened):
    interview = of_role(opened, "lab_director")
    start(interview)
    assert edit_person(interview=interview, person=as_person(interview, title="T")).stakeholder.title == "T"


def test_address_of_another_person_is_refused_on_change(opened):
    interview, other = of_role(opened, "lab_director"), of_role(opened, "clinician")
    with pytest.raises(AddressTakenError):
        edit_person(interview=interview, person=as_person(interview, email=other.stakeholder.email.upper()))


def test_role_that_the_person_already_has_is_refused_on_change(opened):
    interview = of_role(opened, "lab_director")
    add_person(assessment=opened, person=as_person(interview, role="executive_sponsor"))
    with pytest.raises(AlreadyAskedError):
        edit_person(interview=interview, person=as_person(interview, role="executive_sponsor"))


def test_withdrawing_closes_the_links_and_keeps_the_row(opened):
    interview = of_role(opened, "lab_director")
    link = link_to(interview)
    assert withdraw_interview(interview=interview).state == InterviewState.WITHDRAWN
    link.refresh_from_db()
    assert not link.is_valid


def test_withdrawing_twice_is_logged_once(opened):
    interview = of_role(opened, "lab_director")
    withdraw_interview(interview=interview)
    withdraw_interview(interview=interview)
    assert AuditEvent.objects.filter(verb="interview.withdrawn").count() == 1


@pytest.mark.parametrize(("state", "snapshots"), [(InterviewState.SUBMITTED, 1), (InterviewState.IN_PROGRESS, 0)])
def test_withdrawing_is_scored_when_the_answers_counted(assessment, django_capture_on_commit_callbacks, state, snapshots):
    interview = factories.make_interview(assessment, state=state)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_interview(interview=interview)
    assert assessment.snapshots.count() == snapshots


def test_person_taken_back_waits_for_the_host_again(opened):
    interview = withdraw_interview(interview=of_role(opened, "lab_director"))
    restored = restore_interview(interview=interview)
    assert (restored.state, restored.host_approved_at) == (InterviewState.INVITED, None)


def test_person_taken_back_goes_on_where_they_were(assessment):
    interview = withdraw_interview(interview=factories.make_interview(assessment, state=InterviewState.SUBMITTED))
    restored = restore_interview(interview=interview)
    assert (restored.state, restored.submitted_at) == (InterviewState.IN_PROGRESS, None)


def test_only_somebody_withdrawn_can_be_taken_back(opened):
    with pytest.raises(NotInThisStateError):
        restore_interview(interview=of_role(opened, "lab_director"))


def test_adding_somebody_withdrawn_takes_them_back_at_their_new_place(draft):
    withdraw_interview(interview=add_person(assessment=draft, person=a_person()))
    back = add_person(assessment=draft, person=a_person(site=draft.sites.first(), front_line=True))
    assert (draft.interviews.count(), back.state, back.site, back.front_line) == (1, "invited", draft.sites.first(), True)


def test_replacing_withdraws_one_and_adds_the_other(opened):
    former = of_role(opened, "lab_director")
    newcomer = replace_person(interview=former, person=a_person(9))
    former.refresh_from_db()
    assert (former.state, newcomer.state, newcomer.host_approved_at) == ("withdrawn", "invited", None)


def test_replacing_by_somebody_impossible_withdraws_nobody(opened):
    former = of_role(opened, "lab_director")
    with pytest.raises(AddressTakenError):
        replace_person(interview=former, person=a_person(9, email=of_role(opened, "clinician").stakeholder.email))
    former.refresh_from_db()
    assert former.state == InterviewState.INVITED
