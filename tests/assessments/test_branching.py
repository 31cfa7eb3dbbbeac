import json
import random

import pytest

from assessments.branching import Person, Steered, condition_of, expected_roles, for_browser, is_asked, looked_at, own_way, ways_of
from assessments.conditions import Answer, holds

PORTAL = Steered("CTX-07", ("navigator",), "navigator")
NEEDS_PORTAL = Steered("INT-16", ("navigator", "it"), "navigator", "not(CTX-07 is none)")


def person(key: str, role: str, **answers: Answer) -> Person[str]:
    return Person(key, role, None, {code.replace("_", "-"): value for code, value in answers.items()})


def test_what_nobody_can_read_is_asked():
    assert condition_of("all(") is None
    assert is_asked("all(", {})


def test_own_answer_counts_before_the_fact():
    conditions = [("A", ""), ("B", "A is one"), ("C", "A is two")]
    assert own_way(conditions, facts={"A": "one"}, own={})[0] == {"A", "B"}
    assert own_way(conditions, facts={"A": "one"}, own={"A": "two"})[0] == {"A", "C"}


def test_answer_to_what_is_not_asked_says_nothing():
    conditions = [("A", ""), ("B", "A is one"), ("C", "B is answered")]
    assert own_way(conditions, facts={}, own={"A": "one", "B": 3})[0] == {"A", "B", "C"}
    assert own_way(conditions, facts={}, own={"A": "two", "B": 3})[0] == {"A"}


def test_answer_of_the_accountable_role_is_the_fact():
    item = Steered("CTX-07", ("navigator", "it"), "navigator")
    ways = ways_of([item], [person("1", "it", CTX_07="none"), person("2", "navigator", CTX_07="mychart")])
    assert ways.facts == {"CTX-07": "mychart"}


def test_accountable_people_who_differ_leave_the_fact_open():
    people = [person("1", "navigator", CTX_07="none"), person("2", "navigator", CTX_07="mychart")]
    assert ways_of([PORTAL], people).facts == {}


@pytest.mark.parametrize(
    ("kind", "direction", "values", "fact"),
    [
        ("level", "at_least", [3, 1, 2], 1),
        ("quantity", "at_least", [12.0, 4.0], 4),
        ("quantity", "at_most", [12.0, 4.0], 12),
        ("yes_no", "at_least", [True, True], True),
        ("text", "at_least", ["Ohio", "New York", "Ohio"], "New York\nOhio"),
    ],
)
def test_several_answers_make_one_fact(kind, direction, values, fact):
    item = Steered("X-1", ("it",), "it", "", kind, direction)
    people = [Person(str(number), "it", None, {"X-1": value}) for number, value in enumerate(values)]
    assert ways_of([item], people).facts == {"X-1": fact}


def test_person_is_exempt_by_the_fact_and_by_their_own_answer():
    people = [person("1", "navigator", CTX_07="none"), person("2", "it", INT_16=3)]
    assert ways_of([PORTAL, NEEDS_PORTAL], people).exempt == {("1", "INT-16"), ("2", "INT-16")}


def test_nobody_is_exempt_from_what_was_never_theirs():
    people = [person("1", "navigator", CTX_07="none"), Person("2", "it", ["CTX-01"], {}), person("3", "clinician")]
    assert ways_of([PORTAL, NEEDS_PORTAL], people).exempt == {("1", "INT-16")}


def test_fact_of_an_answer_that_is_not_asked_any_more_is_none():
    hidden = Steered("CTX-14", ("it",), "it", "CTX-07 is mychart", "text")
    people = [person("1", "navigator", CTX_07="none"), person("2", "it", CTX_14="Epic")]
    assert ways_of([PORTAL, hidden], people).facts == {"CTX-07": "none"}


def test_roles_of_which_everybody_is_exempt_are_not_expected():
    item = Steered("INT-16", ("it", "navigator", "nurse"), "it", "not(CTX-07 is none)")
    people = [person("1", "navigator", CTX_07="none"), Person("2", "it", None, {"CTX-07": "mychart"})]
    asked_of_it = Steered("CTX-07", ("navigator", "it"), "navigator")
    ways = ways_of([asked_of_it, item], people)
    assert expected_roles(item, people, ways) == ("it",)


def test_everybody_exempt_leaves_the_expected_roles_alone():
    people = [person("1", "navigator", CTX_07="none"), person("2", "it")]
    assert expected_roles(NEEDS_PORTAL, people, ways_of([PORTAL, NEEDS_PORTAL], people)) == ("navigator", "it")


