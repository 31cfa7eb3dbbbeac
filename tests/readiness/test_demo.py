"""The demonstration: built through the services, equal to the worked case, rebuilt without touching anybody else."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from assessments.models import Answer, AnswerRevision, Assessment, Finding, Interview, Scope
from assessments.services.findings import SCORED_RULES
from readiness.demo.build import build_demonstration
from readiness.demo.people import PASSWORD, greeting, stakeholder_link
from stakeholders.models import AuditEvent, HealthSystem, Message, Organisation, Stakeholder, User
from tests.conftest import shared, signed_in

pytestmark = pytest.mark.django_db

SILENT = {"SPC-03", "INT-07", "INT-10", "SEC-03", "SEC-04", "SEC-05", "SEC-07", "SEC-09", "WFL-07", "EVD-03", "ECO-07", "PAT-05"}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The demonstration, built once for the tests that read it; everything is taken back at the end."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with quick, django_db_blocker.unblock(), transaction.atomic():
        call_command("load_instrument", stdout=StringIO())
        with TestCase.captureOnCommitCallbacks(execute=True):
            organisation = build_demonstration(date(2026, 11, 22))
        yield organisation
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, db):
    return built


@pytest.fixture
def lead_of_demo(demo):
    return signed_in(demo.memberships.get(role="lead"))


@pytest.fixture
def answered(demo):
    return Assessment.objects.get(organisation=demo, product__name="LarkPanel Tissue")


def test_demo_has_eighteen_people_who_gave_the_230_answers_of_the_case_and_more(answered):
    answers = Answer.objects.filter(interview__assessment=answered)
    assert answered.interviews.submitted().count() == 18
    assert answers.filter(kind__in=["level", "unknown"]).count() == 230
    assert answers.filter(kind="quantity").count() == 12
    assert AnswerRevision.objects.filter(interview__assessment=answered).count() == answers.count()


def test_demo_keeps_every_answer_of_the_worked_case_under_the_newer_bank(answered):
    """Answers keep by item code: the same roles say the same of the same requirements, and all of it is in scope."""
    bundle = json.loads(shared("vectors/scoring/demo-larkfield.json").read_text())["bundle"]
    roles = {respondent["id"]: respondent["role"] for respondent in bundle["respondents"]}
    given = Answer.objects.filter(interview__assessment=answered, kind__in=["level", "unknown"])
    ours = sorted((a.interview.role, a.item_code, str(a.value)) for a in given.select_related("interview"))
    assert ours == sorted((roles[a["respondent"]], a["item"], str(a.get("value"))) for a in bundle["answers"])
    asked = {item.code: item.roles for item in Scope.objects.current(answered).items.all()}
    assert [(role, code) for role, code, _ in ours if role not in asked[code]] == []


def test_demo_asks_the_core_first_then_what_it_opens_then_what_the_lead_wants_to_hear(answered):
    scopes = answered.scopes.order_by("number")
    asked = [{item.code: set(item.roles) for item in scope.items.all()} for scope in scopes]
    assert [len(items) for items in asked] == [68, 102, 102]
    assert [sum(len(roles) for roles in items.values()) for items in asked] == sorted({sum(map(len, items.values())) for items in asked})


def test_demo_shows_who_was_forgotten_and_how_people_see_it(answered):
    unlisted = Finding.objects.filter(assessment=answered, rule="unlisted_service").present()
    assert sorted(unlisted.values_list("code", flat=True)) == ["courier-and-supply-run", "interventional-radiology"]
    assert answered.climate.count() == 36
    assert not answered.climate.filter(interview__isnull=False).exists()
    assert answered.self_audit.count() == 9


def test_demo_keeps_the_deliberate_silences(answered):
    given = set(Answer.objects.filter(interview__assessment=answered).values_list("item_code", flat=True))
    asked = {item.code for item in Scope.objects.current(answered).items.all() if item.is_scored}
    assert asked - given == SILENT


def test_demo_is_not_ready_with_eleven_failed_gates_of_the_sharper_bank(answered):
    snapshot = answered.latest_snapshot
    assert (snapshot.verdict, snapshot.gates_failed, snapshot.gates_unknown, snapshot.gates_total) == ("not_ready", 11, 1, 24)
    requirements = [gate for gate in snapshot.result["gates"] if gate["kind"] == "requirement"]
    assert len(requirements) == 12


def test_demo_drafts_a_finding_for_every_gap(answered):
    scored = Finding.objects.filter(assessment=answered, rule__in=SCORED_RULES).present()
    assert scored.count() == len(answered.latest_snapshot.result["findings"])


def test_demo_says_a_shortfall_in_its_unit(answered, lead_of_demo):
    page = lead_of_demo.get(reverse("requirement", args=[answered.pk, "GOV-21"])).content.decode()
    assert "6 hours a week" in page


def test_demo_shows_every_state_of_an_interview(demo):
    """A mail that came back stays so, although its delivery runs late here."""
    states = set(Interview.objects.filter(assessment__product__name="Lark Companion").values_list("state", flat=True))
    assert states == {"submitted", "in_progress", "opened", "invited", "declined"}
    assert Message.objects.filter(organisation=demo, state="bounced").count() == 1


def test_demo_has_one_assessment_just_created(demo):
    new = Assessment.objects.get(organisation=demo, product__name="LarkTrace Blood")
    assert (new.state, new.interviews.count(), new.scopes.count()) == ("draft", 0, 0)


@pytest.mark.parametrize("names", [Stakeholder.objects, HealthSystem.objects, Organisation.objects, User.objects])
def test_demo_marks_every_name_as_fictional(demo, names):
    plain = [row.name for row in names.all() if "(fictional)" not in row.name]
    assert plain == []


def test_demo_keeps_names_out_of_the_audit_trail(demo):
    written = " ".join(f"{e.verb} {e.subject_type} {e.subject_id}" for e in AuditEvent.objects.all())
    assert "fictional" not in written
    assert "@" not in written


def test_greeting_lets_every_member_in(demo):
    printed = greeting()
    for address in ("admin", "lead", "reviewer", "success"):
        assert f"{address}@larkfield.example" in printed
        assert Client().login(email=f"{address}@larkfield.example", password=PASSWORD)


def test_greeting_prints_a_link_that_opens(demo, settings):
    link = stakeholder_link(demo)
    assert link in greeting() or link.startswith(settings.BASE_URL)
    answer = Client().get(link.removeprefix(settings.BASE_URL))
    assert answer.status_code == 200
    assert "Harrow Plains Health" in answer.content.decode()
