"""Reading and writing the bundle: what is refused, by path and message, and what is read."""

import json
from copy import deepcopy
from sys import float_info

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.bundles import BundleError, bundle_document, load_bundle, parse_bundle, result_document
from assessments.scored import ROLES, Answer, Domain, Item, Respondent, Service, Wave
from assessments.scoring import score
from tests.assessments.small_bundles import LAB, make_bundle, make_document, make_quantity
from tests.assessments.strategies import bundles

ABSENT = object()
ITEM = "instrument.items[0]"


def changed(where, value):
    """Return the valid document with one place set to a value, or taken away; (…, "+") appends to a list."""
    document = deepcopy(make_document())
    *parents, last = where
    place = document
    for step in parents:
        place = place[step]
    if value is ABSENT:
        del place[last]
    elif last == "+":
        place.append(value)
    else:
        place[last] = value
    return document


def refusal(document) -> BundleError:
    with pytest.raises(BundleError) as caught:
        parse_bundle(document)
    return caught.value


def item(key):
    return ("instrument", "items", 0, key)


def quantity(key):
    return ("instrument", "items", 1, key)


def first(part, key):
    return (part, 0, key)


TYPES = [
    (("format",), "other", "format", "must be one of readiness-assessment"),
    (("format",), 1, "format", "must be a string, not a number"),
    (("version",), 2, "version", "must be an integer from 1 to 1"),
    (("version",), True, "version", "must be an integer from 1 to 1"),
    (("version",), 1.0, "version", "must be an integer from 1 to 1"),
    (("version",), "1", "version", "must be an integer from 1 to 1"),
    (("instrument",), [], "instrument", "must be an object, not a list"),
    (("instrument", "code"), "", "instrument.code", "must not be empty"),
    (("instrument", "version"), 1, "instrument.version", "must be a string, not a number"),
    (("instrument", "domains"), {}, "instrument.domains", "must be a list, not an object"),
    (("instrument", "domains", 0), None, "instrument.domains[0]", "must be an object, not null"),
    (("instrument", "domains", 0, "weight"), 0, "instrument.domains[0].weight", "must be above 0"),
    (("instrument", "domains", 0, "weight"), True, "instrument.domains[0].weight", "must be a number, not true or false"),
    (("instrument", "domains", 0, "title"), None, "instrument.domains[0].title", "must be a string, not null"),
    (item("code"), "", f"{ITEM}.code", "must not be empty"),
    (item("title"), 5, f"{ITEM}.title", "must be a string, not a number"),
    (item("kind"), "choice", f"{ITEM}.kind", "must be one of level, quantity"),
    (item("weight"), 0, f"{ITEM}.weight", "must be an integer from 1 to 5"),
    (item("weight"), 6, f"{ITEM}.weight", "must be an integer from 1 to 5"),
    (item("weight"), 2.5, f"{ITEM}.weight", "must be an integer from 1 to 5"),
    (item("weight"), True, f"{ITEM}.weight", "must be an integer from 1 to 5"),
    (item("gate"), 1, f"{ITEM}.gate", "must be true or false, not a number"),
    (item("unit"), 1, f"{ITEM}.unit", "must be a string, not a number"),
    (item("direction"), "exactly", f"{ITEM}.direction", "must be one of at_least, at_most"),
    (item("roles"), LAB, f"{ITEM}.roles", "must be a list, not a string"),
    (item("roles"), [LAB, "boss"], f"{ITEM}.roles[1]", f"must be one of {', '.join(ROLES)}"),
    (item("accountable"), "boss", f"{ITEM}.accountable", f"must be one of {', '.join(ROLES)}"),
    (("required_roles", 0), "boss", "required_roles[0]", f"must be one of {', '.join(ROLES)}"),
    (first("services", "sites"), None, "services[0].sites", "must be a list, not null"),
    (first("respondents", "id"), 7, "respondents[0].id", "must be a string, not a number"),
    (first("respondents", "role"), "boss", "respondents[0].role", f"must be one of {', '.join(ROLES)}"),
    (first("respondents", "state"), "withdrawn", "respondents[0].state", "must be one of invited, in_progress, submitted"),
    (first("respondents", "front_line"), "yes", "respondents[0].front_line", "must be true or false, not a string"),
    (first("respondents", "stance"), 5, "respondents[0].stance", "must be an integer from 0 to 4"),
    (first("respondents", "stance"), -1, "respondents[0].stance", "must be an integer from 0 to 4"),
    (first("answers", "evidence"), 1, "answers[0].evidence", "must be true or false, not a number"),
    (first("answers", "value"), None, "answers[0].value", "must be a number, not null"),
    (first("answers", "value"), "3", "answers[0].value", "must be a number, not a string"),
    (first("answers", "value"), True, "answers[0].value", "must be a number, not true or false"),
    (first("answers", "value"), [3], "answers[0].value", "must be a number, not a list"),
    (("answers", 1, "unknown"), False, "answers[1].unknown", "can only be true"),
    (("answers", 1, "unknown"), 1, "answers[1].unknown", "can only be true"),
    (("answers", 2, "not_applicable"), False, "answers[2].not_applicable", "can only be true"),
    (("answers", 2, "reason"), None, "answers[2].reason", "must be a string, not null"),
    (("answers", 0), "LAB-01", "answers[0]", "must be an object, not a string"),
    (("answers", 0), (1, 2), "answers[0]", "must be an object, not something else"),
    (first("reconciliations", "value"), False, "reconciliations[0].value", "must be a number, not true or false"),
    (first("agreed_plans", "kind"), "unknown", "agreed_plans[0].kind", "must be one of shortfall, no_champion"),
]
RULES = [
    (item("need"), 0, f"{ITEM}.need", "must be an integer from 1 to 4"),
    (item("need"), 5, f"{ITEM}.need", "must be an integer from 1 to 4"),
    (item("need"), 2.5, f"{ITEM}.need", "must be an integer from 1 to 4"),
    (item("need"), True, f"{ITEM}.need", "must be a number, not true or false"),
    (item("floor"), 4, f"{ITEM}.floor", "asks more than the need: it must not be above it"),
    (item("floor"), -1, f"{ITEM}.floor", "must be an integer from 0 to 4"),
    (item("floor"), 1.5, f"{ITEM}.floor", "must be an integer from 0 to 4"),
    (item("floor"), None, f"{ITEM}.floor", "is missing: a gate has a floor"),
    (item("floor"), ABSENT, f"{ITEM}.floor", "is missing: a gate has a floor"),
    (item("direction"), "at_most", f"{ITEM}.direction", "must be at_least for a level"),
    (item("roles"), [], f"{ITEM}.roles", "must not be empty"),
    (item("accountable"), "clinician", f"{ITEM}.accountable", "must be one of the item's roles"),
    (quantity("need"), 0, "instrument.items[1].need", "must be above 0"),
    (quantity("need"), -1, "instrument.items[1].need", "must be above 0"),
    (quantity("floor"), 13.9, "instrument.items[1].floor", "asks more than the need: it must not be below it"),
    (quantity("floor"), -0.1, "instrument.items[1].floor", "must not be below 0"),
    (quantity("direction"), "at_least", "instrument.items[1].floor", "asks more than the need: it must not be above it"),
    (first("answers", "value"), 5, "answers[0].value", "must be an integer from 0 to 4"),
    (first("answers", "value"), -1, "answers[0].value", "must be an integer from 0 to 4"),
    (first("answers", "value"), 2.5, "answers[0].value", "must be an integer from 0 to 4"),
    (("answers", 3, "value"), -0.5, "answers[3].value", "must not be below 0"),
    (first("reconciliations", "value"), 5, "reconciliations[0].value", "must be an integer from 0 to 4"),
    (first("answers", "unknown"), True, "answers[0]", "must hold exactly one of value, unknown, not_applicable"),
    (("answers", 1, "unknown"), ABSENT, "answers[1]", "must hold exactly one of value, unknown, not_applicable"),
    (("answers", 1, "evidence"), True, "answers[1].evidence", "is not a key of the format"),
    (first("answers", "reason"), "so", "answers[0].reason", "is not a key of the format"),
]
UNDECLARED = [
    (item("domain"), f"{ITEM}.domain", "instrument.domains"),
    (("services", 0, "sites", 0), "services[0].sites[0]", "sites"),
    (("waves", 0, "sites", 0), "waves[0].sites[0]", "sites"),
    (first("respondents", "site"), "respondents[0].site", "sites"),
    (("respondents", 2, "service"), "respondents[2].service", "services"),
    (first("answers", "item"), "answers[0].item", "instrument.items"),
    (first("answers", "respondent"), "answers[0].respondent", "respondents"),
    (first("reconciliations", "item"), "reconciliations[0].item", "instrument.items"),
    (first("agreed_plans", "code"), "agreed_plans[0].code", "instrument.items"),
    (("agreed_plans", 1, "code"), "agreed_plans[1].code", "services"),
]
REPEATED = [
    (("instrument", "domains"), "instrument.domains"),
    (("instrument", "items"), "instrument.items"),
    (("instrument", "items", 0, "roles"), f"{ITEM}.roles"),
    (("required_roles",), "required_roles"),
    (("services",), "services"),
    (("services", 0, "sites"), "services[0].sites"),
    (("sites",), "sites"),
    (("waves",), "waves"),
    (("waves", 0, "sites"), "waves[0].sites"),
    (("respondents",), "respondents"),
    (("answers",), "answers"),
    (("reconciliations",), "reconciliations"),
    (("agreed_plans",), "agreed_plans"),
]
REQUIRED = [
    *[(key,) for key in ("format", "version", "instrument", "required_roles", "respondents", "answers")],
    *[("instrument", key) for key in ("code", "version", "domains", "items")],
    ("instrument", "domains", 0, "code"),
    *[item(key) for key in ("code", "domain", "kind", "weight", "need", "roles", "accountable")],
    ("services", 0, "code"),
    ("sites", 0, "code"),
    *[("waves", 0, key) for key in ("code", "sites")],
    *[("respondents", 0, key) for key in ("id", "role", "state")],
    *[("answers", 0, key) for key in ("item", "respondent")],
    *[("reconciliations", 0, key) for key in ("item", "value")],
    *[("agreed_plans", 0, key) for key in ("kind", "code")],
]
OBJECTS = [
    (),
    ("instrument",),
    *[("instrument", part, 0) for part in ("domains", "items")],
    *[(part, 0) for part in ("services", "sites", "waves", "respondents", "answers", "reconciliations", "agreed_plans")],
    ("answers", 1),
    ("answers", 2),
]


