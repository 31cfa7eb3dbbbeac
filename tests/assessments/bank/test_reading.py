"""Read a version from one document: form is checked strictly, completeness is not asked for."""

import pytest
import yaml

from assessments.bank.marks import BankFileErrors
from assessments.bank.reading import read_version
from assessments.bank.version import BankDomain, BankItem, BankUse, BankVersion, Choice

HEAD = {"code": "own", "version": "1", "domains": [{"code": "LAB"}]}
ITEM = {"code": "A-1", "domain": "LAB"}


def text(*, head=(), item=(), domain=()):
    """Return a document whose head, only domain or only item has other values."""
    document = HEAD | {"domains": [{"code": "LAB"} | dict(domain)], "items": [ITEM | dict(item)]} | dict(head)
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def errors_of(document):
    with pytest.raises(BankFileErrors) as caught:
        read_version(document)
    return caught.value.errors


def test_draft_that_holds_almost_nothing_is_read():
    found = read_version(text())
    assert found == BankVersion(
        code="own", number="1", title="", domains=(BankDomain("LAB", ""),), items=(BankItem(code="A-1", domain="LAB"),)
    )


def test_empty_texts_and_keys_without_value_are_read():
    found = read_version(text(item={"title": "", "steps": ["", "b"], "roles": None, "floor": None, "action": None, "condition": None}))
    assert found.items[0] == BankItem(code="A-1", domain="LAB", steps=("", "b"))


def test_every_key_of_an_item_is_read():
    values = {
        "part": "context", "kind": "quantity", "title": "T", "requirement": "R", "question": "Q", "questions": {"clinician": "C"},
        "why": "W", "usually_known_by": "K", "steps": ["a"], "choices": {"b": "B", "a": "A"}, "unit": "h", "direction": "at_most",
        "evidence": ["E"], "action": {"health_system": "H", "vendor": "V"}, "product_types": ["remote_monitoring", "send_out_test"],
        "roles": ["clinician"], "also_when_short": ["lab_director"], "gate_for": ["send_out_test"],
        "core_for": {"send_out_test": ["clinician"]}, "need": 8, "need_kind": "estimate", "need_from": "N", "floor": 9.5,
        "weight": 5, "condition": "c", "opens_when": "o",
        "lead_weeks": {"optimistic": 1, "likely": 2, "pessimistic": 3}, "lead_kind": "cited", "effort_hours": {"vendor": 4},
        "effort_kind": "cited", "depends_on": ["B-1"], "barrier": "workflow", "clarity_gap": "none", "source": "S", "source_kind": "cited",
    }  # fmt: skip
    assert read_version(text(item=values)).items[0] == BankItem(
        code="A-1",
        domain="LAB",
        part="context",
        kind="quantity",
        title="T",
        requirement="R",
        questions={"": "Q", "clinician": "C"},
        why="W",
        usually_known_by="K",
        steps=("a",),
        choices=(Choice("b", "B"), Choice("a", "A")),
        unit="h",
        direction="at_most",
        evidence=("E",),
        action_health_system="H",
        action_vendor="V",
        uses=(BankUse("remote_monitoring"), BankUse("send_out_test", True, ("clinician",))),
        roles=("clinician",),
        when_short=("lab_director",),
        need=8,
        need_is_estimate=True,
        need_from="N",
        floor=9.5,
        weight=5,
        condition="c",
        opens_when="o",
        lead_weeks=(1, 2, 3),
        lead_is_estimate=False,
        effort_hours={"vendor": 4},
        effort_is_estimate=False,
        depends_on=("B-1",),
        barrier="workflow",
        clarity_gap="none",
        source="S",
        source_is_public=True,
    )


