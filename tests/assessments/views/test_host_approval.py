import pytest
from django.core import mail
from django.urls import reverse

from assessments.models import HostApproval
from assessments.services.lifecycle import close_assessment
from assessments.services.people import add_person
from assessments.services.setup import switch_domains
from stakeholders.models import AccessLink
from tests.assessments.deeper_bank import make_deeper_version
from tests.assessments.setups import a_person, host_link, make_approved, make_asked
from tests.assessments.views.respondents import everything

TERMS = {"visibility_vendor": "role", "visibility_health_system": "role", "uploads_allowed": "on", "retention_months": "24"}


@pytest.fixture
def asked(lead):
    return make_asked(lead)


def url(assessment):
    return reverse("host-approval", args=[assessment.pk])


def let_in(client, assessment):
    client.post(reverse("host-landing", args=[host_link(assessment)[1]]))
    return client


@pytest.fixture
def host(anonymous, asked):
    """The host's browser, in which the button behind the link was pressed."""
    return let_in(anonymous, asked)


def post(host, asked, decision="approve", **data):
    shown = [str(i.pk) for i in asked.interviews.all()]
    return host.post(url(asked), {**TERMS, "shown": shown, "comment": "", "decision": decision, **data})


def test_host_sees_people_questions_promise_and_terms(host, asked):
    page = host.get(url(asked)).content.decode()
    for text in ("p1@valley.example", "Is LAB-01 in place?", "from 34 to 65 %", "Because of INT-01.", "role and answer, no name"):
        assert text in page


def test_host_sees_the_questions_of_the_asked_roles_only(host, asked):
    assert [role["label"] for role in host.get(url(asked)).context["questions"]] == ["Laboratory", "IT and integration", "Clinician"]


def test_host_sees_that_clinicians_are_asked_where_they_stand(host, asked):
    shown = {role["label"]: [q.text for q in role["asked"]] for role in host.get(url(asked)).context["questions"]}
    assert [
        label for label, texts in shown.items() if "If it were up to you, what would happen with this product in your service?" in texts
    ] == ["Clinician"]


def test_looking_changes_nothing(host, asked):
    before = everything()
    host.get(url(asked))
    host.head(url(asked))
    assert everything() == before


