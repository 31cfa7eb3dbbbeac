import pytest
from django.urls import reverse

from assessments.models import Finding
from assessments.services.finding_decisions import Decider, dismiss_finding
from tests import factories
from tests.assessments.answering import answer, contested, scored

HTMX = {"HX-Request": "true"}


@pytest.fixture
def found(assessment):
    return contested(assessment)


@pytest.fixture
def finding(found):
    return Finding.objects.get(rule="shortfall", code="LAB-01")


def decide(client, finding, decision, headers=None, **fields):
    url = reverse("finding-decide", args=[finding.assessment_id, finding.pk, decision])
    return client.post(url, {"version": finding.version, **fields}, headers=headers or {})


def page(client, finding):
    return client.get(reverse("finding", args=[finding.assessment_id, finding.pk]))


def test_page_shows_sentence_and_history(finding, lead_client):
    html = page(lead_client, finding).content.decode()
    assert "Laboratory: 1 (informal)" in html
    assert "Drafted from the score." in html


def test_confirm_leads_back_to_the_list_as_it_was(finding, lead_client):
    response = decide(lead_client, finding, "confirm", back="severity=blocker&page=2&next=https://evil.example")
    finding.refresh_from_db()
    assert finding.state == "confirmed"
    assert response.headers["Location"] == f"/assessments/{finding.assessment_id}/findings/?severity=blocker&page=2#finding-{finding.pk}"


@pytest.mark.parametrize("back", ["\x00", "//evil.example", "a=" * 3000, "\r\nX: y", "q=%ff%00"])
def test_nonsense_about_the_list_never_leads_elsewhere(finding, lead_client, back):
    location = decide(lead_client, finding, "confirm", back=back).headers["Location"]
    assert location.startswith(f"/assessments/{finding.assessment_id}/findings/")
    assert "evil" not in location


def test_htmx_gets_the_finding_as_it_stands_now(finding, lead_client):
    html = decide(lead_client, finding, "adjust", HTMX, severity="major", reason="two hubs").content.decode()
    assert "<html" not in html
    assert "two hubs" in html
    assert "computed: Blocker" in html


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "x" * 501, "a\x00b"])
def test_dismissal_without_a_fit_reason_is_refused_and_keeps_what_was_typed(finding, lead_client, headers, reason):
    response = decide(lead_client, finding, "dismiss", headers, reason=reason)
    finding.refresh_from_db()
    assert (response.status_code, finding.state) == (422, "draft")
    assert 'aria-invalid="true"' in response.content.decode()
    assert reason.strip("\u200b \x00")[:10] in response.content.decode()


@pytest.mark.parametrize("fields", [{"severity": "huge", "reason": "r"}, {"severity": "", "reason": "r"}])
def test_severity_that_is_none_is_refused(finding, lead_client, fields):
    assert decide(lead_client, finding, "adjust", **fields).status_code == 422
    finding.refresh_from_db()
    assert finding.adjusted_severity == ""


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_version_that_is_none_is_refused_and_keeps_the_reason(finding, lead_client, version):
    response = decide(lead_client, finding, "dismiss", version=version, reason="not ours")
    assert response.status_code == 422
    assert "not ours" in response.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_second_editor_sees_both_texts_and_nothing_is_overwritten(finding, lead_client, admin, headers):
    dismiss_finding(finding=finding, reason="what the first wrote", by=Decider(admin.user, 1))
    response = decide(lead_client, finding, "adjust", headers, severity="minor", reason="what the second wrote")
    html = response.content.decode()
    finding.refresh_from_db()
    assert (response.status_code, finding.state, finding.version) == (409, "dismissed", 2)
    assert "what the first wrote" in html
    assert "what the second wrote" in html
    assert "Minor" in html


def test_second_editor_may_decide_again_having_seen_the_first(finding, lead_client, admin):
    dismiss_finding(finding=finding, reason="first", by=Decider(admin.user, 1))
    finding.refresh_from_db()
    decide(lead_client, finding, "adjust", severity="minor", reason="second")
    finding.refresh_from_db()
    assert (finding.adjusted_severity, finding.reason, finding.state) == ("minor", "second", "confirmed")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_undo_of_nothing_says_so(finding, lead_client, headers):
    response = decide(lead_client, finding, "undo", headers)
    html = (response if headers else lead_client.get(response.headers["Location"])).content.decode()
    assert "nothing to decide any more" in html


def test_undo_takes_the_last_decision_back(finding, lead_client):
    decide(lead_client, finding, "confirm")
    finding.refresh_from_db()
    decide(lead_client, finding, "undo")
    finding.refresh_from_db()
    assert finding.state == "draft"


def test_decision_that_is_none_does_not_exist(finding, lead_client):
    assert decide(lead_client, finding, "delete").status_code == 404


def test_get_decides_nothing(finding, lead_client):
    assert lead_client.get(reverse("finding-decide", args=[finding.assessment_id, finding.pk, "confirm"])).status_code == 405


def test_reviewer_may_look_and_not_decide(finding, reviewer_client):
    assert "/confirm/" not in page(reviewer_client, finding).content.decode()
    assert decide(reviewer_client, finding, "confirm").status_code == 403
    finding.refresh_from_db()
    assert finding.state == "draft"


def test_outsider_gets_what_a_nonexistent_one_gets(finding, outsider_client):
    theirs = page(outsider_client, finding)
    nothing = outsider_client.get(reverse("finding", args=["00000000-0000-4000-8000-000000000000", finding.pk]))
    assert (theirs.status_code, theirs.content) == (404, nothing.content)
    assert decide(outsider_client, finding, "confirm").status_code == 404


def test_finding_of_another_assessment_does_not_exist_here(finding, lead_client):
    other = factories.make_open_assessment(finding.assessment.organisation)
    assert lead_client.get(reverse("finding", args=[other.pk, finding.pk])).status_code == 404


def test_anonymous_is_sent_to_sign_in(finding, anonymous):
    assert page(anonymous, finding).status_code == 302
    assert decide(anonymous, finding, "confirm").status_code == 302


def test_decision_without_csrf_token_is_refused(finding, lead):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(lead.user)
    assert decide(client, finding, "confirm").status_code == 403


def test_dismissal_keeps_its_reason_and_leaves_the_list(finding, lead_client):
    decide(lead_client, finding, "dismiss", reason="nicht unser Haus – 日本")
    finding.refresh_from_db()
    assert (finding.state, finding.reason) == ("dismissed", "nicht unser Haus – 日本")
    assert str(finding.pk) not in lead_client.get(reverse("findings", args=[finding.assessment_id])).content.decode()


def test_history_tells_what_the_score_changed(finding, lead_client):
    answer(finding.assessment.interviews.get(role="it_integration_lead"), "LAB-01", 2)
    finding.assessment.interviews.get(role="lab_director").answers.filter(item_code="LAB-01").update(level=2)
    scored(finding.assessment)
    html = " ".join(page(lead_client, finding).content.decode().split())
    assert "Computed severity: Blocker → Moderate. <bdi>The score gives another severity or impact.</bdi>" in html
