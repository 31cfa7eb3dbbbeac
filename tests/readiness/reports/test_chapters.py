"""The chapters behind page one: domains, gates, waves, findings, disagreements, people, requirements, method."""

import copy
from dataclasses import asdict

import pytest
from django.template.loader import render_to_string

from assessments.scope_changes import ScopeChanges
from readiness.reports.disagreements import disagreement_lines
from readiness.reports.domains import domain_lines, heat_table
from readiness.reports.findings import critical_items, finding_lines
from readiness.reports.gates import answer_gates
from readiness.reports.method import method
from readiness.reports.people import people
from readiness.reports.requirements import sections
from readiness.reports.waves import wave_lines
from tests.readiness.reports.samples import make_content, make_subject

HEALTH_SYSTEM = "health_system"


@pytest.fixture(scope="module")
def content():
    return make_content()


def changed(content, **parts):
    return copy.deepcopy(content) | parts


def requirement(subject, code):
    return next(item for section in sections(subject) for item in section.requirements if item.code == code)


def test_domains_stand_weakest_first(content):
    scores = [line.score for line in domain_lines(make_subject(content))]
    assert scores == sorted(scores)


def test_domain_without_a_score_stands_last(content):
    other = changed(content)
    other["result"]["domains"][0].update(score=None, low=0.0, high=100.0)
    assert domain_lines(make_subject(other))[-1].score is None


def test_domain_without_requirements_is_left_out(content):
    other = changed(content)
    other["result"]["domains"].append({"code": "RPM", "score": None, "low": None, "high": None, "coverage": None})
    assert "RPM" not in [line.code for line in domain_lines(make_subject(other))]


def test_domain_counts_its_gates(content):
    line = next(line for line in domain_lines(make_subject(content)) if line.code == "LAB")
    assert (line.requirements, line.gates, line.failed) == (2, 1, 1)


def test_heat_table_has_a_cell_for_each_role_and_domain(content):
    subject = make_subject(content)
    table = heat_table(subject, domain_lines(subject))
    assert len(table.roles) == 3
    assert {row.title: [cell.words for cell in row.cells] for row in table.rows} == {
        "Laboratory": ["50"] * 3,
        "Integration": ["100"] * 3,
        "Change": [""] * 3,
    }


def test_withheld_heat_cell_prints_no_figure(content):
    other = changed(content)
    other["audiences"]["deal_review"]["heat"]["clinician"]["LAB"] = None
    subject = make_subject(other)
    row = next(row for row in heat_table(subject, domain_lines(subject)).rows if row.title == "Laboratory")
    assert [(cell.state, cell.words) for cell in row.cells].count(("withheld", "")) == 1


def test_waves_show_verdict_and_gates(content):
    hub, north = wave_lines(make_subject(content))
    assert (hub.title, hub.verdict, hub.sites) == ("Hub", "not_ready", "Hub")
    assert north.unknown > hub.unknown


def test_wave_that_left_the_assessment_keeps_its_code(content):
    assert [wave.title for wave in wave_lines(make_subject(changed(content, waves=[])))] == ["first", "second"]


def test_answer_gates_speak_of_roles_and_coverage(content):
    roles, coverage = answer_gates(make_subject(content))
    assert (roles.state, roles.words) == ("passed", "All 3 required roles answered.")
    assert coverage.words.endswith("of the weight is answered by the accountable role; at least 80\N{NO-BREAK SPACE}% is needed.")


def test_role_gates_are_unknown_while_one_role_is_silent(content):
    other = changed(content)
    next(gate for gate in other["result"]["gates"] if gate["kind"] == "role")["state"] = "unknown"
    assert answer_gates(make_subject(other))[0].state == "unknown"


def test_findings_stand_gravest_first(content):
    severities = [line.severity for line in finding_lines(make_subject(content))]
    assert severities == sorted(severities, key=["blocker", "major", "moderate", "minor"].index)


