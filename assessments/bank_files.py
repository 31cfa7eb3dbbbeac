"""Read a version of a question bank from its folder of YAML files: pure, and strict about every field."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROLES = frozenset(
    {
        "lab_director",
        "it_integration_lead",
        "compliance_privacy_security",
        "nursing_informatics",
        "patient_navigation",
        "clinician",
        "finance_supply_chain",
        "executive_sponsor",
        "transition_manager",
    }
)
PRODUCT_TYPES = frozenset({"send_out_test", "in_house_assay", "digital_engagement_platform", "remote_monitoring", "ai_decision_support"})
BARRIERS = frozenset({"workflow", "evidence", "economic", "operational"})
CLARITY_GAPS = frozenset({"outcome", "decision", "workflow", "capacity", "none"})
POOLS = ROLES | {"vendor"}
HIGHEST_LEVEL = 4
LEAD_NAMES = ("optimistic", "likely", "pessimistic")


class BankFileError(ValueError):
    """A file of a question bank that cannot be loaded; the message names file, item and field."""


@dataclass(frozen=True, slots=True)
class BankDomain:
    """A domain as the instrument's file describes it."""

    code: str
    title: str
    description: str
    weight: float


@dataclass(frozen=True, slots=True)
class BankItem:
    """One requirement as its domain's file describes it; `texts` by field name, `roles` with the accountable one first."""

    code: str
    domain: str
    texts: Mapping[str, str]
    roles: tuple[str, ...]
    product_types: tuple[str, ...]
    gate: bool
    floor: float | None
    need: float
    weight: int
    lead_weeks: tuple[float, float, float]
    effort_hours: Mapping[str, float]
    depends_on: tuple[str, ...]
    barrier: str
    clarity_gap: str
    source: str
    source_is_public: bool
    lead_is_estimate: bool
    effort_is_estimate: bool


@dataclass(frozen=True, slots=True)
class BankVersion:
    """A whole version: its domains and items in order, and the SHA-256 of the files it came from."""

    code: str
    number: str
    title: str
    description: str
    note: str
    language: str
    domains: tuple[BankDomain, ...]
    items: tuple[BankItem, ...]
    content_hash: str


def read_bank(folder: Path) -> BankVersion:
    """Return the version in the folder: `instrument.yaml` and one file per domain. Raises BankFileError."""
    head_file = folder / "instrument.yaml"
    if not head_file.is_file():
        raise BankFileError(f"{folder}: there is no instrument.yaml.")
    head = _mapping(_load(head_file), "instrument.yaml")
    domains = tuple(_domain(entry, position) for position, entry in enumerate(_list(head, "domains", "instrument.yaml")))
    files = [folder / f"{domain.code}.yaml" for domain in domains]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise BankFileError(f"{folder}: {', '.join(missing)} is missing.")
    items = tuple(item for domain, file in zip(domains, files, strict=True) for item in _items(domain.code, file))
    _refuse_duplicates("domain", (domain.code for domain in domains))
    _refuse_duplicates("item", (item.code for item in items))
    _refuse_unknown_dependencies(items)
    return BankVersion(
        code=_text(head, "code", "instrument.yaml", 60),
        number=_text(head, "version", "instrument.yaml", 20),
        title=_text(head, "title", "instrument.yaml", 160),
        description=_text(head, "description", "instrument.yaml"),
        note=_text(head, "note", "instrument.yaml"),
        language=_text(head, "language", "instrument.yaml", 5),
        domains=domains,
        items=items,
        content_hash=content_hash([head_file, *files]),
    )


