import pytest

from assessments.models import Finding, Nomination
from assessments.nominated import Group
from assessments.services.answers import InterviewClosedError
from assessments.services.finding_decisions import Decider, dismiss_finding
from assessments.services.interviews import reopen_interview
from assessments.services.nominations import (
    MOST_NOMINATIONS,
    Named,
    named_services,
    nominated,
    save_nominations,
    update_nominated_findings,
)
from assessments.services.people import add_person, withdraw_interview
from tests import factories
from tests.assessments.namings import naming
from tests.assessments.setups import a_person

ROLE, SERVICE, PERSON = "role", "service", "person"


def present():
    rows = Finding.objects.present().filter(rule__startswith="unlisted")
    return list(rows.values_list("rule", "code", "severity", "state"))


@pytest.fixture
def others(assessment):
    """Three who handed in and named nothing, so that what the rest name is shown."""
    return [naming(assessment) for _ in range(3)]


@pytest.fixture
def named_by_two(assessment, others):
    """Two people who name the pharmacy, of five who handed in."""
    return [naming(assessment, (SERVICE, words)) for words in ("Pharmacy", "  pharmacy")]


def test_save_keeps_each_kind(interview):
    save_nominations(interview=interview, named=[Named(ROLE, "clinician"), Named(SERVICE, " Night  desk "), Named(PERSON, "Dana")])
    rows = [(row.kind, row.role, row.text, row.assessment) for row in Nomination.objects.all()]
    assert rows == [
        ("role", "clinician", "", interview.assessment),
        ("service", "", "Night desk", interview.assessment),
        ("person", "", "Dana", interview.assessment),
    ]


def test_save_puts_the_new_in_place_of_the_old_and_keeps_what_stays(interview):
    save_nominations(interview=interview, named=[Named(SERVICE, "Pharmacy"), Named(SERVICE, "Imaging")])
    kept = Nomination.objects.get(text="Imaging").pk
    save_nominations(interview=interview, named=[Named(SERVICE, "Imaging"), Named(SERVICE, "imaging"), Named(PERSON, "")])
    assert [(row.pk, row.text) for row in Nomination.objects.all()] == [(kept, "Imaging")]


def test_save_takes_another_spelling(interview):
    save_nominations(interview=interview, named=[Named(SERVICE, "pharmasy")])
    save_nominations(interview=interview, named=[Named(SERVICE, "Pharmacy")])
    assert [row.text for row in Nomination.objects.all()] == ["Pharmacy"]


def test_save_after_handing_in_is_refused(assessment):
    with pytest.raises(InterviewClosedError):
        save_nominations(interview=factories.make_interview(assessment, state="submitted"), named=[Named(PERSON, "Dana")])


@pytest.mark.parametrize("named", [[Named(ROLE, "janitor")], [Named(SERVICE, str(n)) for n in range(MOST_NOMINATIONS + 1)]])
def test_save_refuses_what_no_page_sends(interview, named):
    with pytest.raises(ValueError, match="At most ten"):
        save_nominations(interview=interview, named=named)
    assert not Nomination.objects.exists()


def test_nothing_is_shown_before_three_people_handed_in(assessment):
    both = [naming(assessment, (SERVICE, "Pharmacy")) for _ in range(2)]
    again = naming(assessment, (SERVICE, "Imaging"), role="clinician")
    again.stakeholder = both[0].stakeholder
    again.save()
    naming(assessment, (SERVICE, "Pharmacy"), state="in_progress")
    assert nominated(assessment) == []


def test_no_finding_before_three_people_handed_in(assessment):
    for _ in range(2):
        naming(assessment, (SERVICE, "Pharmacy"))
    update_nominated_findings(assessment=assessment)
    assert present() == []
    naming(assessment)
    update_nominated_findings(assessment=assessment)
    assert present() == [("unlisted_service", "pharmacy", "moderate", "draft")]


def test_reopening_below_three_people_hides_what_was_named(assessment):
    naming(assessment)
    named = [naming(assessment, (SERVICE, "Pharmacy")) for _ in range(2)]
    assert [group.words for group in nominated(assessment)] == ["Pharmacy"]
    reopen_interview(interview=named[0])
    assert nominated(assessment) == []


def test_nominated_counts_only_what_was_handed_in(assessment, others):
    naming(assessment, (SERVICE, "Pharmacy"))
    naming(assessment, (SERVICE, "Pharmacy"), state="in_progress")
    assert nominated(assessment) == [Group(SERVICE, "pharmacy", "Pharmacy", 1, False)]


