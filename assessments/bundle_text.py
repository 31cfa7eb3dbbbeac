"""From the text of a bundle to plain JSON values, and what no part of a document may hold."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from sys import float_info
from typing import Any

from assessments.bundle_fields import ROOT, BundleError, at_index, at_key

DEEPEST = 20
LONGEST_NUMBER = 400
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class RepeatedKey(dict[str, Any]):
    """An object of which a key stood twice in the text; kept so that the error can name the path to it."""

    key: str


def read_json(text: str | bytes) -> object:
    """Return the JSON value of a text (UTF-8, a byte order mark is skipped); BundleError when it is not JSON.

    Numbers that are not finite and keys that stand twice pass as marked values: `refuse_unsafe` knows their path.
    """
    plain = _decoded(text).removeprefix("\ufeff")
    if not plain.strip():
        raise BundleError(ROOT, "is empty")
    try:
        return json.loads(plain, object_pairs_hook=_object, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise BundleError(ROOT, f"is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise BundleError(ROOT, f"is nested deeper than {DEEPEST} levels") from None


def refuse_unsafe(value: object, path: str = ROOT, depth: int = 1) -> None:
    """Raise BundleError where a document nests deeper than 20 levels or holds a text or number that it may not."""
    if isinstance(value, str):
        _refuse_text(value, path)
    elif isinstance(value, int | float):
        _refuse_number(value, path)
    elif isinstance(value, dict | list):
        if depth > DEEPEST:
            raise BundleError(path, f"is nested deeper than {DEEPEST} levels")
        for child_path, child in _children(value, path):
            refuse_unsafe(child, child_path, depth + 1)


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BundleError(ROOT, f"is not UTF-8 text: byte {error.start + 1} cannot be read") from None


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = RepeatedKey(found)
    times = Counter(key for key, _ in pairs)
    repeated.key = next(key for key in times if times[key] > 1)
    return repeated


def _integer(digits: str) -> float:
    # Python refuses to read an integer of thousands of digits, and would not say where it stands.
    return int(digits) if len(digits) <= LONGEST_NUMBER else float("inf")


def _children(value: dict[Any, Any] | list[Any], path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, list):
        yield from ((at_index(path, index), child) for index, child in enumerate(value))
        return
    if isinstance(value, RepeatedKey):
        raise BundleError(at_key(path, value.key), "stands twice in the same object")
    for key, child in value.items():
        if not isinstance(key, str):
            raise BundleError(path, "has a key that is not a string")
        _refuse_text(key, at_key(path, key))
        yield at_key(path, key), child


def _refuse_text(value: str, path: str) -> None:
    if unsafe := UNSAFE.search(value):
        number = ord(unsafe.group())
        kind = "a lone surrogate" if number >= 0xD800 else "a control character"
        raise BundleError(path, f"holds {kind} (U+{number:04X})")


def _refuse_number(value: float, path: str) -> None:
    if not -float_info.max <= value <= float_info.max:
        raise BundleError(path, "is not a finite number")
