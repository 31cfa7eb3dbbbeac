"""What the shipped question bank promises whoever is asked it, held against its files as they stand."""

from collections import Counter
from pathlib import Path

import pytest

import assessments
from assessments.bank.files import read_bank
from assessments.bank.marks import load
from assessments.bank.minutes import TEN_MINUTES, role_minutes
from assessments.bank.version import CLIMATE, CONTEXT, PRODUCT_TYPES, QUANTITY, REQUIREMENT, ROLES, SELF_AUDIT
from assessments.placeholders import PLACEHOLDER

FOLDER = Path(assessments.__file__).parent / "data" / "operational-readiness" / "2"
BANK = read_bank(FOLDER)
REQUIRED = [item for item in BANK.items if item.part == REQUIREMENT]
LADDERS = [item for item in BANK.items if item.kind == "level"]
QUANTITIES = [item for item in BANK.items if item.kind == QUANTITY]

MOST_GATES, MOST_WORDS_OF_A_STEP = 12, 20
MOST_CORE, MOST_CORE_OF = 15, {"clinician": 5, "executive_sponsor": 8}
# Whether people know why and how is asked of the manager who tells them and of everybody who is told: what was sent and
# what arrived are two things, and only those who are told know the second.
ASKED_OF_MANY = {"CHG-05"}
# The requirements that every version of the bank has to keep; those from 21 on are amounts beside them.
CATALOGUE = {
    "LAB": 11, "SPC": 9, "INT": 16, "SEC": 9, "TRN": 6, "CHG": 9, "WFL": 7,
    "EVD": 4, "ECO": 7, "GOV": 5, "PAT": 5, "AIG": 6, "RPM": 3, "SCL": 5,
}  # fmt: skip
AMOUNTS = {
    "LAB-21", "LAB-22", "SPC-21", "INT-21", "SEC-21", "GOV-21", "GOV-22", "GOV-23", "GOV-24", "GOV-25", "PAT-21", "AIG-21", "RPM-21",
    "SCL-21",
}  # fmt: skip
NOT_AT_THE_TABLE = {
    "send_out_test": set(),
    "in_house_assay": {"patient_navigation"},
    "digital_engagement_platform": {"lab_director"},
    "remote_monitoring": {"lab_director"},
    "ai_decision_support": {"lab_director", "patient_navigation"},
}


def uses(product_type):
    """Yield every item that a type asks, with how it asks it."""
    return [(item, use) for item in BANK.items for use in item.uses if use.product_type == product_type]


def is_gate(item):
    return any(use.gate for use in item.uses)


def asked(item):
    return [*item.roles, *item.when_short]


def written():
    """Yield every item as its file says it, before anything left out takes its default."""
    files = sorted(file for file in FOLDER.glob("*.yaml") if file.name != "instrument.yaml")
    return [entry for file in files for entry in load(file.read_text(encoding="utf-8"), file.name).value]


WRITTEN = [entry for entry in written() if entry.get("part", REQUIREMENT) == REQUIREMENT]


def test_every_code_of_the_catalogue_is_there_in_its_domain():
    expected = {(f"{domain}-{number:02}", domain) for domain, count in CATALOGUE.items() for number in range(1, count + 1)}
    found = {(item.code, item.domain) for item in REQUIRED if item.kind == "level"}
    assert (found, len(found)) == (expected, 102)


def test_amounts_are_those_that_stand_beside_the_catalogue():
    assert {item.code for item in REQUIRED if item.kind != "level"} == AMOUNTS


def test_parts_hold_so_many_items():
    assert Counter(item.part for item in BANK.items) == {REQUIREMENT: 116, CONTEXT: 16, CLIMATE: 4, SELF_AUDIT: 10}


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_type_of_product_has_gates_and_at_most_twelve(product_type):
    gates = [item.code for item, use in uses(product_type) if use.gate]
    assert 0 < len(gates) <= MOST_GATES, gates


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_core_holds_as_many_questions_as_its_role_can_bear(product_type):
    rows = role_minutes(BANK, product_type)
    assert rows
    assert [(r.role, r.core_questions) for r in rows if r.core_questions > MOST_CORE_OF.get(r.role, MOST_CORE)] == []


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_core_takes_ten_minutes_at_most(product_type):
    rows = role_minutes(BANK, product_type)
    assert rows
    assert [(row.role, row.core_minutes) for row in rows if row.core_seconds > TEN_MINUTES] == []


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_roles_at_the_table_are_those_the_type_concerns(product_type):
    table = {role for _item, use in uses(product_type) for role in use.core}
    assert table == set(ROLES) - NOT_AT_THE_TABLE[product_type]


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_nobody_answers_for_an_item_of_a_type_that_does_not_concern_them(product_type):
    """An opened item is always asked of its accountable role, at the table or not."""
    answering = {item.roles[0]: item.code for item, _use in uses(product_type) if item.roles and item.part != CLIMATE}
    assert {role: code for role, code in answering.items() if role in NOT_AT_THE_TABLE[product_type]} == {}


def test_requirement_has_one_who_answers_and_at_most_one_who_checks():
    many = {item.code for item in REQUIRED if len(item.roles) not in (1, 2)}
    assert many == ASKED_OF_MANY


def test_role_stands_once_in_an_item():
    assert [item.code for item in BANK.items if len(set(asked(item))) != len(asked(item))] == []


def test_context_is_asked_of_one_role():
    assert [item.code for item in BANK.items if item.part == CONTEXT and len(asked(item)) != 1] == []


