import pytest
from django.http import QueryDict
from django.utils import timezone

from assessments.models import Finding
from assessments.services.finding_decisions import Decider, adjust_severity, confirm_finding, dismiss_finding, undo_decision
from assessments.shown.findings import Named, Wanted, changes_of, finding_line, severity_counts
from assessments.shown.items import shown_items
from tests.assessments.answering import contested, handed_in, scored


@pytest.fixture
def found(assessment):
    return contested(assessment)


@pytest.fixture
def named(found):
    return Named.of(found, shown_items(found))


def listed(found, named, query=""):
    rows = Wanted.of(QueryDict(query), named).narrow(Finding.objects.filter(assessment=found), named)
    return [f"{row.rule}:{row.code}" for row in rows]


def get(rule, code):
    return Finding.objects.get(rule=rule, code=code)


def test_findings_come_gravest_first(found, named):
    assert listed(found, named)[0] == "shortfall:LAB-01"
    ranks = ["blocker", "major", "moderate", "minor"]
    severities = [row.holding_severity for row in Wanted().narrow(Finding.objects.all(), named)]
    assert severities == sorted(severities, key=ranks.index)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("severity=blocker", ["shortfall:LAB-01"]),
        ("rule=silent_service", ["silent_service:oncology"]),
        ("domain=CHG", ["unknown:CHG-01"]),
        ("q=oncology", ["silent_service:oncology"]),
        ("q=title+chg-01", ["unknown:CHG-01"]),
        ("q=nothing+here", []),
        ("state=dismissed", []),
        ("state=vanished", []),
    ],
)
def test_address_narrows_the_list(found, named, query, codes):
    assert listed(found, named, query) == codes


def test_unknown_names_narrow_nothing(found, named):
    wanted = Wanted.of(QueryDict("severity=x&rule=x&domain=x&state=x"), named)
    assert not wanted.narrows


def test_adjusted_severity_decides_where_a_finding_is_listed(found, named, lead):
    adjust_severity(finding=get("shortfall", "LAB-01"), severity="minor", reason="r", by=Decider(lead.user, 1))
    assert "shortfall:LAB-01" not in listed(found, named, "severity=blocker")
    assert "shortfall:LAB-01" in listed(found, named, "severity=minor")


def test_dismissed_is_listed_only_when_asked_for(found, named, lead):
    dismiss_finding(finding=get("shortfall", "LAB-01"), reason="r", by=Decider(lead.user, 1))
    assert "shortfall:LAB-01" not in listed(found, named)
    assert listed(found, named, "state=dismissed") == ["shortfall:LAB-01"]


def test_vanished_is_listed_only_when_asked_for(found, named):
    Finding.objects.filter(code="LAB-01", rule="shortfall").update(vanished_at=timezone.now(), state="confirmed")
    assert "shortfall:LAB-01" not in listed(found, named, "state=confirmed")
    assert listed(found, named, "state=vanished") == ["shortfall:LAB-01"]


def test_counts_are_of_open_findings_by_the_severity_that_holds(found, lead):
    before = {code: n for code, _, n in severity_counts(Finding.objects.all())}
    adjust_severity(finding=get("shortfall", "LAB-01"), severity="minor", reason="r", by=Decider(lead.user, 1))
    after = {code: n for code, _, n in severity_counts(Finding.objects.all())}
    assert (before["blocker"], after["blocker"], after["minor"] - before["minor"]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("rule", "code", "title"),
    [("shortfall", "LAB-01", "Title of LAB-01"), ("silent_role", "clinician", "Clinician"), ("silent_service", "oncology", "Oncology")],
)
def test_title_says_what_a_finding_is_about(named, rule, code, title):
    line = finding_line(get(rule, code), named)
    assert line.title == title
    assert line.sentence != ""


def test_finding_about_an_item_out_of_scope_keeps_its_code(found, named):
    line = finding_line(Finding(assessment=found, rule="shortfall", code="OLD-01", severity="minor", impact=1.0), named)
    assert (line.title, line.item, line.sentence) == ("OLD-01", None, "No longer in scope.")


def test_impact_that_would_give_an_answer_away_is_kept_back(assessment):
    handed_in(assessment, "lab_director", {"LAB-01": 1}, visibility_vendor="figures_only")
    found = scored(assessment)
    line = finding_line(get("shortfall", "LAB-01"), Named.of(found, shown_items(found)))
    assert line.impact is None
    assert "not shown" in line.sentence


def test_history_says_who_from_what_to_what_and_why(found, lead):
    finding = get("shortfall", "LAB-01")
    adjust_severity(finding=finding, severity="major", reason="two hubs", by=Decider(lead.user, 1))
    confirm_finding(finding=finding, by=Decider(lead.user, 2))
    undo_decision(finding=finding, by=Decider(lead.user, 3))
    told = [(c.who, c.changes, c.note) for c in changes_of(finding)]
    who = lead.user.email
    assert told == [
        (who, (("State", "confirmed", "draft"),), "The last decision was taken back."),
        (who, (("State", "draft", "confirmed"),), ""),
        (who, (("Severity", "Blocker", "Major"),), "two hubs"),
        ("", (), "Drafted from the score."),
    ]