def test_nominated_counts_a_person_in_two_roles_once(assessment, others):
    first = naming(assessment, (SERVICE, "Pharmacy"))
    second = naming(assessment, (SERVICE, "Pharmacy"), role="clinician")
    second.stakeholder = first.stakeholder
    second.save()
    assert [group.people for group in nominated(assessment)] == [1]


def test_nominated_holds_nothing_of_who_named_it(assessment, named_by_two):
    assert str(nominated(assessment)) == "[Group(kind='service', code='pharmacy', words='Pharmacy', people=2, listed=False)]"


@pytest.mark.parametrize(("kind", "words"), [(SERVICE, "ONCOLOGY"), (SERVICE, "north pass"), (ROLE, "lab_director")])
def test_nominated_knows_what_is_listed(assessment, others, kind, words):
    naming(assessment, (kind, words))
    assert [group.listed for group in nominated(assessment)] == [True]


def test_nominated_of_another_assessment_stays_there(assessment, named_by_two, organisation):
    assert nominated(factories.make_open_assessment(organisation)) == []


@pytest.mark.parametrize("number", [1, 30])
def test_nominated_takes_a_fixed_number_of_queries(assessment, django_assert_num_queries, number):
    for n in range(number):
        naming(assessment, (SERVICE, f"Unit {n}"), (PERSON, f"Person {n}"))
    with django_assert_num_queries(4):
        nominated(assessment)


def test_what_two_people_name_becomes_a_finding(assessment, named_by_two):
    update_nominated_findings(assessment=assessment)
    assert present() == [("unlisted_service", "pharmacy", "moderate", "draft")]
    assert named_services(assessment) == {"pharmacy": "Pharmacy"}


def test_role_that_two_people_name_becomes_a_finding(assessment, others):
    for _ in range(2):
        naming(assessment, (ROLE, "patient_navigation"))
    update_nominated_findings(assessment=assessment)
    assert present() == [("unlisted_role", "patient_navigation", "moderate", "draft")]


def test_drafting_twice_writes_once(assessment, named_by_two):
    update_nominated_findings(assessment=assessment)
    assert update_nominated_findings(assessment=assessment) == []
    assert [h.history_change_reason for h in Finding.objects.get().history.all()] == ["named.drafted"]


def test_finding_closes_and_returns_with_what_was_decided(assessment, named_by_two, lead):
    finding = update_nominated_findings(assessment=assessment)[0]
    dismiss_finding(finding=finding, reason="they only lend a room", by=Decider(lead.user, finding.version))
    named_by_two[0].nominations.all().delete()
    update_nominated_findings(assessment=assessment)
    assert Finding.objects.get().vanished_at is not None
    naming(assessment, (SERVICE, "PHARMACY"))
    update_nominated_findings(assessment=assessment)
    back = Finding.objects.get()
    assert (back.pk, back.vanished_at, back.state, back.reason) == (finding.pk, None, "dismissed", "they only lend a room")
    assert [h.history_change_reason for h in back.history.all()][:2] == ["named.returned", "named.vanished"]


def test_findings_of_the_score_are_left_alone(assessment, named_by_two):
    scored = Finding.objects.create(assessment=assessment, rule="silent_role", code="clinician", severity="major")
    update_nominated_findings(assessment=assessment)
    scored.refresh_from_db()
    assert scored.vanished_at is None


def test_reopening_and_withdrawing_close_the_finding(assessment, named_by_two, django_capture_on_commit_callbacks):
    update_nominated_findings(assessment=assessment)
    with django_capture_on_commit_callbacks(execute=True):
        reopen_interview(interview=named_by_two[0])
    assert present() == []


def test_withdrawing_who_named_it_closes_the_finding(assessment, named_by_two, django_capture_on_commit_callbacks):
    update_nominated_findings(assessment=assessment)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_interview(interview=named_by_two[1])
    assert present() == []


@pytest.mark.parametrize(
    ("kind", "words", "person"), [(ROLE, "clinician", {"role": "clinician"}), (SERVICE, "Pharmacy", {"title": "Head of Pharmacy"})]
)
def test_adding_somebody_there_closes_the_finding(assessment, others, django_capture_on_commit_callbacks, kind, words, person):
    for _ in range(2):
        naming(assessment, (kind, words))
    update_nominated_findings(assessment=assessment)
    assert len(present()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        add_person(assessment=assessment, person=a_person(**person))
    assert present() == []


def test_withdrawing_the_only_one_in_the_role_drafts_the_finding(assessment, others, django_capture_on_commit_callbacks):
    for _ in range(2):
        naming(assessment, (ROLE, "clinician"))
    only = factories.make_interview(assessment, "clinician")
    update_nominated_findings(assessment=assessment)
    assert present() == []
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_interview(interview=only)
    assert present() == [("unlisted_role", "clinician", "moderate", "draft")]