REFUSED_ITEMS = [
    ({"colour": "red"}, "items[0].colour"),
    ({"code": None}, "items[0].code"),
    ({"code": 7}, "items[0].code"),
    ({"code": "X" * 21}, "items[0].code"),
    ({"code": "A 1"}, "items[0].code"),
    ({"domain": None}, "items[0].domain"),
    ({"domain": "XYZ"}, "items[0].domain"),
    ({"part": "other"}, "items[0].part"),
    ({"kind": ["level"]}, "items[0].kind"),
    ({"title": 7}, "items[0].title"),
    ({"title": True}, "items[0].title"),
    ({"title": "t" * 201}, "items[0].title"),
    ({"why": "w" * 5001}, "items[0].why"),
    ({"question": ["Q"]}, "items[0].question"),
    ({"questions": "Q"}, "items[0].questions"),
    ({"questions": {"surgeon": "Q"}}, "items[0].questions.surgeon"),
    ({"questions": {"clinician": 1}}, "items[0].questions.clinician"),
    ({"steps": "one"}, "items[0].steps"),
    ({"steps": ["a"] * 6}, "items[0].steps"),
    ({"steps": ["a", False]}, "items[0].steps[1]"),
    ({"choices": ["a"]}, "items[0].choices"),
    ({"choices": {"Epic": "Epic"}}, "items[0].choices.Epic"),
    ({"choices": {"c" * 41: "Epic"}}, "items[0].choices." + "c" * 41),
    ({"choices": {f"c{n}": "C" for n in range(101)}}, "items[0].choices"),
    ({"choices": {"a": "x" * 201}}, "items[0].choices.a"),
    ({"unit": "u" * 31}, "items[0].unit"),
    ({"direction": "at_most"}, "items[0].direction"),
    ({"kind": "quantity", "direction": "up"}, "items[0].direction"),
    ({"evidence": ["a\nb"]}, "items[0].evidence[0]"),
    ({"evidence": [" "]}, "items[0].evidence[0]"),
    ({"evidence": [7]}, "items[0].evidence[0]"),
    ({"action": "do it"}, "items[0].action"),
    ({"action": {"patient": "wait"}}, "items[0].action.patient"),
    ({"product_types": ["toaster"]}, "items[0].product_types[0]"),
    ({"product_types": ["send_out_test"] * 2}, "items[0].product_types[1]"),
    ({"gate_for": ["send_out_test"]}, "items[0].gate_for[0]"),
    ({"core_for": {"send_out_test": []}}, "items[0].core_for.send_out_test"),
    ({"product_types": ["send_out_test"], "core_for": {"send_out_test": ["x"]}}, "items[0].core_for.send_out_test[0]"),
    ({"roles": "clinician"}, "items[0].roles"),
    ({"roles": [{}]}, "items[0].roles[0]"),
    ({"roles": ["clinician", "clinician"]}, "items[0].roles[1]"),
    ({"also_when_short": ["surgeon"]}, "items[0].also_when_short[0]"),
    ({"need": 0}, "items[0].need"),
    ({"need": "three"}, "items[0].need"),
    ({"need": True}, "items[0].need"),
    ({"need": 100_001}, "items[0].need"),
    ({"need_kind": "guess"}, "items[0].need_kind"),
    ({"floor": -1}, "items[0].floor"),
    ({"weight": 9}, "items[0].weight"),
    ({"weight": 0}, "items[0].weight"),
    ({"weight": 2.5}, "items[0].weight"),
    ({"weight": True}, "items[0].weight"),
    ({"condition": 1}, "items[0].condition"),
    ({"lead_weeks": [1, 2, 3]}, "items[0].lead_weeks"),
    ({"lead_weeks": {"optimistic": 2, "likely": 1}}, "items[0].lead_weeks"),
    ({"lead_weeks": {"maybe": 2}}, "items[0].lead_weeks.maybe"),
    ({"effort_hours": {"surgeon": 2}}, "items[0].effort_hours.surgeon"),
    ({"effort_hours": {"vendor": -2}}, "items[0].effort_hours.vendor"),
    ({"depends_on": ["B-1", "B-1"]}, "items[0].depends_on[1]"),
    ({"depends_on": [f"B-{n}" for n in range(51)]}, "items[0].depends_on"),
    ({"depends_on": ["B 1"]}, "items[0].depends_on[0]"),
    ({"barrier": "weather"}, "items[0].barrier"),
    ({"clarity_gap": {}}, "items[0].clarity_gap"),
    ({"source": "s" * 401}, "items[0].source"),
    ({"source_kind": "rumour"}, "items[0].source_kind"),
]


