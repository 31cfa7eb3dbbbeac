import pytest
from django.urls import reverse

from assessments.bundles import parse_bundle
from assessments.models import AgreedPlan, Answer, Audience, Finding, Instrument
from assessments.scoring import score
from assessments.services.bundle_exports import export_bundle
from assessments.services.scores import score_assessment
from assessments.services.self_audits import AuditGiven, answer_self_audit
from readiness.reports.content import overview_content, report_content
from readiness.reports.domains import domain_lines
from readiness.reports.sentences import verdict_words, wave_words
from readiness.reports.subject import Subject
from readiness.templatetags.charts import figure
from tests import factories
from tests.assessments.answering import answer, contested, handed_in, scored
from tests.assessments.deeper_bank import make_deeper_assessment, submitted
from tests.assessments.setups import make_approved, make_draft
from tests.assessments.vendors import make_audited, make_version_with_audit
from tests.conftest import signed_in


def page(client, assessment):
    return client.get(reverse("overview", args=[assessment.pk]))


def text(client, assessment):
    return " ".join(page(client, assessment).content.decode().split())


def test_verdict_is_the_headline_with_its_reason_and_the_promised_date(assessment, lead_client):
    html = text(lead_client, contested(assessment))
    assert "Not ready to sign as sold." in html
    assert "gates failed and has no agreed plan" in html
    assert "1 March 2027" in html


def test_page_bundle_and_snapshot_show_the_same_figures(assessment, lead_client):
    assessment = contested(assessment)
    page_figures = text(lead_client, assessment)
    snapshot = assessment.latest_snapshot
    of_bundle = score(parse_bundle(export_bundle(assessment=assessment))).overall
    assert (of_bundle.score, of_bundle.low, of_bundle.high, of_bundle.coverage) == (
        snapshot.score,
        snapshot.low,
        snapshot.high,
        snapshot.coverage,
    )
    assert f'<span class="figure">{figure(snapshot.score)}</span>' in page_figures
    assert f"range {figure(snapshot.low)}–{figure(snapshot.high)}" in page_figures


def test_gates_link_to_their_requirement(assessment, lead_client):
    assessment = contested(assessment)
    html = text(lead_client, assessment)
    assert reverse("requirement", args=[assessment.pk, "LAB-01"]) in html
    assert "1 failed" in html
    assert "1 passed" in html or "passed</summary>" in html


def test_agreed_plan_is_shown_at_its_gate(assessment, lead_client):
    assessment = contested(assessment)
    director = assessment.interviews.get(role="lab_director")
    AgreedPlan.objects.create(assessment=assessment, kind="shortfall", code="LAB-01", accepted_by=director.stakeholder)
    score_assessment(assessment=assessment, reason="plan")
    assert "Agreed plan" in text(lead_client, assessment)


def test_waves_say_what_could_be_signed_for_each(assessment, lead_client):
    assessment.waves.create(code="first", title="First wave").sites.set(assessment.sites.all())
    html = text(lead_client, contested(assessment))
    assert "First wave" in html
    assert "By wave:" in html


def test_promise_is_a_sentence(lead, lead_client):
    assessment = make_approved(lead)
    score_assessment(assessment=assessment, reason="opened")
    assert "Complete profiles: from 34 % to 65 % by 31 August 2027." in text(lead_client, assessment)


def test_board_counts_who_has_handed_in_by_role(assessment, lead_client):
    factories.make_interview(assessment, "lab_director", state="invited", front_line=True)
    html = text(lead_client, contested(assessment))
    assert "1 of 2" in html
    assert "1 of 5 do the affected work every day." in html