def test_severity_of_a_person_stands_with_what_was_computed(content):
    other = changed(content)
    finding = next(f for f in other["findings"] if f["severity"] == "blocker" and f["rule"] == "shortfall")
    finding.update(adjusted="minor", reason="Already solved", state="confirmed")
    line = next(line for line in finding_lines(make_subject(other)) if (line.rule, line.code) == ("shortfall", finding["code"]))
    assert (line.severity, line.decision) == ("minor", "computed as blocker; Already solved")


def test_impact_of_a_withheld_requirement_is_not_printed(content):
    other = changed(content)
    other["audiences"]["deal_review"]["withheld"] = ["LAB-01"]
    lines = [line for line in finding_lines(make_subject(other)) if line.code == "LAB-01" and line.rule == "shortfall"]
    assert [line.impact for line in lines] == [""]


def test_finding_of_an_unknown_rule_gets_its_own_words(content):
    row = {
        "rule": "orphan_interface",
        "code": "LAB-01",
        "severity": "minor",
        "impact": None,
        "state": "draft",
        "adjusted": "",
        "reason": "",
        "accepted_until": None,
    }
    lines = finding_lines(make_subject(changed(content, findings=[row])))
    assert lines[0].kind == "Orphan interface"


def test_critical_items_join_the_findings_of_a_requirement(content):
    subject = make_subject(content)
    items = critical_items(subject, finding_lines(subject))
    joined = next(item for item in items if item.code == "LAB-01")
    assert joined.kinds[0] == "Shortfall"
    assert len([item for item in items if item.code == "LAB-01"]) == 1


def test_critical_item_says_what_was_said_and_asked(content):
    subject = make_subject(content)
    item = next(item for item in critical_items(subject, finding_lines(subject)) if item.code == "LAB-01")
    assert (item.said, item.floor, item.floor_words, item.need) == ("Lab 0 · IT 2", "at least 2", "LAB-01 step 2", "at least 3")
    assert (item.health_system, item.vendor, item.owner) == ("Start LAB-01 now.", "Help with LAB-01.", "Laboratory")


@pytest.mark.parametrize("state", ["dismissed", "resolved", "accepted"])
def test_settled_findings_are_no_longer_critical(content, state):
    other = changed(content)
    for finding in other["findings"]:
        finding.update(state=state, reason="r")
    subject = make_subject(other)
    assert critical_items(subject, finding_lines(subject)) == ()


@pytest.mark.parametrize(
    ("rule", "code", "title", "first_step"),
    [
        ("silent_role", "clinician", "Silent: Clinician", "Let somebody in this role answer"),
        ("silent_service", "oncology", "Silent: Medical oncology", "Ask a front-line clinician"),
        ("no_champion", "oncology", "Champion in medical oncology", "Name a front-line clinician"),
        ("workaround", "somewhere", "somewhere", ""),
    ],
)
def test_findings_beside_requirements_have_their_own_words(content, rule, code, title, first_step):
    row = {
        "rule": rule,
        "code": code,
        "severity": "major",
        "impact": None,
        "state": "draft",
        "adjusted": "",
        "reason": "",
        "accepted_until": None,
    }
    subject = make_subject(changed(content, findings=[row]))
    (item,) = critical_items(subject, finding_lines(subject))
    assert item.title == title
    assert item.health_system.startswith(first_step)
    assert item.said == ""


def test_agreed_plan_is_printed_with_its_date(content):
    other = changed(content)
    other["decisions"]["plans"] = [{"kind": "shortfall", "code": "LAB-01", "plan": "Hire two people", "due": "2027-01-31", "role": ""}]
    subject = make_subject(other)
    item = next(item for item in critical_items(subject, finding_lines(subject)) if item.code == "LAB-01")
    assert item.planned == "Hire two people by 31 January 2027"


