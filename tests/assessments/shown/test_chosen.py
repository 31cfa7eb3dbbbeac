import pytest
from django.http import QueryDict

from assessments.shown.chosen import Chosen
from assessments.shown.items import shown_items
from tests.assessments.answering import contested


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]),
        ("domain=INT", ["INT-01", "INT-02"]),
        ("status=met", ["LAB-02", "INT-02"]),
        ("status=unknown", ["CHG-01"]),
        ("gate=any", ["LAB-01", "INT-01"]),
        ("gate=failed", ["LAB-01"]),
        ("gate=passed", ["INT-01"]),
        ("gate=unknown", []),
        ("contested=1", ["LAB-01"]),
        ("domain=INT&contested=1", []),
        ("domain=NO&status=no&gate=no&contested=no", ["LAB-01", "LAB-02", "INT-01", "INT-02", "CHG-01"]),
    ],
)
def test_address_chooses_items(assessment, query, codes):
    shown = shown_items(contested(assessment))
    assert [item.code for item in Chosen.of(QueryDict(query), shown).of_items(shown)] == codes


def test_unknown_names_narrow_nothing(assessment):
    shown = shown_items(contested(assessment))
    assert not Chosen.of(QueryDict("domain=' OR 1=1&status=%F0%9F%98%80"), shown).narrows
