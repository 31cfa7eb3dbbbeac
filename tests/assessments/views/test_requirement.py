import pytest
from django.urls import reverse

from tests.assessments.answering import answer, contested, handed_in, scored

CANARIES = ("canary-note", "canary-reference", "canary-reason", "canary-file.pdf")


def page(client, assessment, code="LAB-01", **headers):
    return client.get(reverse("requirement", args=[assessment.pk, code]), **headers)


@pytest.fixture
def answered(assessment):
    """A laboratory that says much beside its answer."""
    row = answer(handed_in(assessment, "lab_director"), "LAB-01", 2, note="canary-note", evidence_reference="canary-reference")
    row.evidence.create(file="evidence/x", name="canary-file.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    answer(handed_in(assessment, "compliance_privacy_security"), "LAB-01", "not_applicable", reason="canary-reason")
    return scored(assessment)


def test_lead_sees_answers_notes_and_evidence_side_by_side(answered, lead_client):
    html = page(lead_client, answered).content.decode()
    assert all(canary in html for canary in CANARIES)
    assert "2 (partial)" in html
    assert "LAB-01 step 2" in html


@pytest.mark.parametrize("client", ["reviewer_client"])
def test_reviewer_sees_means_and_no_note_evidence_or_contact(answered, client, request):
    html = page(request.getfixturevalue(client), answered).content.decode()
    people = answered.interviews.select_related("stakeholder")
    assert "2 (partial)" in html
    assert [c for c in (*CANARIES, *(i.stakeholder.email for i in people), *(i.stakeholder.name for i in people)) if c in html] == []


def test_answer_for_figures_only_is_shown_to_nobody(assessment, lead_client):
    interview = handed_in(assessment, "lab_director", visibility_vendor="figures_only")
    answer(interview, "LAB-01", 2, note="canary-note")
    html = page(lead_client, scored(assessment)).content.decode()
    assert "canary-note" not in html
    assert "would give a person away" in html


def test_name_is_shown_only_where_it_was_promised(assessment, lead_client):
    interview = handed_in(assessment, "lab_director", {"LAB-01": 2}, visibility_vendor="role")
    assert interview.stakeholder.name not in page(lead_client, scored(assessment)).content.decode()


def test_sponsor_is_shown_apart_where_not_counted(assessment, lead_client):
    html = page(lead_client, contested(assessment), "INT-01").content.decode()
    assert "Shown apart, not counted" in html


def test_htmx_gets_the_part_and_the_browser_a_page(answered, lead_client):
    part = page(lead_client, answered, headers={"HX-Request": "true"}).content.decode()
    whole = page(lead_client, answered).content.decode()
    assert ("<html" in part, "<html" in whole) == (False, True)
    assert "canary-note" in part


def test_page_leads_to_its_neighbours(answered, lead_client):
    html = page(lead_client, answered, "LAB-02").content.decode()
    assert "Before: LAB-01" in html
    assert "Next: INT-01" in html


@pytest.mark.parametrize("code", ["NO-01", "LAB-01/more", "%F0%9F%98%80", "x" * 3000])
def test_code_that_is_not_asked_does_not_exist(answered, lead_client, code):
    assert lead_client.get(f"/assessments/{answered.pk}/answers/{code}/").status_code == 404


def test_markup_in_a_note_shows_as_text(assessment, lead_client):
    answer(handed_in(assessment, "lab_director"), "LAB-01", 2, note="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page(lead_client, scored(assessment)).content.decode()


def test_outsider_gets_what_a_nonexistent_one_gets(answered, outsider_client):
    theirs = page(outsider_client, answered)
    nothing = outsider_client.get(reverse("requirement", args=["00000000-0000-4000-8000-000000000000", "LAB-01"]))
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


def test_anonymous_is_sent_to_sign_in(answered, anonymous):
    assert page(anonymous, answered).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_a_fixed_number_of_queries(assessment, lead_client, count, django_assert_num_queries):
    for _ in range(count):
        handed_in(assessment, "lab_director", {"LAB-01": 2})
    assessment = scored(assessment)
    with django_assert_num_queries(19):
        page(lead_client, assessment)