def test_approval_opens_and_invites(host, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert post(host, asked).url == url(asked)
    asked.refresh_from_db()
    assert (asked.state, len(mail.outbox)) == ("open", 3)
    assert "You have approved" in host.get(url(asked)).content.decode()


def test_host_may_make_it_stricter(host, asked):
    post(host, asked, visibility_vendor="figures_only", retention_months="6", uploads_allowed="")
    asked.refresh_from_db()
    assert (asked.visibility_vendor, asked.retention_months, asked.uploads_allowed) == ("figures_only", 6, False)


def test_struck_person_is_withdrawn_with_the_reason(host, asked):
    interview = asked.interviews.get(role="clinician")
    post(host, asked, struck=[interview.pk], **{f"reason-{interview.pk}": "On leave 世"})
    interview.refresh_from_db()
    assert (interview.state, HostApproval.objects.get().comment) == ("withdrawn", "Clinician: On leave 世")


def test_host_sees_what_may_be_asked_later(anonymous, lead):
    asked = make_asked(lead, version=make_deeper_version())
    page = let_in(anonymous, asked).get(url(asked))
    later = {role["label"]: [q.code for q in role["deeper"]] for role in page.context["questions"]}
    assert later == {"Laboratory": ["LAB-07"], "IT and integration": ["LAB-07", "INT-07"], "Clinician": []}
    assert "May be asked later, where answers are short" in page.content.decode()


def test_what_is_switched_off_is_not_said_to_be_asked_later(anonymous, lead):
    asked = make_asked(lead, version=make_deeper_version(), left_out_items=["LAB-07"])
    page = let_in(anonymous, asked).get(url(asked))
    assert [q.code for role in page.context["questions"] for q in role["deeper"]] == ["INT-07"]


def test_host_who_has_approved_still_reads_the_questions(anonymous, lead):
    assessment = make_approved(lead)
    page = let_in(anonymous, assessment).get(url(assessment))
    assert "You have approved" in page.content.decode()
    assert [role["label"] for role in page.context["questions"]] == ["Laboratory", "IT and integration", "Clinician"]


def test_host_asks_for_changes(host, asked):
    post(host, asked, "return", comment="Ask the <night> shift, too.")
    asked.refresh_from_db()
    assert (asked.state, HostApproval.objects.get().decision) == ("draft", "returned")
    assert "Ask the &lt;night&gt; shift, too." in host.get(url(asked)).content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"visibility_vendor": "named"}, "visibility_vendor"),
        ({"visibility_health_system": ""}, "visibility_health_system"),
        ({"retention_months": "0"}, "retention_months"),
        ({"retention_months": "9" * 40}, "retention_months"),
        ({"retention_months": "forever"}, "retention_months"),
        ({"comment": "a\x00b"}, "comment"),
        ({"comment": "x" * 2001}, "comment"),
        ({"decision": "return", "comment": " "}, "comment"),
        ({"decision": "maybe"}, "decision"),
        ({"decision": ""}, "decision"),
    ],
)
def test_wrong_entry_is_named_and_nothing_is_decided(host, asked, data, field):
    response = post(host, asked, **{"decision": "approve", **data})
    assert (response.status_code, field in response.context["form"].errors) == (200, True)
    assert (HostApproval.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize("reason", ["", "  ", "a\x00", "x" * 201])
def test_striking_needs_a_reason_and_keeps_the_tick(host, asked, reason):
    interview = asked.interviews.get(role="clinician")
    response = post(host, asked, struck=[interview.pk], **{f"reason-{interview.pk}": reason})
    assert f"reason-{interview.pk}" in response.context["form"].errors
    assert f'value="{interview.pk}" checked' in response.content.decode()


def test_striking_everybody_is_refused(host, asked):
    keys = [i.pk for i in asked.interviews.all()]
    response = post(host, asked, struck=keys, **{f"reason-{key}": "no" for key in keys})
    assert "Nobody would be asked" in response.content.decode()


def test_keys_of_nobody_are_ignored(host, asked):
    shown = [*(str(i.pk) for i in asked.interviews.all()), "nonsense", "\x00", "11111111-1111-1111-1111-111111111111"]
    assert post(host, asked, shown=shown, struck=["nonsense"]).status_code == 302


def test_person_added_while_the_host_reads_goes_on_waiting(host, asked):
    shown = [str(i.pk) for i in asked.interviews.all()]
    late = add_person(assessment=asked, person=a_person(9))
    post(host, asked, shown=shown)
    late.refresh_from_db()
    assert late.host_approved_at is None
    assert "May" in host.get(url(asked)).content.decode()


def test_approving_twice_changes_nothing(host, asked):
    post(host, asked)
    post(host, asked)
    assert HostApproval.objects.count() == 1


def test_questions_that_changed_since_are_not_offered(host, asked):
    switch_domains(assessment=asked, left_out=["INT"])
    assert "Nothing to decide right now" in host.get(url(asked)).content.decode()
    post(host, asked)
    assert HostApproval.objects.count() == 0


def test_closed_assessment_is_only_shown(anonymous, lead):
    assessment = make_approved(lead)
    add_person(assessment=assessment, person=a_person(9))
    host = let_in(anonymous, assessment)
    close_assessment(assessment=assessment)
    assert "takes no more answers" in host.get(url(assessment)).content.decode()


def test_people_added_later_are_offered_alone(anonymous, lead):
    assessment = make_approved(lead)
    late = add_person(assessment=assessment, person=a_person(9))
    response = let_in(anonymous, assessment).get(url(assessment))
    assert [row["interview"].pk for row in response.context["people"]] == [late.pk]
    assert len(response.context["approved"]) == 3


def test_browser_without_the_link_sees_nothing(anonymous, asked, lead_client, db):
    assert (anonymous.get(url(asked)).status_code, lead_client.get(url(asked)).status_code) == (410, 410)


def test_link_to_one_assessment_opens_no_other(host, lead):
    assert host.get(url(make_asked(lead))).status_code == 410


def test_revoked_link_closes_the_page_at_once(host, asked):
    AccessLink.objects.update(revoked_at=asked.created_at)
    assert (host.get(url(asked)).status_code, post(host, asked).status_code) == (410, 410)


@pytest.mark.parametrize("number", [1, 30])
def test_page_takes_a_fixed_number_of_queries(host, asked, django_assert_num_queries, number):
    for n in range(10, 10 + number):
        add_person(assessment=asked, person=a_person(n))
    host.get(url(asked))
    with django_assert_num_queries(29):
        host.get(url(asked))