def content_hash(files: Iterable[Path]) -> str:
    """Return the SHA-256 over names and contents of the files; line ends count as one, whatever the system."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _load(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise BankFileError(f"{file.name}: it is nested too deeply.") from error
    except (yaml.YAMLError, ValueError) as error:
        # A date or number that cannot be is a ValueError, as bytes that are not UTF-8 are.
        raise BankFileError(f"{file.name}: {' '.join(str(error).split())}") from error


def _items(domain: str, file: Path) -> list[BankItem]:
    entries = _load(file)
    if not isinstance(entries, list) or not entries:
        raise BankFileError(f"{file.name}: a list of items is needed.")
    return [_item(domain, _mapping(entry, file.name), f"{file.name}[{position}]") for position, entry in enumerate(entries)]


def _domain(entry: Any, position: int) -> BankDomain:
    place = f"instrument.yaml domains[{position}]"
    values = _mapping(entry, place)
    return BankDomain(
        _text(values, "code", place, 10),
        _text(values, "title", place, 80),
        _text(values, "description", place, 300),
        _between(values, "weight", place, 0.01, 100),
    )


def _item(domain: str, entry: Mapping[str, Any], place: str) -> BankItem:
    place = f"{place} {entry.get('code', '')}".strip()
    lead = _mapping(entry.get("lead_weeks"), f"{place} lead_weeks")
    weeks = tuple(_number(lead, name, f"{place} lead_weeks") for name in LEAD_NAMES)
    if list(weeks) != sorted(weeks):
        raise BankFileError(f"{place} lead_weeks: optimistic ≤ likely ≤ pessimistic is needed.")
    gate = entry.get("gate") is True
    floor = None if entry.get("floor") is None else _number(entry, "floor", place)
    need = _between(entry, "need", place, 0.01, HIGHEST_LEVEL)
    if gate and floor is None:
        raise BankFileError(f"{place} floor: a gate needs a floor.")
    if floor is not None and floor > need:
        raise BankFileError(f"{place} floor: at most the need is needed.")
    return BankItem(
        code=_text(entry, "code", place, 20),
        domain=domain,
        texts=_texts(entry, place),
        roles=_codes(entry, "roles", place, ROLES),
        product_types=_codes(entry, "product_types", place, PRODUCT_TYPES),
        gate=gate,
        floor=floor,
        need=need,
        weight=_weight(entry, place),
        lead_weeks=(weeks[0], weeks[1], weeks[2]),
        effort_hours=_efforts(entry, place),
        depends_on=tuple(str(code) for code in _list(entry, "depends_on", place)),
        barrier=_one_of(entry, "barrier", place, BARRIERS),
        clarity_gap=_one_of(entry, "clarity_gap", place, CLARITY_GAPS),
        source=_text(entry, "source", place, 400),
        source_is_public=entry.get("source_kind") == "cited",
        lead_is_estimate=entry.get("lead_kind") == "estimate",
        effort_is_estimate=entry.get("effort_kind") == "estimate",
    )


def _texts(entry: Mapping[str, Any], place: str) -> dict[str, str]:
    """Return an item's texts by field; a ladder has exactly five steps."""
    names = ("title", "requirement", "question", "why", "usually_known_by")
    texts = {name: _text(entry, name, place) for name in names}
    steps = _list(entry, "steps", place)
    if len(steps) != 5 or not all(_is_text(step) for step in steps):
        raise BankFileError(f"{place} steps: exactly five sentences are needed.")
    actions = _mapping(entry.get("action"), f"{place} action")
    texts |= {f"step_{level}": step.strip() for level, step in enumerate(steps)}
    texts |= {f"action_{side}": _text(actions, side, f"{place} action") for side in ("health_system", "vendor")}
    texts["evidence"] = "\n".join(str(proof) for proof in _list(entry, "evidence", place))
    return texts


def _efforts(entry: Mapping[str, Any], place: str) -> dict[str, float]:
    efforts = _mapping(entry.get("effort_hours"), f"{place} effort_hours")
    unknown = sorted(str(pool) for pool in set(efforts) - POOLS)
    if unknown:
        raise BankFileError(f"{place} effort_hours: {unknown[0]} is neither a role nor vendor.")
    return {pool: _number(efforts, pool, f"{place} effort_hours") for pool in efforts}


def _mapping(value: Any, place: str) -> Mapping[str, Any]:
    return _expect(value, lambda v: isinstance(v, dict), place, "a mapping")


def _list(values: Mapping[str, Any], name: str, place: str) -> list[Any]:
    return _expect(values.get(name), lambda v: isinstance(v, list), f"{place} {name}", "a list")


def _is_text(value: Any) -> bool:
    """Tell whether a value is a text with something in it that a database can store."""
    return isinstance(value, str) and value.strip() != "" and "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _text(values: Mapping[str, Any], name: str, place: str, longest: int = 5000) -> str:
    text = str(_expect(values.get(name), _is_text, f"{place} {name}", "a text")).strip()
    return str(_expect(text, lambda v: len(v) <= longest, f"{place} {name}", f"a text of at most {longest} characters"))


def _number(values: Mapping[str, Any], name: str, place: str) -> float:
    value = _expect(values.get(name), lambda v: isinstance(v, (int, float)) and not isinstance(v, bool), f"{place} {name}", "a number")
    return float(_expect(value, lambda v: 0 <= v < 100_000, f"{place} {name}", "a number from 0"))


def _between(values: Mapping[str, Any], name: str, place: str, low: float, high: float) -> float:
    wanted = f"a number from {low:g} to {high:g}"
    return float(_expect(_number(values, name, place), lambda v: low <= v <= high, f"{place} {name}", wanted))


def _weight(entry: Mapping[str, Any], place: str) -> int:
    return int(_expect(entry.get("weight"), lambda v: type(v) is int and 1 <= v <= 5, f"{place} weight", "a whole number from 1 to 5"))


def _one_of(values: Mapping[str, Any], name: str, place: str, known: frozenset[str]) -> str:
    return str(
        _expect(values.get(name), lambda v: isinstance(v, str) and v in known, f"{place} {name}", f"one of {', '.join(sorted(known))}")
    )


def _codes(values: Mapping[str, Any], name: str, place: str, known: frozenset[str]) -> tuple[str, ...]:
    codes = _list(values, name, place)
    unknown = [code for code in codes if not isinstance(code, str) or code not in known]
    if not codes or unknown or len(set(codes)) != len(codes):
        raise BankFileError(f"{place} {name}: one or more of {', '.join(sorted(known))} are needed, each once.")
    return tuple(codes)


def _expect(value: Any, holds: Callable[[Any], bool], place: str, wanted: str) -> Any:
    if not holds(value):
        raise BankFileError(f"{place}: {wanted} is needed.")
    return value


def _refuse_duplicates(what: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise BankFileError(f"{what} {code}: the code stands twice.")
        seen.add(code)


def _refuse_unknown_dependencies(items: Iterable[BankItem]) -> None:
    items = tuple(items)
    known = {item.code for item in items}
    for item in items:
        for code in item.depends_on:
            if code not in known:
                raise BankFileError(f"{item.code} depends_on: {code} is not an item of this bank.")
