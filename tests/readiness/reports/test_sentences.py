import copy

import pytest

from readiness.reports import sentences
from readiness.reports.subject import Subject
from tests.readiness.reports.samples import make_content, make_subject, with_verdict


@pytest.fixture(scope="module")
def content():
    return make_content()


def reason(content, verdict, **states):
    return sentences.verdict_reason(make_subject(with_verdict(content, verdict, states)))


def test_not_ready_says_how_many_gates_failed(content):
    total = len(content["result"]["gates"])
    assert reason(content, "not_ready", failed=2) == f"2 of {total} gates failed and none has an agreed plan."


def test_one_failed_gate_is_said_in_the_singular(content):
    assert reason(content, "not_ready", failed=1).endswith("gates failed and has no agreed plan.")


@pytest.mark.parametrize(
    ("planned", "ending"), [(1, "gates failed, 1 with an agreed plan."), (2, "gates failed; each has an agreed plan.")]
)
def test_agreed_plans_are_counted(content, planned, ending):
    changed = with_verdict(content, "not_ready", {"failed": 2})
    plans = [
        {"kind": "shortfall", "code": gate["code"], "plan": "", "due": None, "role": ""} for gate in changed["result"]["gates"][:planned]
    ]
    changed["decisions"]["plans"] = plans
    assert sentences.verdict_reason(make_subject(changed)).endswith(ending)


@pytest.mark.parametrize(("unknown", "ending"), [(1, "is unknown."), (3, "are unknown.")])
def test_unknown_gates_are_counted_where_none_failed(content, unknown, ending):
    assert reason(content, "insufficient_evidence", unknown=unknown).endswith(ending)


def test_ready_says_that_all_gates_passed(content):
    changed = with_verdict(content, "ready", {}) | {"findings": []}
    assert sentences.verdict_reason(make_subject(changed)) == f"All {len(content['result']['gates'])} gates passed."


def test_ready_with_conditions_counts_the_gaps_that_ask_for_one(content):
    changed = with_verdict(content, "ready_with_conditions", {})
    gaps = sum(finding["severity"] != "minor" for finding in changed["findings"])
    assert f"{gaps} gaps ask for conditions" in sentences.verdict_reason(make_subject(changed))


@pytest.mark.parametrize("verdict", ["not_ready", "insufficient_evidence", "ready_with_conditions", "ready"])
def test_every_verdict_has_a_headline(content, verdict):
    words = sentences.verdict_words(make_subject(with_verdict(content, verdict, {})))
    assert words.code == verdict
    assert words.headline.endswith(".")


def test_promised_go_live_stands_beside_the_verdict(content):
    assert sentences.verdict_words(make_subject(content)).reason.endswith("Go-live is promised for 1 March 2027.")


def test_without_a_promised_date_none_is_said(content):
    changed = copy.deepcopy(content)
    changed["deal"]["promised_go_live"] = None
    assert "promised" not in sentences.verdict_words(make_subject(changed)).reason


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("ready", "not_ready"), "Sign now: Hub. Not yet: North Pass."),
        (("not_ready", "insufficient_evidence"), "Not yet: Hub and North Pass."),
        (("ready_with_conditions", "ready"), "Sign now: Hub and North Pass."),
    ],
)
def test_waves_are_told_apart(content, verdicts, expected):
    changed = copy.deepcopy(content)
    for wave, verdict in zip(changed["result"]["waves"], verdicts, strict=True):
        wave["verdict"] = verdict
    assert sentences.wave_words(make_subject(changed)) == expected


def test_silent_roles_are_named(content):
    changed = copy.deepcopy(content)
    for gate in changed["result"]["gates"]:
        if (gate["kind"], gate["code"]) == ("role", "clinician"):
            gate["state"] = "unknown"
    assert sentences.roles_words(make_subject(changed)) == "2 of 3 required roles answered. Silent: Clinician."


def test_front_line_share_counts_those_who_submitted(content):
    changed = copy.deepcopy(content)
    changed["seats"][0]["front_line"] = False
    changed["seats"][1]["state"] = "invited"
    assert sentences.front_line_words(make_subject(changed)) == "2 of 3 people answered; 1 of them do the affected work every day."


def test_nobody_asked_is_said():
    changed = make_content(answered=False) | {"seats": []}
    assert sentences.front_line_words(make_subject(changed)) == "Nobody has been asked yet."


@pytest.mark.parametrize(("state", "words"), [("unknown", "No front-line clinician spoke for medical oncology."), ("failed", "")])
def test_silent_services_are_named(content, state, words):
    changed = copy.deepcopy(content)
    next(gate for gate in changed["result"]["gates"] if gate["kind"] == "champion")["state"] = state
    assert sentences.services_words(make_subject(changed)) == words


def test_services_without_a_champion_are_named(content):
    assert sentences.champions_words(make_subject(content)) == "No champion in medical oncology."


def sponsored(content, sponsors, gap):
    """The content with sponsors who answered each requirement `gap` levels above the one other role."""
    changed = copy.deepcopy(content)
    changed["seats"] += [{**changed["seats"][0], "role": "executive_sponsor"}] * sponsors
    for means in changed["audiences"]["deal_review"]["role_means"].values():
        means.clear()
        means.update(lab_director=1.0, executive_sponsor=1.0 + gap)
    return make_subject(changed)


def test_gap_of_several_sponsors_is_told(content):
    assert sentences.sponsor_words(sponsored(content, 2, 1.5)) == "Sponsors answer 1.5 levels above everyone else (shown, not counted)."


def test_sponsors_below_the_others_are_said_to_be_below(content):
    assert "1 levels below" in sentences.sponsor_words(sponsored(content, 2, -1.0))


def test_a_single_sponsor_is_never_pointed_at(content):
    assert "1.5" not in sentences.sponsor_words(sponsored(content, 1, 1.5))


def test_without_a_sponsor_nothing_is_said(content):
    assert sentences.sponsor_words(make_subject(content)) == ""


def test_gates_that_nobody_could_answer_are_named(content):
    words = sentences.nobody_words(make_subject(content))
    unknown = [item for item in content["result"]["items"] if not item["answered"]]
    assert [item["gate"] for item in unknown] == [None]
    assert words == "1 requirement has no answer by its accountable role."


def test_many_unknown_gates_are_cut_short():
    words = sentences.nobody_words(Subject(make_content(12, answered=False), "deal_review"))
    assert "2 more" in words
    assert words.endswith("Nor 6 requirements that are no gates.")


def test_nothing_about_a_person_is_said_where_nobody_answered():
    said = sentences.spoken_words(make_subject(make_content(answered=False)))
    assert said[0] == "0 of 3 required roles answered. Silent: Clinician, IT and integration and Laboratory."