def test_disagreements_stand_widest_apart_first(content):
    lines = disagreement_lines(make_subject(content))
    assert lines
    sizes = [float(line.size.split()[0]) for line in lines]
    assert sizes == sorted(sizes, reverse=True)


def test_size_of_a_withheld_disagreement_is_not_printed(content):
    other = changed(content)
    flagged = next(item["code"] for item in other["result"]["items"] if item["disagreement"] and item["disagreement"]["flagged"])
    other["audiences"]["deal_review"]["withheld"] = [flagged]
    line = disagreement_lines(make_subject(other))[-1]
    assert (line.code, line.size) == (flagged, "")


def test_disagreement_over_an_amount_is_a_share_of_the_need(content):
    other = changed(content)
    item = next(item for item in other["result"]["items"] if item["disagreement"])
    item["disagreement"] = {"measure": "spread", "size": 1.5, "flagged": True, "between_sites": True}
    line = next(line for line in disagreement_lines(make_subject(other)) if line.code == item["code"])
    assert (line.size, line.between_sites) == ("150\N{NO-BREAK SPACE}% of need", True)


def test_people_are_counted_by_role(content):
    other = changed(content)
    other["seats"] += [{**other["seats"][0], "state": state} for state in ("invited", "in_progress", "opened", "declined")]
    line = next(line for line in people(make_subject(other)).roles if line.title == "Laboratory")
    assert (line.asked, line.submitted, line.under_way, line.waiting, line.declined) == (5, 1, 2, 1, 1)


def test_names_stand_only_where_the_content_holds_them(content):
    other = changed(content)
    other["audiences"]["deal_review"]["names"] = {"clinician": ["Dr. Ada (fictional)"]}
    names = {line.title: line.names for line in people(make_subject(other)).roles}
    assert names == {"Laboratory": (), "IT and integration": (), "Clinician": ("Dr. Ada (fictional)",)}


def test_role_that_was_asked_though_not_required_is_told_apart(content):
    other = changed(content)
    other["seats"].append({**other["seats"][0], "role": "executive_sponsor", "site": ""})
    line = people(make_subject(other)).roles[-1]
    assert (line.title, line.required, line.sites) == ("Executive sponsor", False, "whole system")


def test_what_nobody_accountable_answered_is_listed(content):
    assert [line.code for line in people(make_subject(content)).unanswered] == ["INT-02"]


def test_service_line_shows_its_champion_gate(content):
    (line,) = people(make_subject(content)).services
    assert (line.title, line.stances, line.gate) == ("Medical oncology", 1, "failed")


def test_requirement_shows_what_it_asks_and_where_it_stands(content):
    item = requirement(make_subject(content), "LAB-01")
    assert (item.status, item.gate, item.need, item.floor) == ("short", "failed", "at least 3", "at least 2")
    assert item.fulfilment == "22\N{NO-BREAK SPACE}%, range 22–22\N{NO-BREAK SPACE}%"


def test_requirement_that_nobody_answered_is_unknown(content):
    item = requirement(make_subject(content), "INT-02")
    assert (item.status, item.said, item.fulfilment) == ("unknown", "nobody could say", "unknown, range 0–100\N{NO-BREAK SPACE}%")


def test_withheld_requirement_prints_no_figure(content):
    other = changed(content)
    heard = other["audiences"]["deal_review"]
    heard["withheld"], heard["role_means"]["LAB-01"] = ["LAB-01"], {"lab_director": None}
    item = requirement(make_subject(other), "LAB-01")
    assert item.fulfilment.startswith("withheld")
    assert item.said == "Lab not shown"
    assert not any(character.isdigit() for character in item.disagreement)


def test_settled_requirement_says_at_what(content):
    other = changed(content)
    other["decisions"]["settled"] = [{"code": "LAB-01", "value": 2.0}]
    assert requirement(make_subject(other), "LAB-01").settled == "2"


def test_deal_review_holds_no_single_answer(content):
    items = [item for section in sections(make_subject(content)) for item in section.requirements]
    assert {(item.answers, item.statements) for item in items} == {("", ())}