def path_of(where):
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where).removeprefix(".")


def test_valid_document_is_read():
    bundle = parse_bundle(make_document())

    assert bundle.instrument.items[1].direction == "at_most"
    assert bundle.answers[0] == Answer(item="LAB-01", respondent="r1", value=4, evidence=True)
    assert bundle.answers[2] == Answer(item="LAB-01", respondent="r3", not_applicable=True, reason="no laboratory")
    assert bundle.waves == (Wave(code="first", title="First wave", sites=("hub",)),)


@pytest.mark.parametrize(("where", "value", "path", "message"), TYPES + RULES)
def test_wrong_value_is_refused(where, value, path, message):
    error = refusal(changed(where, value))

    assert (error.path, error.message) == error.args == (path, message)
    assert str(error) == f"{path}: {message}"


@pytest.mark.parametrize(("where", "path", "home"), UNDECLARED)
def test_undeclared_code_is_refused(where, path, home):
    assert str(refusal(changed(where, "nowhere"))) == f'{path}: "nowhere" is not declared in {home}'


@pytest.mark.parametrize(("where", "path"), REPEATED)
def test_repeated_entry_is_refused(where, path):
    entries = make_document()
    for step in where:
        entries = entries[step]

    error = refusal(changed((*where, "+"), entries[0]))

    assert (error.path, error.message) == (f"{path}[{len(entries)}]", f"repeats {path}[0]")


