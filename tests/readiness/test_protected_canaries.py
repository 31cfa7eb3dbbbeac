"""Protected words of an assessment with fewer than three submissions: nowhere outside their own table."""

import io
import json
from uuid import UUID

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from assessments.given_answers import GivenAnswer
from assessments.models import Assessment, Audience, Disclosure, Interview
from assessments.services.answers import save_answer
from assessments.services.bundle_exports import export_bundle
from assessments.services.finding_decisions import Decider, confirm_finding
from assessments.services.invitations import send_reminder
from assessments.services.scores import score_assessment
from readiness.reports.issue import draft_pdf, issue_report
from stakeholders.models import LinkPurpose, MemberRole, User
from stakeholders.services.links import issue_link
from tests import factories
from tests.assessments.views.respondents import browser_of
from tests.conftest import signed_in
from tests.readiness.canaries import dump, logged
from tests.readiness.reports.papers import whole_text
from tests.readiness.test_access_matrix import MEMBER_ROUTES, OWN, address

pytestmark = pytest.mark.django_db

CANARIES = ("canary7f3a", "canary9c1e")
TABLE = Disclosure._meta.db_table
FILES = {"report-pdf", "report-file"}  # read as text in a test of their own


def leaks(text: str) -> list[str]:
    """Return what of the protected entries stands in a text: their words, and the keys by which they could be found."""
    keys = [str(pk) for pk in Disclosure.objects.values_list("pk", flat=True)]
    return [word for word in (*CANARIES, *keys, *(UUID(key).hex for key in keys)) if word in text]


def tell(interview: Interview, browser: Client) -> None:
    """Enter a protected text on its page, as a person does."""
    what, breaks = (f"{word} on paper" for word in CANARIES)
    sent = {"entry-0-key": "", "entry-0-what": what, "entry-0-how_often": "every_day", "entry-0-what_breaks": breaks}
    assert browser.post(reverse("protected", args=[interview.pk]), sent).status_code == 302


@pytest.fixture
def people(assessment):
    """Two who have handed in and one who has not: each has told of a workaround."""
    roles = ("lab_director", "it_integration_lead", "compliance_privacy_security")
    interviews = [factories.make_interview(assessment, role, state="opened") for role in roles]
    browsers = [browser_of(interview) for interview in interviews]
    for interview, browser, code in zip(interviews, browsers, ("LAB-01", "INT-01", "LAB-01"), strict=True):
        tell(interview, browser)
        save_answer(interview=interview, code=code, given=GivenAnswer("level", 1))
    for interview, browser in list(zip(interviews, browsers, strict=True))[:2]:
        browser.post(reverse("submit", args=[interview.pk]))
    return list(zip(interviews, browsers, strict=True))


@pytest.fixture
def told(people, assessment) -> Assessment:
    """The assessment, scored, with findings."""
    score_assessment(assessment=assessment, reason="submitted")
    assert Disclosure.objects.count() == 3
    assert Interview.objects.submitted().count() == 2
    return Assessment.objects.with_parties().get(pk=assessment.pk)


def addresses(told: Assessment, lead) -> list[str]:
    """Return the address of every page of a member, about the rows that there are."""
    finding = told.findings.first()
    rows = {
        "Assessment": told,
        "HealthSystem": told.health_system,
        "Site": told.sites.first(),
        "ServiceLine": told.service_lines.first(),
        "Membership": lead,
        "Product": told.product,
        "InstrumentVersion": told.product.version,
        "Finding": finding,
    }
    words = {"interview": told.interviews.first().pk, "key": finding.pk, "code": "LAB-01", "step": "dates", "act": "edit", "decision": "x"}
    owned = {name: OWN.match(policy)[2] if OWN.match(policy) else "" for name, _, policy in MEMBER_ROUTES}
    known = [(name, route) for name, route, _ in MEMBER_ROUTES if owned[name] in (*rows, "") and name not in FILES]
    named = [(route, getattr(rows.get(owned[name]), "pk", "")) for name, route in known if not missing(route, words)]
    return [address(route, words, pk) for route, pk in named]


def missing(route: str, words: dict[str, object]) -> bool:
    """Tell whether a route names something that is not there in this assessment."""
    names = [part.split(":")[-1].split(">")[0] for part in route.split("<")[1:]]
    return not {*names} <= {*words, "pk"}


@pytest.mark.parametrize("role", MemberRole.values)
def test_no_page_of_a_member_shows_protected_words(told, lead, organisation, role):
    browser = signed_in(factories.make_membership(organisation, role))
    pages = {where: browser.get(where) for where in addresses(told, lead)}
    shown = {where: leaks(page.content.decode(errors="replace")) for where, page in pages.items()}
    assert sum(page.status_code == 200 for page in pages.values()) >= 15
    assert {where: words for where, words in shown.items() if words} == {}


