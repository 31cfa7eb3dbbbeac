"""Worked cases from outside the project: bundles with the result that is expected of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from assessments.bundles import parse_bundle, result_document
from assessments.scoring import score

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "scoring"
FILES = sorted(VECTORS.glob("*.json"))
MISSING = pytest.param(None, marks=pytest.mark.skip(reason="../shared/vectors/scoring is not on this machine"))


def arranged(document: dict[str, Any]) -> dict[str, Any]:
    """Sort every list whose order is free: gates and findings; items, domains and waves keep theirs."""
    lists = {name: sorted(document[name], key=_kind_and_code) for name in ("gates", "findings") if name in document}
    waves = {"waves": sorted((arranged(wave) for wave in document.get("waves", ())), key=lambda wave: wave["code"])}
    return document | lists | waves


def _kind_and_code(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["kind"], entry["code"]


def assert_equal(found: Any, expected: Any, path: str = "result") -> None:
    if isinstance(expected, dict):
        assert found.keys() == expected.keys(), path
        for key, value in expected.items():
            assert_equal(found[key], value, f"{path}.{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), path
        for index, value in enumerate(expected):
            assert_equal(found[index], value, f"{path}[{index}]")
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, abs=1e-6, rel=0), path
    else:
        assert found == expected, path


@pytest.mark.parametrize("file", FILES or [MISSING], ids=lambda file: file.stem if file else "absent")
def test_vector_scores_as_expected(file):
    vector = json.loads(file.read_text(encoding="utf-8"))

    found = json.loads(json.dumps(result_document(score(parse_bundle(vector["bundle"])))))

    assert_equal(arranged(found), arranged(vector["expected"]))