def test_second_answer_of_another_kind_is_refused():
    second = {"item": "LAB-01", "respondent": "r1", "unknown": True}

    assert str(refusal(changed(("answers", "+"), second))) == "answers[4]: repeats answers[0]"


@pytest.mark.parametrize("where", REQUIRED, ids=path_of)
def test_missing_key_is_refused(where):
    assert str(refusal(changed(where, ABSENT))) == f"{path_of(where)}: is missing"


@pytest.mark.parametrize("where", OBJECTS, ids=path_of)
def test_unknown_key_is_refused(where):
    assert str(refusal(changed((*where, "colour"), "red"))) == f"{path_of((*where, 'colour'))}: is not a key of the format"


@pytest.mark.parametrize("document", [None, [], "bundle", 1, True, 1.5])
def test_document_that_is_no_object_is_refused(document):
    assert refusal(document).path == "document"


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("two words", 'document["two words"]'),
        ("", 'document[""]'),
        ("a]: b\\", 'document["a]: b\\\\"]'),
        ("ключ\u202e", 'document["\\u043a\\u043b\\u044e\\u0447\\u202e"]'),
        ("x" * 60, "x" * 60),
        (" " + "x" * 59, f'document[" {"x" * 59}"]'),
        ("x" * 61, f'document["{"x" * 60}..."]'),
    ],
)
def test_strange_key_is_named_on_one_plain_line(key, path):
    assert str(refusal(make_document() | {key: 1})) == f"{path}: is not a key of the format"


def test_strange_code_is_named_on_one_plain_line():
    error = refusal(changed(("answers", 0, "item"), "\u2028" + "x" * 1_000_000))

    assert str(error) == f'answers[0].item: "\\u2028{"x" * 59}..." is not declared in instrument.items'


