from dataclasses import replace

import pytest
from django.core import mail

from assessments.models import AssessmentState, HostApproval, HostDecision, ProductRequirement
from assessments.services.approvals import (
    CannotAskError,
    HostTerms,
    NobodyLeftError,
    NotAskedError,
    approve,
    ask_for_changes,
    ask_host,
    host_status,
)
from assessments.services.invitations import TooManyMailsError
from assessments.services.lifecycle import close_assessment
from assessments.services.people import add_person
from assessments.services.setup import NotInThisStateError, switch_domains
from stakeholders.models import ActorKind, AuditEvent, Message, MessageKind, Visibility, WrittenOnceError
from tests import factories
from tests.assessments.setups import a_person, add_three, make_approved, make_asked, make_draft


@pytest.fixture
def asked(lead):
    return make_asked(lead)


def invitations():
    return Message.objects.filter(kind=MessageKind.INVITATION)


def terms_of(assessment, **changes):
    return replace(HostTerms.proposed(assessment), **changes)


def test_asking_freezes_the_scope_and_mails_the_host_alone(asked, lead):
    scope = asked.scopes.get()
    assert (scope.number, scope.author, scope.reason) == (1, lead.user, "Asked the host to approve")
    assert list(Message.objects.values_list("kind", "to_email")) == [("host_approval", asked.host.email)]
    assert asked.state == AssessmentState.DRAFT


def test_asking_leaves_switched_off_domains_out(lead):
    draft = make_draft(lead)
    add_three(draft)
    switch_domains(assessment=draft, left_out=["INT"])
    ask_host(assessment=draft)
    assert sorted({item.domain_code for item in draft.scopes.get().items.all()}) == ["CHG", "LAB"]


def test_asking_again_without_a_change_keeps_the_scope(asked):
    ask_host(assessment=asked)
    assert asked.scopes.count() == 1


@pytest.mark.parametrize("change", ["domains", "profile"])
def test_asking_again_after_a_change_makes_the_next_revision(asked, change):
    if change == "domains":
        switch_domains(assessment=asked, left_out=["INT"])
    else:
        ProductRequirement.objects.create(product=asked.product, item_code="LAB-02", weight=5)
    asked.refresh_from_db()
    ask_host(assessment=asked)
    assert [scope.number for scope in asked.scopes.all()] == [1, 2]


@pytest.mark.parametrize("missing", ["host", "people"])
def test_host_is_not_asked_while_something_is_missing(lead, missing):
    draft = make_draft(lead, **({"host": None} if missing == "host" else {}))
    if missing == "host":
        add_three(draft)
    with pytest.raises(CannotAskError, match=missing):
        ask_host(assessment=draft)


def test_host_is_not_asked_about_nothing(lead):
    draft = make_draft(lead, version=factories.make_version(bank=[]))
    add_three(draft)
    with pytest.raises(CannotAskError, match="scope"):
        ask_host(assessment=draft)


def test_host_is_not_flooded(asked):
    for _ in range(9):
        ask_host(assessment=asked)
    with pytest.raises(TooManyMailsError):
        ask_host(assessment=asked)


def test_nobody_is_invited_before_the_host_approves(asked):
    assert invitations().count() == 0


