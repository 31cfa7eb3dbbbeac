import pytest

from assessments.models import ItemProductType
from assessments.shown.bank_listing import Narrowed, bank_lines
from tests import factories

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