@pytest.mark.parametrize(
    ("character", "message"),
    [
        ("\x00", "holds a control character (U+0000)"),
        ("\n", "holds a control character (U+000A)"),
        ("\x7f", "holds a control character (U+007F)"),
        ("\x85", "holds a control character (U+0085)"),
        ("\ud800", "holds a lone surrogate (U+D800)"),
        ("\udfff", "holds a lone surrogate (U+DFFF)"),
    ],
)
def test_character_that_no_string_may_hold_is_refused(character, message):
    assert str(refusal(changed(item("title"), f"a{character}b"))) == f"{ITEM}.title: {message}"
    assert refusal(make_document() | {f"a{character}": 1}).message == message


def test_foreign_script_and_emoji_are_read():
    title = "Лаборатория 検査室 🧪 e\u0301"

    assert parse_bundle(changed(item("title"), title)).instrument.items[0].title == title


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 10**400, -(10**400)])
def test_number_that_is_not_finite_is_refused(number):
    assert str(refusal(changed(("answers", 3, "value"), number))) == "answers[3].value: is not a finite number"


def test_key_that_is_no_string_is_refused():
    assert str(refusal({1: 2})) == "document: has a key that is not a string"


def nested(levels):
    value = "deep"
    for _ in range(levels):
        value = [value]
    return value


def test_nesting_of_20_levels_is_a_wrong_type_and_of_21_too_deep():
    assert refusal(nested(20)).message == "must be an object, not a list"
    assert refusal(nested(21)).message == "is nested deeper than 20 levels"


def test_document_that_holds_itself_is_refused():
    document = make_document()
    document["answers"] = [document]

    assert refusal(document).message == "is nested deeper than 20 levels"


def test_absent_keys_have_their_defaults():
    document = make_document()
    for key in ("services", "sites", "waves", "reconciliations", "agreed_plans"):
        del document[key]
    minimal = {"code": "LAB-01", "domain": "LAB", "kind": "level", "weight": 1, "need": 1, "roles": [LAB], "accountable": LAB}
    document["instrument"] |= {"domains": [{"code": "LAB"}], "items": [minimal]}
    document["respondents"] = [{"id": "r1", "role": LAB, "state": "invited"}]
    document["answers"] = [{"item": "LAB-01", "respondent": "r1", "not_applicable": True}]

    bundle = parse_bundle(document)

    assert bundle.instrument.domains == (Domain(code="LAB", title="", weight=1),)
    assert bundle.instrument.items == (
        Item(
            code="LAB-01",
            domain="LAB",
            kind="level",
            weight=1,
            need=1,
            roles=(LAB,),
            accountable=LAB,
            title="",
            floor=None,
            gate=False,
            unit=None,
            direction="at_least",
        ),
    )
    assert bundle.respondents == (Respondent(id="r1", role=LAB, state="invited", site=None, service=None, front_line=False, stance=None),)
    assert bundle.answers == (Answer(item="LAB-01", respondent="r1", not_applicable=True, evidence=False, reason=""),)
    assert (bundle.services, bundle.sites, bundle.waves, bundle.reconciliations, bundle.agreed_plans) == ((), (), (), (), ())


def test_service_may_name_no_sites():
    assert parse_bundle(changed(("services", 0, "sites"), ABSENT)).services == (Service(code="oncology", title="Oncology", sites=()),)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (item("floor"), 3),
        (item("floor"), 0),
        (quantity("floor"), 14),
        (quantity("floor"), 14 - 9e-10),
        (("answers", 3, "value"), 0),
        (("answers", 3, "value"), float_info.max),
        (quantity("need"), 0.5),
        (("respondents", 1, "stance"), 0),
        (("waves", 0, "sites"), []),
    ],
)
def test_value_at_its_limit_is_read(where, value):
    parse_bundle(changed(where, value))


def test_item_that_is_no_gate_may_have_a_floor():
    assert parse_bundle(changed(item("gate"), ABSENT)).instrument.items[0].floor == 2


def test_minus_zero_is_zero():
    bundle = parse_bundle(changed(("answers", 3, "value"), -0.0))

    assert str(bundle.answers[3].value) == "0.0"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(make_document()),
        json.dumps(make_document()).encode(),
        "\ufeff" + json.dumps(make_document()),
        b"\xef\xbb\xbf" + json.dumps(make_document(), indent=4).encode() + b"\r\n",
    ],
)
def test_text_is_read(text):
    assert load_bundle(text) == parse_bundle(make_document())


