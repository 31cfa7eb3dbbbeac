"""Whatever stands in a file, it is read or refused; nothing else ever happens."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.marks import BankFileErrors
from assessments.bank.reading import read_version

KEYS = ["code", "domain", "part", "kind", "title", "question", "questions", "steps", "choices", "evidence", "action", "roles", "core_for"]
MORE_KEYS = [
    "product_types",
    "gate_for",
    "need",
    "floor",
    "weight",
    "lead_weeks",
    "effort_hours",
    "depends_on",
    "domains",
    "items",
    "version",
]
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, *MORE_KEYS, "clinician", "x"]), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*KEYS, *MORE_KEYS]), plain), st.dictionaries(st.sampled_from([*KEYS, *MORE_KEYS]), plain))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_where_is_read_or_refused(item, head):
    with suppress(BankFileErrors):
        assert read_version(json.dumps({"code": "own", "version": "1", "items": [{"code": "A-1"} | item]} | head)).code == head.get(
            "code", "own"
        )
