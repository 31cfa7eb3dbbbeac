"""Readers of the fields of a bundle: each takes a JSON value and its path, and returns the value or raises BundleError.

Composed into tables by `bundles`; what concerns more than one field is in `bundle_rules`.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

ROOT = "document"
LONGEST_SHOWN = 60
REQUIRED = object()
KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (str, "a string"),
    (list, "a list"),
    (dict, "an object"),
    (type(None), "null"),
)

Reader = Callable[[Any, str], Any]


class BundleError(ValueError):
    """A bundle that cannot be read: `path` is the place in the document, `message` what is wrong there; one line."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class Field(NamedTuple):
    """A field of an object: how it is read, and what stands for it when it is absent."""

    read: Reader
    default: object = REQUIRED


def shown(value: str, longest: int = LONGEST_SHOWN) -> str:
    """Return a text as it can be shown on one line of any terminal: quoted, escaped, cut after `longest` characters."""
    return json.dumps(value if len(value) <= longest else f"{value[:longest]}...")


def at_key(path: str, key: str) -> str:
    """Return the path of a key of the object at a path."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,59}", key):
        return f"{path}[{shown(key)}]"
    return key if path == ROOT else f"{path}.{key}"


def at_index(path: str, index: int) -> str:
    """Return the path of an element (from 0) of the list at a path."""
    return f"{path}[{index}]"


def text(value: object, path: str) -> str:
    """Return a string."""
    if not isinstance(value, str):
        raise BundleError(path, f"must be a string, not {_kind_of(value)}")
    return value


def code(value: object, path: str) -> str:
    """Return a string that is not empty."""
    if not text(value, path):
        raise BundleError(path, "must not be empty")
    return text(value, path)


def truth(value: object, path: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise BundleError(path, f"must be true or false, not {_kind_of(value)}")
    return value


def only_true(value: object, path: str) -> bool:
    """Return true."""
    if value is not True:
        raise BundleError(path, "can only be true")
    return True


def number(value: object, path: str) -> float:
    """Return a number as it stands, an integer or not; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BundleError(path, f"must be a number, not {_kind_of(value)}")
    # Minus zero becomes zero, which otherwise shows in a figure or not, depending on the order of the answers.
    return value + 0


def above_zero(value: object, path: str) -> float:
    """Return a number above 0."""
    if number(value, path) <= 0:
        raise BundleError(path, "must be above 0")
    return number(value, path)


def not_negative(value: object, path: str) -> float:
    """Return a number of 0 or more."""
    if number(value, path) < 0:
        raise BundleError(path, "must not be below 0")
    return number(value, path)


def whole(lowest: int, highest: int) -> Reader:
    """Return a reader of integers from lowest to highest."""

    def read(value: object, path: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise BundleError(path, f"must be an integer from {lowest} to {highest}")
        return value

    return read


def one_of(*options: str) -> Reader:
    """Return a reader of one string out of several."""

    def read(value: object, path: str) -> str:
        if text(value, path) not in options:
            raise BundleError(path, f"must be one of {', '.join(options)}")
        return text(value, path)

    return read


def nullable(read: Reader) -> Reader:
    """Return a reader that lets null pass as None."""
    return lambda value, path: None if value is None else read(value, path)


def list_of(read: Reader) -> Reader:
    """Return a reader of a list, as a tuple."""

    def read_all(value: object, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BundleError(path, f"must be a list, not {_kind_of(value)}")
        return tuple(read(element, at_index(path, index)) for index, element in enumerate(value))

    return read_all


def record(fields: Mapping[str, Field]) -> Callable[[object, str], dict[str, Any]]:
    """Return a reader of an object with these fields and no other, as a dict with the defaults filled in."""

    def read(value: object, path: str) -> dict[str, Any]:
        found = mapping(value, path)
        for key in found:
            if key not in fields:
                raise BundleError(at_key(path, key), "is not a key of the format")
        return {key: _read_field(found, key, field, path) for key, field in fields.items()}

    return read


def mapping(value: object, path: str) -> dict[str, Any]:
    """Return an object as it stands."""
    if not isinstance(value, dict):
        raise BundleError(path, f"must be an object, not {_kind_of(value)}")
    return value


def _read_field(found: Mapping[str, Any], key: str, field: Field, path: str) -> object:
    if key in found:
        return field.read(found[key], at_key(path, key))
    if field.default is REQUIRED:
        raise BundleError(at_key(path, key), "is missing")
    return field.default


def _kind_of(value: object) -> str:
    return next((name for kind, name in KINDS if isinstance(value, kind)), "something else")