def test_browser_gets_nothing_that_others_answered():
    sent = for_browser("all(LAB-09 at least 2; CTX-07 is mychart)", page={"X-1"}, known={"LAB-09": 1, "CTX-07": "mychart"}, facts={})
    assert "mychart" not in json.dumps(sent)
    assert "LAB-09" not in json.dumps(sent)


CONDITIONS = (
    "A is one",
    "not(A is one)",
    "any(A is one; B at least 2)",
    "all(not(A is answered); B at most 1)",
    "not(all(A is one; B is 3))",
)


def some_of(cases: random.Random) -> dict[str, Answer]:
    """Answers to some of the two questions."""
    answers: dict[str, Answer] = {"A": cases.choice(["one", "two"]), "B": cases.randint(0, 3)}
    return {code: value for code, value in answers.items() if cases.random() < 0.6}


def evaluated(tree: dict, answers: dict) -> bool:
    """What the browser's script makes of the data, in as many words."""
    match tree["op"]:
        case "all":
            return all(evaluated(part, answers) for part in tree["parts"])
        case "any":
            return any(evaluated(part, answers) for part in tree["parts"])
        case "not":
            return not evaluated(tree["part"], answers)
        case "answered":
            return tree["code"] in answers
        case "is":
            said = answers.get(tree["code"])
            return said is not None and said == (tree["value"]["text"] if isinstance(said, str) else tree["value"]["number"])
        case "at_least":
            return answers.get(tree["code"], -1) >= tree["limit"]
        case _:
            return tree["code"] in answers and answers[tree["code"]] <= tree["limit"]


@pytest.mark.parametrize("text", CONDITIONS)
def test_browser_decides_as_the_server_whatever_is_on_the_page(text):
    cases = random.Random(7)
    for _case in range(200):
        facts, own = some_of(cases), some_of(cases)
        page = {code for code in ("A", "B") if cases.random() < 0.6}
        known = facts | own
        here = for_browser(text, page=page, known=known, facts=facts)
        condition = condition_of(text)
        assert condition is not None
        assert evaluated(here, {code: own[code] for code in own if code in page}) == holds(condition, known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", set()), ("all(", set()), ("any(A is x; not(B at least 2))", {"A", "B"})],
    ids=["none", "unreadable", "two"],
)
def test_condition_looks_at_the_items_it_names(text, expected):
    assert looked_at(text) == expected


def test_known_answer_of_the_place_passes_where_the_person_has_none():
    asked, known = own_way([("A", ""), ("B", "A is one")], facts={"A": "one"}, own={})
    assert (asked, known) == ({"A", "B"}, {"A": "one"})


def test_what_becomes_known_on_the_way_includes_only_what_was_asked():
    assert own_way([("A", ""), ("B", "A is two")], facts={}, own={"A": "one", "B": 3})[1] == {"A": "one"}


@pytest.mark.parametrize(
    ("limited_to", "role", "expected"),
    [(None, "it", True), (["INT-16"], "it", True), (["CTX-01"], "it", False), (None, "clinician", False)],
)
def test_person_may_be_asked_what_is_of_their_role_and_within_their_limits(limited_to, role, expected):
    assert Person("1", role, limited_to).may_be_asked(NEEDS_PORTAL) == expected


def test_role_of_which_nobody_takes_part_is_expected_unless_the_facts_exempt_it():
    item = Steered("INT-16", ("it", "navigator", "nurse"), "it", "not(CTX-07 is none)")
    people = [person("1", "navigator"), person("2", "it")]
    assert expected_roles(item, people, ways_of([PORTAL, item], people)) == ("it", "navigator", "nurse")


def test_role_stays_expected_while_one_of_its_people_is_asked():
    item = Steered("INT-16", ("it", "navigator"), "it", "not(CTX-07 is none)")
    asked_of_both = Steered("CTX-07", ("it", "navigator"), "it")
    people = [person("1", "it"), person("2", "navigator", CTX_07="none"), person("3", "navigator", CTX_07="mychart")]
    assert expected_roles(item, people, ways_of([asked_of_both, item], people)) == ("it", "navigator")


def test_accountable_role_is_expected_though_its_own_people_are_exempt():
    item = Steered("INT-16", ("it", "navigator"), "it", "not(CTX-07 is none)")
    people = [person("1", "it", CTX_07="none"), person("2", "navigator")]
    asked_of_it = Steered("CTX-07", ("it",), "navigator")
    assert expected_roles(item, people, ways_of([asked_of_it, item], people)) == ("it", "navigator")


def test_question_without_a_condition_is_always_shown_in_the_browser():
    assert for_browser("", page={"A"}, known={}, facts={}) == {"op": "all", "parts": []}