def test_no_page_of_a_stakeholder_shows_anothers_protected_words_or_handed_in_ones(people, told):
    pages = {}
    for interview, browser in people:
        for name in ("interview", "protected", "nominations", "climate", "review", "receipt"):
            if (name, interview) != ("protected", people[2][0]):  # whoever has not handed in sees their own words there
                pages[name, interview.role] = browser.get(reverse(name, args=[interview.pk]), follow=True).content.decode()
    assert {where: leaks(page) for where, page in pages.items() if leaks(page)} == {}


def test_person_sees_their_own_words_until_they_hand_in(people):
    interview, browser = people[2]
    page = browser.get(reverse("protected", args=[interview.pk])).content.decode()
    assert set(CANARIES) <= set(leaks(page))


def test_no_page_of_the_host_shows_protected_words(told, anonymous):
    _, token = issue_link(organisation=told.organisation, purpose=LinkPurpose.HOST, subject_id=told.pk)
    pages = [anonymous.get(reverse("host-landing", args=[token])), anonymous.post(reverse("host-landing", args=[token]), follow=True)]
    pages.append(anonymous.get(reverse("host-approval", args=[told.pk])))
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [leaks(page.content.decode()) for page in pages] == [[], [], []]


def test_no_page_of_the_admin_shows_protected_words(told, db):
    operator = Client()
    operator.force_login(User.objects.create_superuser("operator@here.example", "before-the-signature"))
    pages = {}
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        places = [reverse(f"{base}_changelist")]
        for pk in model._default_manager.values_list("pk", flat=True)[:3]:
            places += [reverse(f"{base}_change", args=[pk]), reverse(f"{base}_history", args=[pk])]
        pages |= {place: operator.get(place) for place in places}
    assert sum(page.status_code == 200 for page in pages.values()) >= 40
    assert {place: leaks(page.content.decode()) for place, page in pages.items() if leaks(page.content.decode())} == {}


def test_no_other_table_holds_protected_words(told, lead):
    finding = told.findings.first()
    confirm_finding(finding=finding, by=Decider(lead.user, finding.version))
    issue_report(assessment=told, issued_by=lead.user)
    elsewhere = dump(without=(TABLE,))
    assert str(told.pk) in elsewhere or told.pk.hex in elsewhere
    assert leaks(elsewhere) == []
    assert set(CANARIES) <= set(leaks(dump()))


@pytest.mark.parametrize("audience", [Audience.DEAL_REVIEW, Audience.HEALTH_SYSTEM])
def test_no_report_holds_protected_words(told, audience):
    text = whole_text(draft_pdf(told, audience=audience, paper="letter"))
    assert "LAB-01" in text
    assert leaks(text) == []


@pytest.mark.parametrize("with_hidden", [False, True])
def test_no_bundle_holds_protected_words(told, with_hidden):
    bundle = json.dumps(export_bundle(assessment=told, with_hidden=with_hidden))
    assert "LAB-01" in bundle
    assert leaks(bundle) == []


def test_export_command_writes_no_protected_words(told):
    out = io.StringIO()
    call_command("export_bundle", str(told.pk), stdout=out)
    assert "LAB-01" in out.getvalue()
    assert leaks(out.getvalue()) == []


def test_no_mail_holds_protected_words(told, people, lead, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send_reminder(interview=people[2][0], actor=lead.user)
    assert mailoutbox
    assert leaks("\n".join(mail.message().as_string() + mail.body for mail in mailoutbox)) == []


def test_no_log_holds_protected_words_while_they_are_entered_and_handed_in(assessment, monkeypatch):
    def broken(**_given):
        raise LookupError("the score failed")

    interview = factories.make_interview(assessment, state="opened")
    browser = browser_of(interview, raise_request_exception=False)
    with logged() as log:
        tell(interview, browser)
        save_answer(interview=interview, code="LAB-01", given=GivenAnswer("level", 1))
        monkeypatch.setattr("assessments.views.review.submit_interview", broken)
        browser.post(reverse("submit", args=[interview.pk]))
        monkeypatch.setattr("assessments.views.protected.save_disclosures", broken)
        browser.post(reverse("protected", args=[interview.pk]), {"entry-0-key": "", "entry-0-what": CANARIES[0]})
    assert log.getvalue().count("LookupError") >= 2
    assert leaks(log.getvalue()) == []