@pytest.mark.parametrize("item", REQUIRED, ids=lambda item: item.code)
def test_every_role_that_is_asked_has_its_own_question_and_no_other_has_one(item):
    assert set(item.questions) == set(asked(item))


@pytest.mark.parametrize("item", REQUIRED, ids=lambda item: item.code)
def test_no_two_roles_are_asked_in_the_same_words(item):
    words = [" ".join(question.casefold().split()) for question in item.questions.values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("item", [item for item in BANK.items if item.part != CLIMATE], ids=lambda item: item.code)
def test_question_ends_in_its_only_question_mark(item):
    assert [question for question in item.questions.values() if not question.endswith("?") or question.count("?") > 1] == []


def test_statements_of_the_climate_are_no_questions():
    statements = [text for item in BANK.items if item.part == CLIMATE for text in item.questions.values()]
    assert (len(statements), [text for text in statements if not text.endswith(".") or "?" in text]) == (4, [])


def test_no_question_asks_and_or():
    asking = [(item.code, question) for item in BANK.items for question in item.questions.values() if "and/or" in question.casefold()]
    assert asking == []


@pytest.mark.parametrize("item", LADDERS, ids=lambda item: item.code)
def test_ladder_has_five_steps_that_differ(item):
    assert len({" ".join(step.casefold().split()) for step in item.steps} - {""}) == len(item.steps) == 5


@pytest.mark.parametrize("item", LADDERS, ids=lambda item: item.code)
def test_step_has_at_most_twenty_words(item):
    assert [step for step in item.steps if len(step.split()) > MOST_WORDS_OF_A_STEP] == []


def test_gate_has_no_condition():
    gates = [item for item in BANK.items if is_gate(item)]
    assert gates
    assert [item.code for item in gates if item.condition] == []


def test_gate_says_what_the_least_is():
    assert [item.code for item in BANK.items if is_gate(item) and item.floor is None] == []


@pytest.mark.parametrize("item", QUANTITIES, ids=lambda item: item.code)
def test_quantity_says_how_much_of_what_and_where_that_comes_from(item):
    entry = next(entry for entry in WRITTEN if entry["code"] == item.code)
    assert {"unit", "direction", "need", "floor", "need_from"} <= {name for name, value in entry.items() if value not in (None, "")}
    assert item.need > 0
    assert item.floor is not None


@pytest.mark.parametrize("item", QUANTITIES, ids=lambda item: item.code)
def test_floor_of_a_quantity_asks_for_less_than_its_need(item):
    assert item.floor > item.need if item.direction == "at_most" else item.floor < item.need


def test_every_amount_is_marked_as_an_estimate():
    assert [entry["code"] for entry in WRITTEN if entry.get("kind") == QUANTITY and entry.get("need_kind") != "estimate"] == []


@pytest.mark.parametrize("name", ["lead_kind", "effort_kind"])
def test_every_lead_time_and_effort_is_marked_by_the_file_itself(name):
    assert [entry["code"] for entry in WRITTEN if entry.get(name) != "estimate"] == []


def test_lead_times_run_from_short_to_long():
    assert [item.code for item in REQUIRED if list(item.lead_weeks) != sorted(item.lead_weeks) or item.lead_weeks[2] <= 0] == []


def test_every_source_is_named():
    assert [entry["code"] for entry in WRITTEN if not entry.get("source", "").strip()] == []


def test_source_is_marked_as_cited_unless_it_is_practice_alone():
    wrong = [e["code"] for e in WRITTEN if (e.get("source_kind") == "cited") == (e.get("source") == "practice guidance")]
    assert wrong == []


def test_context_is_never_scored():
    context = [item for item in BANK.items if item.domain == "CTX"]
    assert [(item.code, item.part) for item in context if item.part != CONTEXT or item.is_scored or is_gate(item)] == []
    assert [item.code for item in BANK.items if item.part == CONTEXT and item.domain != "CTX"] == []


def test_only_requirements_are_scored():
    assert {item.part for item in BANK.items if item.is_scored} == {REQUIREMENT}


def texts(item):
    choices = [choice.label for choice in item.choices]
    plain = [item.title, item.requirement, item.why, item.usually_known_by, item.action_health_system, item.action_vendor]
    return [*plain, *item.questions.values(), *item.steps, *item.evidence, *choices]


def test_placeholder_names_context_and_has_words_of_its_own():
    context = {item.code for item in BANK.items if item.part == CONTEXT}
    found = [place for item in BANK.items for text in texts(item) for place in PLACEHOLDER.findall(text)]
    assert found
    assert [(code, words) for code, words in found if code not in context or not words.strip()] == []


def test_brace_stands_only_around_a_placeholder():
    rest = [(item.code, PLACEHOLDER.sub("", text)) for item in BANK.items for text in texts(item)]
    assert [(code, text) for code, text in rest if "{" in text or "}" in text] == []


def test_work_waits_only_for_items_of_the_bank():
    codes = {item.code for item in REQUIRED}
    waiting = [(item.code, needed) for item in BANK.items for needed in item.depends_on]
    assert waiting
    assert [(code, needed) for code, needed in waiting if needed not in codes or needed == code] == []


@pytest.mark.parametrize("product_type", PRODUCT_TYPES)
def test_what_a_type_steers_by_is_asked_of_that_type(product_type):
    codes = {item.code for item, _use in uses(product_type)}
    filled = {(item.code, code) for item, _use in uses(product_type) for text in texts(item) for code, _words in PLACEHOLDER.findall(text)}
    assert {(code, named) for code, named in filled if named not in codes} == set()