WITH_KEY = json.dumps(make_document())[:-1]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"", "document: is empty"),
        ("  \n", "document: is empty"),
        (b"\xef\xbb\xbf", "document: is empty"),
        (b"\x89PNG\r\n", "document: is not UTF-8 text: byte 1 cannot be read"),
        ('{"a": 1}'.encode("utf-16"), "document: is not UTF-8 text: byte 1 cannot be read"),
        ("{", "document: is not JSON: Expecting property name enclosed in double quotes, line 1, column 2"),
        ('{"format": "x",\n}', "document: is not JSON: Expecting property name enclosed in double quotes, line 2, column 1"),
        ("{} {}", "document: is not JSON: Extra data, line 1, column 4"),
        ('{"a": "\x00"}', "document: is not JSON: Invalid control character at, line 1, column 8"),
        ("[" * 100_000, "document: is nested deeper than 20 levels"),
        ('{"a":' * 100_000, "document: is nested deeper than 20 levels"),
        ("NaN", "document: is not a finite number"),
        ('{"version": Infinity}', "version: is not a finite number"),
        ('{"version": 1e999}', "version: is not a finite number"),
        ('{"version": -' + "9" * 5000 + "}", "version: is not a finite number"),
        ('{"version": ' + "9" * 399 + "}", "version: is not a finite number"),
        ('{"version": 1, "version": 1}', "version: stands twice in the same object"),
        ('{"answers": [{}, {"item": "a", "x": 1, "x": 2}]}', "answers[1].x: stands twice in the same object"),
        ('{"a": "\\ud800"}', "a: holds a lone surrogate (U+D800)"),
        ('{"a\\u0000": 1}', 'document["a\\u0000"]: holds a control character (U+0000)'),
        (WITH_KEY + ', "colour": 1}', "colour: is not a key of the format"),
    ],
)
def test_text_that_holds_no_bundle_is_refused(text, line):
    with pytest.raises(BundleError) as caught:
        load_bundle(text)

    assert str(caught.value) == line


def test_repeated_key_is_found_in_a_huge_object_without_comparing_every_pair():
    keys = [f'"k{number}": 1' for number in range(200_000)]

    with pytest.raises(BundleError) as caught:
        load_bundle("{" + ", ".join([*keys, keys[-1]]) + "}")

    assert str(caught.value) == "k199999: stands twice in the same object"


def test_document_round_trips():
    bundle = parse_bundle(make_document())

    assert parse_bundle(json.loads(json.dumps(bundle_document(bundle)))) == bundle


def test_document_says_every_answer_in_its_own_way():
    answers = bundle_document(parse_bundle(make_document()))["answers"]

    assert answers == [
        {"item": "LAB-01", "respondent": "r1", "value": 4, "evidence": True},
        {"item": "LAB-01", "respondent": "r2", "unknown": True},
        {"item": "LAB-01", "respondent": "r3", "not_applicable": True, "reason": "no laboratory"},
        {"item": "LAB-02", "respondent": "r1", "value": 12.5, "evidence": False},
    ]


def test_result_document_is_plain_json():
    document = result_document(score(make_bundle(items=(make_quantity(),))))

    assert document == json.loads(json.dumps(document))
    assert document["overall"] == {"score": None, "low": 0.0, "high": 100.0, "coverage": 0.0}
    assert document["scoring_version"] == 1


@given(bundles())
def test_any_bundle_round_trips(bundle):
    assert load_bundle(json.dumps(bundle_document(bundle), allow_nan=False)) == bundle


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5)
documents = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4))


def read_or_refused(read, document) -> str:
    """Return the printed result of what was read, or the error; anything but a BundleError escapes."""
    try:
        bundle = read(document)
    except BundleError as error:
        return str(error)
    return json.dumps(result_document(score(bundle)), allow_nan=False)


@given(documents)
def test_any_json_is_read_or_refused(document):
    assert read_or_refused(parse_bundle, document).isprintable()


@given(st.binary() | st.text())
def test_any_text_is_read_or_refused(text):
    assert read_or_refused(load_bundle, text).isprintable()


def places_in(document, where=()):
    """Yield where every value of a document is."""
    entries = document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    for key, value in entries:
        yield (*where, key)
        yield from places_in(value, (*where, key))


@given(st.sampled_from(list(places_in(make_document()))), st.just(ABSENT) | documents | st.sampled_from([0, 1, 4, LAB, "LAB-01", "r1"]))
def test_any_change_of_a_bundle_is_read_or_refused(where, value):
    document = make_document()
    place = document
    for step in where[:-1]:
        place = place[step]
    if value is ABSENT:
        del place[where[-1]]
    else:
        place[where[-1]] = value

    assert read_or_refused(parse_bundle, document).isprintable()
