"""How long items and cores take, computed from their words."""

import pytest

from assessments.bank.minutes import role_minutes, seconds
from assessments.bank.version import CHOICE, CLIMATE, DATE, TEXT, YES_NO, BankUse, Choice
from tests.assessments.bank.banks import IT, LAB, OTHER_TYPE, TYPE, audit, bank, context, quantity, requirement

WAY = 100
MINUTE = "word " * 238


def one_minute(**values):
    return requirement(questions={"": MINUTE}, **values)


def row_of(role, version, product_type=TYPE):
    return next(row for row in role_minutes(version, product_type) if row.role == role)


def test_minute_of_words_takes_a_minute_and_the_decision():
    assert seconds(requirement(questions={"": MINUTE}, steps=()), LAB) == 68


def test_steps_are_read_once():
    assert seconds(requirement(questions={"": "word " * 119}, steps=("word " * 119,)), LAB) == 68


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("quantity", 80), (CHOICE, 67), (YES_NO, 64), (DATE, 70), (TEXT, 90)],
    ids=["quantity", "choice", "yes_no", "date", "text"],
)
def test_deciding_takes_as_long_as_its_kind(kind, expected):
    item = requirement(kind=kind, questions={"": MINUTE}, choices=(Choice("a", "A"), Choice("b", "B")))
    assert seconds(item, LAB) == expected


def test_role_reads_its_own_question():
    item = requirement(questions={"": "Short?", IT: MINUTE}, steps=())
    assert (seconds(item, LAB), seconds(item, IT)) == (9, 68)


def test_role_without_a_question_takes_no_time():
    assert seconds(requirement(questions={IT: "Yours?"}), LAB) == 0


def test_core_counts_what_is_on_the_way():
    row = row_of(LAB, bank(one_minute(steps=())))
    assert (row.core_questions, row.core_seconds) == (1, 68 + WAY)


def test_clinician_also_takes_a_stance():
    item = one_minute(steps=(), roles=("clinician",), uses=(BankUse(TYPE, core=("clinician",)),))
    assert row_of("clinician", bank(item)).core_seconds == 68 + WAY + 15


def test_statements_of_the_climate_share_one_scale():
    statements = [one_minute(code=f"CLM-{n}", part=CLIMATE, steps=("word " * 119,)) for n in range(2)]
    row = row_of(LAB, bank(one_minute(steps=()), *statements))
    assert (row.core_questions, row.core_seconds) == (1, 68 + WAY + 60 + 60 + 30 + 2 * 4)


def test_statements_for_other_roles_take_no_time():
    statement = one_minute(code="CLM-01", part=CLIMATE, roles=(IT,))
    assert row_of(LAB, bank(one_minute(steps=()), statement)).core_seconds == 68 + WAY


def test_context_items_count_as_asked_without_a_core():
    row = row_of(LAB, bank(one_minute(steps=()), context(roles=(LAB,), kind=YES_NO, questions={"": MINUTE})))
    assert (row.core_questions, row.core_seconds) == (2, 68 + 64 + WAY)


def test_deeper_items_are_apart_from_the_core():
    deeper = [
        quantity("LAB-02", uses=(BankUse(TYPE, core=(IT,)),), questions={"": MINUTE}),
        one_minute(code="LAB-03", roles=(IT,), when_short=(LAB,)),
    ]
    row = row_of(LAB, bank(one_minute(steps=()), deeper[0], requirement("LAB-03", roles=(IT,), when_short=(LAB,), uses=(BankUse(TYPE),))))
    assert (row.core_questions, row.deeper_questions, row.deeper_seconds) == (1, 2, 80 + seconds(requirement(), LAB))


def test_gates_are_those_the_role_is_asked():
    gate = BankUse(TYPE, gate=True, core=(LAB,))
    row = row_of(
        LAB, bank(requirement(uses=(gate,)), requirement("LAB-02"), requirement("LAB-03", roles=(IT,), uses=(BankUse(TYPE, True, (IT,)),)))
    )
    assert (row.core_questions, row.gates) == (2, 1)


def test_only_roles_with_a_core_of_the_type_are_listed():
    version = bank(requirement(), context(), requirement("LAB-02", roles=(IT,), uses=(BankUse(OTHER_TYPE, core=(IT,)),)))
    assert [row.role for row in role_minutes(version, TYPE)] == [LAB]


def test_vendor_audit_is_in_no_core():
    assert row_of(LAB, bank(requirement(), audit())).core_questions == 1


def test_minutes_are_never_rounded_down():
    row = row_of(LAB, bank(one_minute(steps=())))
    assert (row.core_seconds, row.core_minutes) == (168, 2.8)
    assert row_of(LAB, bank(requirement(questions={"": MINUTE + "one"}, steps=()))).core_minutes == 2.9
