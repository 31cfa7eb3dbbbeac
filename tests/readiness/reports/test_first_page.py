import copy

import pytest

from readiness.reports.document import Issue
from readiness.reports.first_page import asks, first_page, key_figures, promise_words
from tests.readiness.reports.samples import make_content, make_document, make_subject


@pytest.fixture(scope="module")
def content():
    return make_content()


def test_promise_is_one_sentence_with_its_terms(content):
    assert promise_words(make_subject(content)) == (
        "Share of results in the chart: from 34 % to 65 % by 31 August 2027.",
        "Constraint: no added staff. Owner: An Owner (fictional).",
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"baseline": None}, "Share of results in the chart: 65 % by 31 August 2027."),
        ({"by": None, "unit": ""}, "Share of results in the chart: from 34 to 65."),
    ],
)
def test_promise_leaves_out_what_is_not_known(content, change, expected):
    other = copy.deepcopy(content)
    other["promise"].update(change)
    assert promise_words(make_subject(other))[0] == expected


def test_without_a_promise_nothing_is_said(content):
    assert promise_words(make_subject(content | {"promise": None})) == ("", "")


def test_no_figure_stands_alone(content):
    overall = content["result"]["overall"]
    figures = key_figures(make_subject(content))
    assert figures[0].figure == f"{overall['score']:.0f}"
    assert figures[0].words == f"readiness, range {overall['low']:.0f}–{overall['high']:.0f}"
    assert figures[1].figure == f"{100 * overall['coverage']:.0f}\N{NO-BREAK SPACE}%"
    assert figures[2].figure == f"3 of {len(content['result']['gates'])}"


def test_no_score_is_a_dash_that_says_so():
    figure = key_figures(make_subject(make_content(answered=False)))[0]
    assert (figure.figure, figure.words) == ("–", "no readiness score yet")


def test_first_of_what_must_happen_is_a_champion(content):
    first, second, *_ = asks(make_subject(content))
    assert (first.what, first.owner) == ("Name a champion in medical oncology, and free the hours it takes.", "Clinician")
    assert second.what.startswith("Start ")
    assert second.gate in second.what


def test_gate_with_an_agreed_plan_asks_for_nothing_more(content):
    other = copy.deepcopy(content)
    other["decisions"]["plans"] = [{"kind": "no_champion", "code": "oncology", "plan": "", "due": None, "role": ""}]
    assert not any("champion" in ask.what for ask in asks(make_subject(other)))


def test_requirement_without_an_action_asks_for_itself(content):
    other = copy.deepcopy(content)
    for item in other["items"]:
        item["action_health_system"] = ""
    assert asks(make_subject(other))[1].what.endswith("is in place.")


def test_few_waves_stand_beside_the_verdict_and_not_in_its_sentence(content):
    page = first_page(make_subject(content))
    assert (len(page.waves), page.wave_words) == (2, "")


def test_many_waves_are_told_in_a_sentence(content):
    other = copy.deepcopy(content)
    other["result"]["waves"] = [other["result"]["waves"][0] | {"code": f"w{n}"} for n in range(5)]
    page = first_page(make_subject(other))
    assert page.waves == ()
    assert page.wave_words.startswith("Not yet: w0, w1")


@pytest.fixture(scope="module")
def silent():
    """Page one of an assessment that nobody has answered."""
    return first_page(make_subject(make_content(answered=False)))


def test_page_without_failed_gates_lists_the_unknown_ones(silent):
    assert (silent.gates_title, silent.gates_note) == ("Gates that are unknown", "No gate failed.")
    assert silent.gates[0].state == "unknown"


def test_page_with_failed_gates_counts_the_unknown_ones(content):
    page = first_page(make_subject(content))
    assert page.gates_title == "Gates that failed"
    assert {gate.state for gate in page.gates} == {"failed"}


def test_unknown_gates_ask_to_hear_those_who_are_silent(silent):
    assert [ask.what for ask in silent.asks] == [
        "Hear the roles that are silent: Clinician, IT and integration and Laboratory.",
        "Ask a front-line clinician of medical oncology where they stand.",
        "Find out: LAB-01 is in place.",
    ]


def test_page_two_lists_majors_while_there_is_room():
    document = make_document(make_content(answered=False))
    assert document.blockers == ()
    assert {item.severity for item in document.open_items} == {"major"}


def test_kicker_of_a_draft_has_the_day_of_the_scores(content):
    document = make_document(content, issue=Issue())
    assert document.kicker == "Operational readiness · deal review · draft · 21 November 2026"


def test_kicker_of_an_issue_has_its_number_and_day(content):
    document = make_document(content)
    assert document.kicker == "Operational readiness · deal review · issue 3 · 22 November 2026"


def test_foot_holds_title_issue_and_start_of_the_fingerprint(content):
    document = make_document(content)
    digits = document.fingerprint
    assert (
        document.foot
        == f"Groundwork · Panel (fictional) at Valley Health (fictional) · issue 3 · {digits[:4]} {digits[4:8]} {digits[8:12]}"
    )


def test_same_content_gives_the_same_document(content):
    assert make_document(content) == make_document(copy.deepcopy(content))


def test_fingerprint_follows_the_content(content):
    other = copy.deepcopy(content)
    other["audiences"]["health_system"]["answers"]["LAB-01"][0]["note"] += "!"
    assert make_document(other).fingerprint != make_document(content).fingerprint