def test_answers_with_a_note_stand_one_by_one(content):
    item = requirement(make_subject(content, HEALTH_SYSTEM), "LAB-01")
    assert [(row.author, row.said, row.note) for row in item.statements] == [
        ("Laboratory", "0", "We keep the list on a desktop."),
        ("Laboratory", "2", "We keep the list on a desktop."),
    ]


def answer(**changes):
    return {
        "role": "clinician",
        "author": "Clinician",
        "kind": "level",
        "value": 4,
        "counts": 4.0,
        "note": "",
        "reason": "",
        "evidence": "",
    } | changes


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (answer(), "Clinician 4"),
        (answer(counts=3.0), "Clinician 4, counts as 3 without evidence"),
        (answer(kind="unknown", value=None, counts=None), "Clinician does not know"),
        (answer(kind="not_applicable", value=None, counts=None), "Clinician does not apply here"),
    ],
)
def test_answers_without_words_stand_in_one_line(content, row, words):
    other = changed(content)
    other["audiences"][HEALTH_SYSTEM]["answers"]["LAB-01"] = [row]
    assert requirement(make_subject(other, HEALTH_SYSTEM), "LAB-01").answers == words


def test_reason_stands_where_there_is_no_note(content):
    other = changed(content)
    other["audiences"][HEALTH_SYSTEM]["answers"]["LAB-01"] = [
        answer(kind="not_applicable", value=None, counts=None, reason="We have no laboratory")
    ]
    (row,) = requirement(make_subject(other, HEALTH_SYSTEM), "LAB-01").statements
    assert (row.said, row.note) == ("does not apply here", "We have no laboratory")


def test_method_names_every_version(content):
    versions = dict(method(make_subject(content), "a" * 64).versions)
    assert versions["Question bank"] == "Tiny bank, version 1"
    assert versions["Scored"] == "21 November 2026, 21:00 CST"
    assert versions["Content of this report"] == "SHA-256 " + " ".join(["aaaa"] * 16)


def revised(content, **changes):
    """The content with a second revision that changed this."""
    other = changed(content)
    nothing = {name: [] for name in asdict(ScopeChanges())}
    row = {"number": 2, "date": "2026-11-20", "reason": "Not affected <here>", "changes": nothing | changes}
    titles = {"items": {"LAB-01": "Title of LAB-01"}, "domains": {"SEC": "Security"}}
    other["scope"] |= {"number": 2, "revisions": [row], "titles": titles}
    return other


def test_method_names_each_revision_with_reason_and_what_was_switched_off(content):
    other = revised(content, domains_off=["SEC"], items_off=["LAB-01"], gates_off=["LAB-01"], opened=["LAB-07"])
    (line,) = method(make_subject(other), "a" * 64).revisions
    assert (line.title, line.reason) == ("Revision 2, 20 November 2026", "Not affected <here>.")
    assert line.sentences == (
        "Switched off: the whole domain Security; Title of LAB-01 (LAB-01).",
        "Asked in depth: LAB-07.",
        "No longer a gate: Title of LAB-01 (LAB-01).",
    )


def test_long_list_of_a_revision_is_given_by_codes(content):
    other = revised(content, opened=["LAB-01", *(f"LAB-{n}" for n in range(10, 20))])
    (line,) = method(make_subject(other), "a" * 64).revisions
    assert line.sentences[0].startswith("Asked in depth: LAB-01; LAB-10;")


def eased(content, **values):
    """The content with one requirement of which the product asks less."""
    other = changed(content)
    row = {"code": "LAB-01", "title": "Title of LAB-01", "left_out": not values, "values": values, "reason": "Done <before>"}
    other["scope"] |= {"eased": [row]}
    return other