def test_opened_and_nobody_answered_says_no_score_yet(lead, lead_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assessment = make_approved(lead)
    html = text(lead_client, assessment)
    assert "Not enough evidence to sign." in html
    assert "no score yet" in html
    assert '<span class="figure">' not in html


def test_draft_leads_on_with_the_set_up(lead, lead_client):
    draft = make_draft(lead)
    html = text(lead_client, draft)
    assert "This assessment is being set up" in html
    assert reverse("setup", args=[draft.pk]) in html


def test_reviewer_sees_the_verdict_without_buttons_notes_or_contacts(assessment, reviewer_client):
    answer(handed_in(assessment, "lab_director"), "LAB-01", 1, note="canary-note", evidence_reference="canary-reference")
    assessment = scored(assessment)
    html = text(reviewer_client, assessment)
    person = assessment.interviews.get().stakeholder
    assert "Not ready to sign as sold." in html
    assert [c for c in ("canary", person.name, person.email, "Do next", "Issue report") if c in html] == []


def test_figure_that_would_give_a_person_away_is_not_in_the_gates(assessment, lead_client):
    handed_in(assessment, "lab_director", {"LAB-01": 1}, visibility_vendor="figures_only")
    html = text(lead_client, scored(assessment))
    assert "Title of LAB-01" in html
    assert "answered 1" not in html


def test_outsider_gets_what_a_nonexistent_one_gets(assessment, outsider_client):
    theirs = page(outsider_client, contested(assessment))
    nothing = outsider_client.get(reverse("overview", args=["00000000-0000-4000-8000-000000000000"]))
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


def test_anonymous_is_sent_to_sign_in(assessment, anonymous):
    assert page(anonymous, assessment).headers["Location"].startswith("/accounts/login/")


def test_member_who_sees_only_assigned_ones_does_not_see_others(assessment, organisation):
    assert page(signed_in(factories.make_membership(organisation, only_assigned=True)), assessment).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_a_fixed_number_of_queries(assessment, lead_client, count, django_assert_num_queries):
    for _ in range(count):
        handed_in(assessment, "lab_director", {"LAB-01": 2})
    assessment = scored(assessment)
    with django_assert_num_queries(40):
        page(lead_client, assessment)


@pytest.mark.parametrize("is_own", [True, False])
def test_bank_of_the_vendors_own_is_said(assessment, lead_client, organisation, is_own):
    Instrument.objects.update(organisation=organisation if is_own else None)
    assert ("a bank of the vendor’s own" in text(lead_client, contested(assessment))) is is_own


def test_deeper_questions_lead_to_the_scope(organisation, lead_client, reviewer_client):
    assessment = make_deeper_assessment(organisation)
    submitted(assessment, answers={"LAB-01": 1})
    assessment = scored(assessment)
    assert f'<a href="{reverse("scope", args=[assessment.pk])}">Scope</a>' in text(lead_client, assessment)
    assert "Ask 2 deeper questions." in text(lead_client, assessment)
    assert "deeper questions" not in text(reviewer_client, assessment)


def test_decided_findings_leave_the_list_of_things_to_do(assessment, lead_client):
    assessment = contested(assessment)
    assert "Confirm or dismiss 1 blocker." in text(lead_client, assessment)
    Finding.objects.filter(severity="blocker").update(state="confirmed")
    assert "Confirm or dismiss" not in text(lead_client, assessment)


def test_overview_says_what_the_report_says(assessment):
    assessment = contested(assessment)
    handed_in(assessment, "lab_director", {"LAB-02": 1}, visibility_vendor="figures_only")
    handed_in(assessment, "executive_sponsor", {"INT-01": 0}, visibility_vendor="figures_only")
    Answer.objects.filter(item_code="INT-02").update(kind="quantity", level=None, quantity=7)
    assessment = scored(assessment)
    page_subject, report_subject = (Subject(make(assessment), Audience.DEAL_REVIEW) for make in (overview_content, report_content))
    assert verdict_words(page_subject) == verdict_words(report_subject)
    assert wave_words(page_subject) == wave_words(report_subject)
    assert page_subject.gates == report_subject.gates
    assert domain_lines(page_subject) == domain_lines(report_subject)
    assert {code: page_subject.means(code) for code in page_subject.items} == {
        code: report_subject.means(code) for code in report_subject.items
    }


def test_vendor_s_own_readiness_stands_beside_the_customer_s(organisation, lead, lead_client):
    assessment = make_audited(organisation)
    answer_self_audit(assessment=assessment, actor=lead.user, answers={"VND-01": AuditGiven(3), "VND-02": AuditGiven(1)})
    html = text(lead_client, contested(assessment))
    assert "1 of 3 in place, 1 not answered" in html
    assert f'{reverse("vendor-audit", args=[assessment.pk])}#audit-VND-02">Title of VND-02</a>' in html
    assert "VND-02 step 1" in html


def test_vendor_s_own_readiness_stands_there_before_the_first_score(organisation, lead_client):
    draft = factories.make_assessment(organisation, version=make_version_with_audit())
    assert "Not answered yet" in text(lead_client, draft)


def test_bank_that_asks_the_vendor_nothing_has_no_card(assessment, lead_client):
    assert "own readiness" not in text(lead_client, assessment)