def test_approval_opens_and_invites_in_both_names(asked, lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        approve(assessment=asked, terms=HostTerms.proposed(asked))
    asked.refresh_from_db()
    assert asked.state == AssessmentState.OPEN
    assert sorted(m.to[0] for m in mail.outbox) == ["p1@valley.example", "p2@valley.example", "p3@valley.example"]
    assert all(str(lead.user) in m.from_email and asked.host.name in m.from_email for m in mail.outbox)


def test_approval_is_written_once_with_what_was_decided(asked):
    terms = terms_of(asked, visibility_vendor=Visibility.FIGURES_ONLY, uploads_allowed=False, retention_months=6, comment="Fine.")
    approval = approve(assessment=asked, terms=terms)
    assert (approval.decision, approval.comment, approval.scope.number, approval.host) == (HostDecision.APPROVED, "Fine.", 1, asked.host)
    with pytest.raises(WrittenOnceError):
        approval.save()


def test_decided_terms_become_the_assessments(asked):
    approve(assessment=asked, terms=terms_of(asked, visibility_vendor=Visibility.FIGURES_ONLY, uploads_allowed=False, retention_months=6))
    asked.refresh_from_db()
    assert (asked.visibility_vendor, asked.uploads_allowed, asked.retention_months) == ("figures_only", False, 6)


@pytest.mark.parametrize("field", ["visibility_vendor", "visibility_health_system"])
def test_visibility_cannot_become_looser(asked, field):
    with pytest.raises(ValueError, match="stricter"):
        approve(assessment=asked, terms=terms_of(asked, **{field: Visibility.NAMED}))
    assert HostApproval.objects.count() == 0


def test_struck_person_is_withdrawn_with_role_and_reason_but_no_name(asked):
    interview = asked.interviews.get(role="clinician")
    approval = approve(assessment=asked, terms=HostTerms.proposed(asked), struck={interview.pk: "on leave"})
    interview.refresh_from_db()
    assert (interview.state, approval.comment) == ("withdrawn", "Clinician: on leave")
    assert AuditEvent.objects.get(verb="interview.withdrawn").actor_kind == ActorKind.HOST


def test_struck_person_is_not_invited(asked):
    interview = asked.interviews.get(role="clinician")
    approve(assessment=asked, terms=HostTerms.proposed(asked), struck={interview.pk: "on leave"})
    assert interview.pk not in set(invitations().values_list("subject_id", flat=True))


def test_person_whom_the_host_did_not_see_goes_on_waiting(asked):
    shown = [i.pk for i in asked.interviews.all()]
    late = add_person(assessment=asked, person=a_person(9))
    approve(assessment=asked, terms=HostTerms.proposed(asked), shown=shown)
    late.refresh_from_db()
    assert (late.host_approved_at, invitations().count()) == (None, 3)


def test_striking_everybody_is_refused_and_changes_nothing(asked):
    struck = dict.fromkeys([i.pk for i in asked.interviews.all()], "no")
    with pytest.raises(NobodyLeftError):
        approve(assessment=asked, terms=HostTerms.proposed(asked), struck=struck)
    assert set(asked.interviews.values_list("state", flat=True)) == {"invited"}


def test_approving_twice_invites_once(asked):
    approve(assessment=asked, terms=HostTerms.proposed(asked))
    with pytest.raises(NobodyLeftError):
        approve(assessment=asked, terms=HostTerms.proposed(asked))
    assert (invitations().count(), HostApproval.objects.count()) == (3, 1)


def test_questions_that_changed_since_cannot_be_approved(asked):
    switch_domains(assessment=asked, left_out=["INT"])
    with pytest.raises(NotAskedError):
        approve(assessment=asked, terms=HostTerms.proposed(asked))


def test_draft_that_was_never_asked_cannot_be_approved(lead):
    draft = make_draft(lead)
    add_three(draft)
    with pytest.raises(NotAskedError):
        approve(assessment=draft, terms=HostTerms.proposed(draft))


def test_closed_assessment_is_neither_asked_nor_approved(lead):
    assessment = make_approved(lead)
    add_person(assessment=assessment, person=a_person(9))
    close_assessment(assessment=assessment)
    with pytest.raises(NotInThisStateError):
        ask_host(assessment=assessment)
    with pytest.raises(NotInThisStateError):
        approve(assessment=assessment, terms=HostTerms.proposed(assessment))


def test_person_added_after_approval_waits_and_is_then_invited_alone(lead):
    assessment = make_approved(lead)
    late = add_person(assessment=assessment, person=a_person(9))
    assert (host_status(assessment).state, invitations().count()) == ("more_people", 3)
    ask_host(assessment=assessment)
    approve(assessment=assessment, terms=HostTerms.proposed(assessment))
    assert (list(invitations().values_list("subject_id", flat=True)).count(late.pk), invitations().count()) == (1, 4)
    assert assessment.scopes.count() == 1


def test_host_asks_for_changes_and_nobody_is_invited(asked):
    ask_for_changes(assessment=asked, comment=" Ask the night shift, too. ")
    status = host_status(asked)
    assert (status.state, status.decision.comment, invitations().count()) == ("returned", "Ask the night shift, too.", 0)


def test_asking_for_changes_needs_to_say_which(asked):
    with pytest.raises(ValueError, match="comment"):
        ask_for_changes(assessment=asked, comment="  ")


def test_host_status_takes_three_queries(asked, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert host_status(asked).state == "asked"
