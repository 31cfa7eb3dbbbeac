"""What a version would ask a role about a type of product, as an interview would put it."""

import json
from dataclasses import replace

import pytest

from assessments.bank.version import BankDomain, BankUse, Choice
from assessments.shown.bank_preview import condition_json, preview, question_of, without_places
from tests.assessments.bank.banks import IT, LAB, OTHER_TYPE, TYPE, audit, bank, context, quantity, requirement

CHECKS, NURSE = "compliance_privacy_security", "nursing_informatics"
CORE = (BankUse(TYPE, core=(LAB,)),)
DEEPER = (BankUse(TYPE),)


def statement(code="CLM-01", **values):
    return replace(audit(code), **{"part": "climate", "questions": {"": "We pull together."}, "roles": (LAB,), **values})


def asked(version, role=LAB, product_type=TYPE):
    """Return by domain what is asked at once and what is deeper."""
    sections = preview(version, role, product_type).sections
    return {s.section.code: ([f.form.question.code for f in s.core], [f.form.question.code for f in s.deeper]) for s in sections}


@pytest.mark.parametrize(
    ("item", "role", "product_type", "expected"),
    [
        (requirement(uses=CORE), LAB, TYPE, {"LAB": (["LAB-01"], [])}),
        (requirement(uses=CORE), LAB, OTHER_TYPE, {}),
        (requirement(uses=CORE), IT, TYPE, {}),
        (requirement(uses=CORE, roles=(LAB, IT)), IT, TYPE, {"LAB": ([], ["LAB-01"])}),
        (requirement(uses=CORE, when_short=(CHECKS,)), CHECKS, TYPE, {"LAB": ([], ["LAB-01"])}),
        (requirement(uses=(BankUse(TYPE, core=(LAB, CHECKS)),), when_short=(CHECKS,)), CHECKS, TYPE, {"LAB": (["LAB-01"], [])}),
        (requirement(uses=(*CORE, BankUse(OTHER_TYPE, core=(IT,))), roles=(LAB, IT)), IT, OTHER_TYPE, {"LAB": (["LAB-01"], [])}),
        (context(uses=(BankUse(TYPE, core=(NURSE,)),)), IT, TYPE, {"LAB": (["CTX-01"], [])}),
        (audit(), LAB, TYPE, {}),
        (audit(), "vendor", TYPE, {"LAB": (["VND-01"], [])}),
        (audit(), "vendor", OTHER_TYPE, {}),
        (requirement(roles=("vendor",)), "vendor", TYPE, {}),
        (requirement(), "nobody", TYPE, {}),
        (requirement(), LAB, "nothing", {}),
    ],
)
def test_role_is_asked_its_own_about_its_type(item, role, product_type, expected):
    assert asked(bank(item), role, product_type) == expected


def test_type_without_deeper_items_asks_everything_at_once():
    version = bank(requirement("LAB-01", uses=DEEPER), requirement("LAB-02", uses=DEEPER))
    assert asked(version) == {"LAB": (["LAB-01", "LAB-02"], [])}


def test_cores_of_another_type_make_nothing_deeper_here():
    version = bank(requirement("LAB-01", uses=(*DEEPER, BankUse(OTHER_TYPE, core=(LAB,)))))
    assert asked(version) == {"LAB": (["LAB-01"], [])}


def test_questions_stand_in_the_order_of_their_domains():
    domains = (BankDomain("INT", "Integration"), BankDomain("LAB", "Laboratory"))
    version = bank(requirement("LAB-01"), requirement("INT-02", domain="INT"), requirement("INT-01", domain="INT"), domains=domains)
    assert list(asked(version).items()) == [("INT", (["INT-02", "INT-01"], [])), ("LAB", (["LAB-01"], []))]


@pytest.mark.parametrize(
    ("item", "role", "expected"),
    [
        (statement(), LAB, ["CLM-01"]),
        (statement(), IT, []),
        (statement(uses=(BankUse(TYPE, core=(IT,)),)), IT, ["CLM-01"]),
        (statement(uses=(BankUse(TYPE, core=(IT,)),)), LAB, []),
        (statement(roles=()), "clinician", ["CLM-01"]),
        (statement(roles=()), IT, []),
        (statement(uses=(BankUse(OTHER_TYPE),)), LAB, []),
        (statement(), "vendor", []),
    ],
)
def test_statements_are_put_to_whom_an_interview_would_put_them(item, role, expected):
    assert [question.code for question in preview(bank(item), role, TYPE).statements] == expected


def test_statements_stand_apart_and_count():
    shown = preview(bank(requirement(), statement()), LAB, TYPE)
    assert ([s.section.code for s in shown.sections], shown.count) == (["LAB"], 2)


def test_steering_question_of_another_role_is_shown_beside_what_it_steers():
    version = bank(context(), requirement(condition="not(any(CTX-01 is epic; XYZ is answered))"))
    assert [form.form.question.code for form in preview(version, LAB, TYPE).steering] == ["CTX-01"]


def test_steering_question_that_the_role_is_asked_itself_is_not_shown_twice():
    version = bank(context(roles=(LAB,)), requirement(condition="CTX-01 is epic"))
    assert preview(version, LAB, TYPE).steering == ()


def test_condition_that_cannot_be_read_steers_nothing_and_hides_nothing():
    shown = preview(bank(context(), requirement(condition="CTX-01 equals")), LAB, TYPE)
    assert (shown.steering, shown.sections[0].core[0].condition) == ((), "")


@pytest.mark.parametrize(
    ("text", "expected"), [("", ""), ("  ", ""), ("all(", ""), ("LAB-01 is answered", {"code": "LAB-01", "op": "answered"})]
)
def test_condition_travels_as_the_script_reads_it(text, expected):
    found = condition_json(text)
    assert (json.loads(found) if found else "") == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How will it get into {CTX-01|your health record}?", "How will it get into your health record?"),
        ("{CTX-01|A} and {CTX-02|B}", "A and B"),
        ("{CTX-01}", ""),
        ("{CTX-01|}", ""),
        ("a {b c} d", "a {b c} d"),
        ("", ""),
    ],
)
def test_places_for_answers_stand_as_without_one(text, words):
    assert without_places(text) == words


@pytest.mark.parametrize(
    ("questions", "title", "text"),
    [
        ({LAB: "To the laboratory", "": "To all"}, "Title", "To the laboratory"),
        ({IT: "To IT", "": "To all"}, "Title", "To all"),
        ({IT: "To IT"}, "Title", "Title"),
        ({}, "", "LAB-01"),
    ],
)
def test_question_of_an_unfinished_item_still_says_something(questions, title, text):
    item = requirement(questions=questions, title=title)
    assert question_of(item, LAB, core=True, domain_title="").text == text


@pytest.mark.parametrize(
    ("item", "options"),
    [
        (requirement(steps=("None of {CTX-01|it}", "Some")), [("0", "None of it"), ("1", "Some")]),
        (context(choices=(Choice("a", "A"),)), [("a", "A")]),
        (context(kind="text"), []),
        (quantity(), []),
    ],
)
def test_options_are_those_of_the_kind(item, options):
    question = question_of(item, LAB, core=True, domain_title="")
    assert [(option.value, option.text) for option in question.options] == options
