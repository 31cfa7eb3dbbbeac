"""Read and write the assessment bundle, version 1: one JSON document with all that is scored, under pseudonymous ids."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from assessments.bundle_fields import (
    ROOT,
    BundleError,
    Field,
    Reader,
    above_zero,
    code,
    list_of,
    mapping,
    nullable,
    number,
    one_of,
    only_true,
    record,
    text,
    truth,
    whole,
)
from assessments.bundle_rules import refuse_misfit, refuse_off_ladder, refuse_repeats, refuse_undeclared
from assessments.bundle_text import read_json, refuse_unsafe
from assessments.results import Result
from assessments.scored import (
    BUNDLE_FORMAT,
    BUNDLE_VERSION,
    ROLES,
    AgreedPlan,
    Answer,
    Bundle,
    Domain,
    Instrument,
    Item,
    Reconciliation,
    Respondent,
    Service,
    Site,
    Wave,
)

__all__ = ["BundleError", "bundle_document", "load_bundle", "parse_bundle", "result_document"]


def _made(make: Callable[..., Any], table: Mapping[str, Field]) -> Reader:
    read = record(table)
    return lambda value, path: make(**read(value, path))


def _item(value: object, path: str) -> Item:
    item = Item(**record(ITEM)(value, path))
    refuse_misfit(item, path)
    return item


def _answer(value: object, path: str) -> Answer:
    kinds = [kind for kind in ANSWER_KINDS if kind in mapping(value, path)]
    if len(kinds) != 1:
        raise BundleError(path, f"must hold exactly one of {', '.join(ANSWER_KINDS)}")
    return Answer(**record(ANSWER | ANSWER_KINDS[kinds[0]])(value, path))


role = one_of(*ROLES)
CODED = {"code": Field(code), "title": Field(text, "")}
SERVICE = CODED | {"sites": Field(list_of(code), ())}
WAVE = CODED | {"sites": Field(list_of(code))}
DOMAIN = CODED | {"weight": Field(above_zero, 1.0)}
ITEM = CODED | {
    "domain": Field(code),
    "kind": Field(one_of("level", "quantity")),
    "weight": Field(whole(1, 5)),
    "need": Field(number),
    "floor": Field(nullable(number), None),
    "gate": Field(truth, default=False),
    "unit": Field(nullable(text), None),
    "direction": Field(one_of("at_least", "at_most"), "at_least"),
    "roles": Field(list_of(role)),
    "accountable": Field(role),
}
RESPONDENT = {
    "id": Field(code),
    "role": Field(role),
    "state": Field(one_of("invited", "in_progress", "submitted")),
    "site": Field(nullable(code), None),
    "service": Field(nullable(code), None),
    "front_line": Field(truth, default=False),
    "stance": Field(nullable(whole(0, 4)), None),
}
ANSWER = {"item": Field(code), "respondent": Field(code)}
ANSWER_KINDS = {
    "value": {"value": Field(number), "evidence": Field(truth, default=False)},
    "unknown": {"unknown": Field(only_true)},
    "not_applicable": {"not_applicable": Field(only_true), "reason": Field(text, "")},
}
RECONCILIATION = {"item": Field(code), "value": Field(number)}
AGREED_PLAN = {"kind": Field(one_of("shortfall", "no_champion")), "code": Field(code)}
INSTRUMENT = {
    "code": Field(code),
    "version": Field(code),
    "domains": Field(list_of(_made(Domain, DOMAIN))),
    "items": Field(list_of(_item)),
}
BUNDLE = {
    "format": Field(one_of(BUNDLE_FORMAT)),
    "version": Field(whole(BUNDLE_VERSION, BUNDLE_VERSION)),
    "instrument": Field(_made(Instrument, INSTRUMENT)),
    "required_roles": Field(list_of(role)),
    "services": Field(list_of(_made(Service, SERVICE)), ()),
    "sites": Field(list_of(_made(Site, CODED)), ()),
    "waves": Field(list_of(_made(Wave, WAVE)), ()),
    "respondents": Field(list_of(_made(Respondent, RESPONDENT))),
    "answers": Field(list_of(_answer)),
    "reconciliations": Field(list_of(_made(Reconciliation, RECONCILIATION)), ()),
    "agreed_plans": Field(list_of(_made(AgreedPlan, AGREED_PLAN)), ()),
}


def parse_bundle(document: object) -> Bundle:
    """Return the bundle that a JSON value describes; BundleError with path and reason for anything that is not one."""
    refuse_unsafe(document)
    found = record(BUNDLE)(document, ROOT)
    del found["format"], found["version"]
    bundle = Bundle(**found)
    refuse_repeats(bundle)
    refuse_undeclared(bundle)
    refuse_off_ladder(bundle)
    return bundle


def load_bundle(text_or_bytes: str | bytes) -> Bundle:
    """Return the bundle in a JSON text (UTF-8, a byte order mark is skipped); BundleError when it holds none."""
    return parse_bundle(read_json(text_or_bytes))


def bundle_document(bundle: Bundle) -> dict[str, Any]:
    """Return the JSON document of a bundle: what `parse_bundle` reads back to an equal bundle."""
    document: dict[str, Any] = {"format": BUNDLE_FORMAT, "version": BUNDLE_VERSION} | _plain(bundle)
    document["answers"] = [_answer_document(answer) for answer in bundle.answers]
    return document


def result_document(result: Result) -> dict[str, Any]:
    """Return a result as `manage.py score` prints it, ready for JSON."""
    document: dict[str, Any] = _plain(result)
    return document


def _answer_document(answer: Answer) -> dict[str, Any]:
    who = {"item": answer.item, "respondent": answer.respondent}
    if answer.unknown:
        return who | {"unknown": True}
    if answer.not_applicable:
        return who | {"not_applicable": True, "reason": answer.reason}
    return who | {"value": answer.value, "evidence": answer.evidence}


def _plain(value: Any) -> Any:
    """Return dataclasses as objects and tuples as lists, all the way down."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(element) for element in value]
    return dict(value) if isinstance(value, Mapping) else value