def test_method_says_where_the_product_asks_less_than_the_bank_and_why(content):
    (line,) = method(make_subject(eased(content, need=[3, 2.5], floor=[2, 1], weight=[5, 1], gate=[True, False])), "a" * 64).eased
    assert line == (
        "Title of LAB-01 (LAB-01): need 2.5 instead of 3; floor 1 instead of 2; weight 1 instead of 5; no gate any more. Done <before>."
    )


def test_method_says_what_the_product_leaves_out(content):
    assert method(make_subject(eased(content)), "a" * 64).eased == ("Title of LAB-01 (LAB-01): left out. Done <before>.",)


def test_method_page_does_not_claim_that_nothing_was_changed_where_the_product_asks_less(content):
    shown = (method(make_subject(c), "a" * 64) for c in (content, eased(content, floor=[2, 1])))
    plain, easier = (render_to_string("reports/_method.html", {"method": each, "report": {"audience": "host"}}) for each in shown)
    assert "Nothing: no floor" in plain
    assert "Nothing: no floor" not in easier
    assert "Done &lt;before&gt;." in easier


def unasked(content, count, *codes):
    """The content with deeper questions that would open by rule."""
    other = changed(content)
    other["scope"] |= {"unasked": {"count": count, "codes": list(codes), "domains": ["LAB"] if codes else []}}
    return other


@pytest.mark.parametrize(
    ("count", "codes", "words"),
    [
        (1, ["LAB-07"], "1 deeper question would open by rule and was not asked: LAB-07."),
        (2, ["LAB-07", "INT-07"], "2 deeper questions would open by rule and were not asked: LAB-07 and INT-07."),
        (
            3,
            ["LAB-07"],
            "3 deeper questions would open by rule and were not asked: LAB-07 and 2 because of what is known about the place.",
        ),
        (0, [], ""),
    ],
)
def test_method_says_what_opens_by_rule_and_was_not_asked(content, count, codes, words):
    assert method(make_subject(unasked(content, count, *codes)), "a" * 64).unasked == words


def test_method_page_does_not_claim_that_nothing_was_changed_where_deeper_questions_were_not_asked(content):
    other = method(make_subject(unasked(content, 1, "LAB-07")), "a" * 64)
    page = render_to_string("reports/_method.html", {"method": other, "report": {"audience": "host"}})
    assert "1 deeper question would open by rule" in page
    assert "Nothing: no floor" not in page


def test_report_that_was_issued_before_it_counted_unasked_questions_says_nothing_of_them(content):
    assert method(make_subject(content), "a" * 64).unasked == ""


def test_report_that_was_issued_before_it_held_revisions_says_nothing_of_them(content):
    assert method(make_subject(content), "a" * 64).revisions == ()


def test_method_says_nothing_was_changed_where_nothing_was(content):
    assert method(make_subject(content), "a" * 64).changes == ()


def test_method_says_what_people_changed(content):
    other = changed(content, withdrawn=2)
    other["scope"]["number"] = 3
    other["findings"][0].update(adjusted="minor", severity="major", reason="r")
    other["findings"][1].update(state="dismissed", reason="r")
    other["decisions"] = {
        "plans": [{"kind": "shortfall", "code": "X", "plan": "", "due": None, "role": ""}],
        "settled": [{"code": "LAB-01", "value": 1.0}],
    }
    assert method(make_subject(other), "a" * 64).changes == (
        "The scope was changed 2 times after the start.",
        "2 people were withdrawn.",
        "1 disagreement was settled.",
        "1 failed gate has an agreed plan.",
        "The severity of 1 finding was adjusted.",
        "1 finding was dismissed or accepted.",
    )


def test_bank_of_the_vendors_own_is_called_that_whatever_its_title(content):
    own = changed(content, scope=content["scope"] | {"instrument_is_own": True})
    words = [dict(method(make_subject(each), "a" * 64).versions)["Question bank"] for each in (content, own)]
    assert words == ["Tiny bank, version 1", "Tiny bank, version 1, a bank of the vendor’s own"]