@pytest.mark.parametrize(("values", "path"), REFUSED_ITEMS, ids=[f"{n}-{path[9:40]}" for n, (_values, path) in enumerate(REFUSED_ITEMS)])
def test_item_of_a_wrong_form_is_refused_with_its_path(values, path):
    assert [error.path for error in errors_of(text(item=values))] == [path]


REFUSED_HEADS = [
    ({"colour": "red"}, "colour"),
    ({"code": "two words"}, "code"),
    ({"code": "c" * 61}, "code"),
    ({"version": 2}, "version"),
    ({"version": "1" * 21}, "version"),
    ({"title": "t" * 161}, "title"),
    ({"note": []}, "note"),
    ({"language": "english"}, "language"),
    ({"items": {}}, "items"),
    ({"items": ["A-1"]}, "items[0]"),
    ({"items": [ITEM, dict(ITEM)]}, "items[1].code"),
    ({"domains": [{"code": "LAB"}, {"code": "LAB"}]}, "domains[1].code"),
    ({"domains": [{"code": "LAB"}, {"code": "LABORATORIES"}]}, "domains[1].code"),
    ({"domains": [{"code": "LAB"}, {"code": "../.."}]}, "domains[1].code"),
]


@pytest.mark.parametrize(("values", "path"), REFUSED_HEADS, ids=[f"{n}-{path}" for n, (_values, path) in enumerate(REFUSED_HEADS)])
def test_head_of_a_wrong_form_is_refused_with_its_path(values, path):
    assert path in [error.path for error in errors_of(text(head=values))]


@pytest.mark.parametrize("values", [{"title": "t" * 81}, {"description": "d" * 301}, {"weight": 0}, {"weight": 101}, {"order": 1}])
def test_domain_of_a_wrong_form_is_refused_with_its_path(values):
    assert [error.path for error in errors_of(text(domain=values))] == [f"domains[0].{next(iter(values))}"]


def test_error_reads_with_line_and_path():
    document = "code: own\nversion: '1'\ndomains:\n- code: LAB\nitems:\n- code: A-1\n  domain: LAB\n  steps: [a, b, c, d, e, f]\n"
    assert [str(e) for e in errors_of(document)] == ["line 8, items[0].steps: a list of at most 5 entries is needed."]


def test_what_is_missing_has_the_line_of_what_lacks_it():
    assert str(errors_of("code: own\nversion: '1'\nitems:\n- domain: LAB\n  title: T\n")[0]).startswith("line 4, items[0].code: a code ")


def test_all_errors_are_told_at_once():
    found = errors_of(text(item={"title": 7, "weight": 9, "colour": "red"}, head={"note": 7}))
    assert {error.path for error in found} == {"items[0].title", "items[0].weight", "items[0].colour", "note"}


def test_twenty_errors_are_enough():
    assert len(errors_of(text(item={f"key{n}": 1 for n in range(50)}))) == 20


def test_errors_read_one_to_a_line():
    with pytest.raises(BankFileErrors, match=r"(?s)line 5, items\[0\].*\nline 6, items\[1\]"):
        read_version("code: own\nversion: '1'\ndomains: []\nitems:\n- 1\n- 2\n")


@pytest.mark.parametrize("document", ["just words", "[]", "- a", b"\xff\xfe\x00", "a: [", "", "[" * 5000], ids=repr)
def test_document_that_is_no_version_is_refused(document):
    assert errors_of(document)


def test_thousand_items_are_the_most():
    items = "".join(f"- {{code: A-{n}, domain: LAB}}\n" for n in range(1001))
    assert "at most 1000 entries" in str(errors_of(f"code: own\nversion: '1'\ndomains: [{{code: LAB}}]\nitems:\n{items}")[0])
