import pytest

from assessments.bank.version import BankUse
from assessments.models import ItemProductType
from assessments.shown.bank_listing import ItemLine, Narrowed, bank_lines
from tests import factories
from tests.assessments.bank import banks

ALL = ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]


def codes(groups):
    return [line.item.code for group in groups for line in group.lines]


@pytest.fixture
def version(db):
    return factories.make_version()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ALL),
        ({"domain": "INT"}, ["INT-01", "INT-02"]),
        ({"words": "lab-01 STEP"}, ["LAB-01"]),
        ({"domain": "INT", "words": "lab-01"}, []),
        ({"domain": "XYZ"}, []),
        ({"words": "世界"}, []),
        ({"role": "lab_director"}, ["LAB-01", "LAB-02", "INT-02"]),
        ({"role": "nobody"}, []),
        ({"gate": True}, ["LAB-01", "INT-01"]),
        ({"product_type": "send_out_test", "gate": True}, ["LAB-01", "INT-01"]),
        ({"product_type": "in_house_assay"}, []),
        ({"part": "context"}, []),
    ],
)
def test_bank_is_narrowed(version, wanted, expected):
    assert codes(bank_lines(version, Narrowed(**wanted))) == expected


def test_gate_of_another_type_is_none_in_the_wanted_one(version):
    version = factories.make_version(publish=False)
    ItemProductType.objects.create(item=version.items.get(code="LAB-01"), product_type="in_house_assay")
    assert codes(bank_lines(version, Narrowed(product_type="in_house_assay", gate=True))) == []


def test_empty_domain_stays_while_nothing_is_narrowed(db):
    version = factories.make_version(publish=False)
    version.domains.create(code="EMP", title="Empty", position=9)
    assert [group.domain.code for group in bank_lines(version)] == ["LAB", "INT", "CHG", "EMP"]
    assert [group.domain.code for group in bank_lines(version, Narrowed(words="lab-01"))] == ["LAB"]


def test_line_names_roles_types_and_steps(version):
    line = bank_lines(version)[0].lines[0]
    assert line.roles == ["Laboratory", "Compliance, privacy, security"]
    assert (line.types, line.gate_for) == ([("Send-out test", True, [])], ["Send-out test"])
    assert (line.ladder[4], line.questions) == ("LAB-01 step 4", [("", "Is LAB-01 in place?")])


def test_condition_is_read_aloud(db):
    version = factories.make_version(publish=False)
    version.items.filter(code="LAB-02").update(condition="LAB-01 at least 2")
    assert bank_lines(version)[0].lines[1].condition == "the answer to LAB-01 (Title of LAB-01) is at least 2"


@pytest.mark.parametrize("number", [1, 30])
def test_listing_takes_a_fixed_number_of_queries(db, django_assert_num_queries, number):
    version = factories.make_version(bank=[(f"LAB-{n:02}", ["lab_director"], False, 3) for n in range(number)])
    with django_assert_num_queries(7):
        bank_lines(version)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, Narrowed()),
        ({"q": "  \t ", "gate": "yes", "type": ""}, Narrowed()),
        ({"q": " lab  01 "}, Narrowed(words="lab 01")),
        ({"domain": "LAB", "role": "clinician", "type": "x", "part": "context"}, Narrowed("LAB", "", "clinician", "x", False, "context")),
        ({"gate": "1"}, Narrowed(gate=True)),
        ({"role": "r" * 99, "q": "w" * 999}, Narrowed(role="r" * 40, words="w" * 100)),
        ({"product_type": "x", "words": "y", "page": "2"}, Narrowed()),
    ],
)
def test_address_says_what_is_wanted(asked, wanted):
    assert Narrowed.of(asked) == wanted
    assert Narrowed.of(asked).narrows == (wanted != Narrowed())


@pytest.mark.parametrize(
    ("words", "kept"),
    [("OTHER one", True), ("hours", False), ("record?", True), ("vendor help", False), ("ctx-01", True), ("lab_director", False)],
)
def test_words_are_looked_for_in_all_that_people_read(words, kept):
    item = banks.context(action_vendor="")
    assert Narrowed(words=words).keeps(item) == kept


def test_role_that_is_heard_only_when_it_is_short_finds_the_item():
    assert Narrowed(role="clinician").keeps(banks.requirement(when_short=("clinician",)))


def line(item, *others):
    return ItemLine(1, item, {each.code: each for each in (item, *others)})


@pytest.mark.parametrize(
    ("text", "words"),
    [("", ""), ("CTX-01 is epic", "the answer to CTX-01 (Record) is “Epic”"), ("CTX-01 equals epic", "CTX-01 equals epic")],
)
def test_condition_that_cannot_be_read_aloud_stands_as_typed(text, words):
    shown = line(banks.requirement(condition=text, opens_when=text), banks.context())
    assert (shown.condition, shown.opens_when) == (words, words)


def test_line_names_who_works_and_how_long():
    assert line(banks.requirement(effort_hours={"lab_director": 8, "vendor": 2.5})).efforts == [("Laboratory", 8), ("Vendor", 2.5)]


def test_line_tells_gate_and_core_of_each_type():
    uses = (BankUse(banks.TYPE, core=(banks.LAB,)), BankUse(banks.OTHER_TYPE, gate=True))
    shown = line(banks.requirement(uses=uses))
    assert shown.types == [("Send-out test", False, ["Laboratory"]), ("In-house assay", True, [])]
    assert shown.gate_for == ["In-house assay"]


def test_only_a_ladder_has_steps():
    kept_steps = banks.requirement(kind="yes_no")
    assert (line(kept_steps).ladder, line(banks.requirement()).ladder) == ((), banks.STEPS)


def test_question_for_everybody_names_no_role():
    shown = line(banks.requirement(questions={"": "To all", "clinician": "To you"}))
    assert shown.questions == [("", "To all"), ("Clinician", "To you")]
