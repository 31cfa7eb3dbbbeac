"""Two versions side by side: every difference stands under its kind, and a reader narrows by kind and words."""

from dataclasses import replace

import pytest

from assessments.bank.differences import differences
from assessments.bank.version import BankDomain, BankUse
from assessments.shown.bank_compare import KINDS, Compared, Wanted
from tests.assessments.bank.banks import IT, LAB, OTHER_TYPE, TYPE, bank, requirement

LABORATORY, INTEGRATION = BankDomain("LAB", "Laboratory"), BankDomain("INT", "Integration", "Old")
SAME, GONE, NEW = requirement("LAB-01"), requirement("LAB-02", title="Courier"), requirement("LAB-03", title="Freezer")
OLD_WORDS = requirement("LAB-04", title="Portal", questions={"": "How far?", LAB: "How far is the laboratory?"})
NEW_WORDS = replace(
    OLD_WORDS, title="Gateway", questions={"": "How far?", IT: "How far is IT?"}, uses=(BankUse(TYPE, gate=True), BankUse(OTHER_TYPE))
)
WANDERER = requirement("INT-09", domain="INT", title="Interface")
OLD = bank(SAME, GONE, OLD_WORDS, WANDERER, domains=(LABORATORY, INTEGRATION, BankDomain("EMP", "Empty")))
NEWER = bank(
    SAME,
    replace(WANDERER, domain="LAB"),
    NEW,
    NEW_WORDS,
    number="2",
    domains=(LABORATORY, replace(INTEGRATION, description="New"), BankDomain("SEC", "Security")),
)


def compared(old=OLD, new=NEWER, **asked):
    return Compared(differences(old, new), Wanted.of(asked))


def shown(page):
    """Return what is listed, by kind; the head and the domains together."""
    frame = [change.name for change in page.head] + [code for code, *_rest in page.domains]
    items = {"added": page.added, "removed": page.removed, "moved": [move.item for move in page.moved]}
    listed = {kind: [item.code for item in some] for kind, some in items.items()}
    return {**listed, "changed": [change.new.code for change, _words in page.changed], "frame": frame}


ALL = {"added": ["LAB-03"], "removed": ["LAB-02"], "moved": ["INT-09"], "changed": ["LAB-04"], "frame": ["Number", "INT", "EMP", "SEC"]}


def only(**kept):
    return {kind: kept.get(kind, []) for kind in ALL}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ALL),
        ({"kind": "", "q": " \t "}, ALL),
        *(({"kind": kind}, only(**{kind: ALL[kind]})) for kind in ALL),
        ({"q": "freezer"}, only(added=["LAB-03"])),
        ({"q": "COURIER lab-02"}, only(removed=["LAB-02"])),
        ({"q": "portal"}, only(changed=["LAB-04"])),
        ({"q": "gateway"}, only(changed=["LAB-04"])),
        ({"q": "interface"}, only(moved=["INT-09"])),
        ({"q": "portal gateway"}, only()),
        ({"kind": "added", "q": "courier"}, only()),
        ({"kind": "nothing-known"}, only()),
    ],
)
def test_differences_are_narrowed_by_kind_and_words(asked, expected):
    assert shown(compared(**asked)) == expected


@pytest.mark.parametrize(("asked", "empty"), [({}, False), ({"kind": "nothing-known"}, True), ({"q": "世界"}, True)])
def test_page_says_when_nothing_is_left_to_show(asked, empty):
    assert compared(**asked).is_empty == empty


def test_versions_that_differ_are_not_the_same_though_nothing_of_it_is_wanted():
    page = compared(q="世界")
    assert (page.is_same, page.is_empty) == (False, True)


def test_version_beside_itself_is_the_same():
    page = compared(OLD, OLD)
    assert (page.is_same, page.is_empty) == (True, True)


def test_counts_name_every_kind_whatever_is_wanted():
    page = compared(kind="added", q="nothing")
    assert [(kind, count) for kind, _words, count in page.counts] == [
        ("added", 1),
        ("removed", 1),
        ("changed", 1),
        ("moved", 1),
        ("frame", 4),
    ]
    assert [str(words) for _kind, words, _count in page.counts] == [str(words) for words in KINDS.values()]


def test_role_questions_and_uses_of_a_changed_item_are_told_one_by_one():
    ((_change, told),) = compared().changed
    assert {change.name: (change.old, change.new) for change in told} == {
        "Title": ("Portal", "Gateway"),
        "Question: Laboratory": ("How far is the laboratory?", None),
        "Question: IT and integration": (None, "How far is IT?"),
        "Product types": ("Send-out test", "Send-out test, In-house assay"),
        "A gate: Send-out test": ("no", "yes"),
        "A gate: In-house assay": (None, "no"),
        "In the core of: Send-out test": ("Laboratory", None),
    }


def test_moved_item_is_told_with_both_places_and_is_not_a_changed_one():
    (move,) = compared().moved
    assert (move.old_domain, move.old_position, move.new_domain, move.new_position) == ("INT", 1, "LAB", 2)
    assert "INT-09" not in shown(compared())["changed"]


def test_domain_that_came_went_or_changed_says_which():
    rows = {
        code: (title, what, [(change.name, change.old, change.new) for change in told]) for code, title, what, told in compared().domains
    }
    assert rows == {
        "INT": ("Integration", "changed", [("Description", "Old", "New")]),
        "EMP": ("Empty", "removed", []),
        "SEC": ("Security", "added", []),
    }


def test_overlong_wishes_are_cut():
    wanted = Wanted.of({"kind": "x" * 500, "q": "y" * 500})
    assert (len(wanted.kind), len(wanted.words)) == (40, 100)


@pytest.mark.parametrize(
    ("asked", "narrows"), [({}, False), ({"q": "  "}, False), ({"q": "a"}, True), ({"kind": "added"}, True), ({"page": "2"}, False)]
)
def test_wish_narrows_only_when_something_is_asked(asked, narrows):
    assert Wanted.of(asked).narrows == narrows
