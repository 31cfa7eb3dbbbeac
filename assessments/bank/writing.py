"""Write a version of a question bank as YAML that people can read and that reads back as the same version. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from assessments.bank.version import AT_LEAST, LEVEL, REQUIREMENT, BankDomain, BankItem, BankUse, BankVersion

WIDTH: Final = 120
# Texts that other readers of YAML might take for numbers, though ours does not.
LIKE_A_NUMBER: Final = re.compile(r"[-+]?[.\d][\w.:+-]*")
# A folded block keeps a text as it is only when no line end or space in it means anything.
FOLDS: Final = re.compile(r"[^\s\x7f-\x9f\u2028\u2029\ufeff]+( [^\s\x7f-\x9f\u2028\u2029\ufeff]+)*")


class _Dumper(yaml.SafeDumper):
    """Writes blocks, indents lists, never uses anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value again where it stands again."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key."""
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if LIKE_A_NUMBER.fullmatch(text):
        style = "'"
    elif len(text) > WIDTH and FOLDS.fullmatch(text):
        style = ">"
    elif "\n" in text or "\r" in text:
        style = "|" if all(FOLDS.fullmatch(line) for line in text.split("\n")) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_version(version: BankVersion) -> str:
    """Return the version as one YAML document; `reading.read_version` makes the same version of it."""
    return str(yaml.dump(_version(version), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False))


def _version(version: BankVersion) -> dict[str, Any]:
    head = {"code": version.code, "version": version.number, "title": version.title}
    head |= _unless_default({"description": (version.description, ""), "note": (version.note, "")})
    lists = {"domains": [_domain(d) for d in version.domains], "items": [_item(i) for i in version.items]}
    return head | {"language": version.language} | lists


def _domain(domain: BankDomain) -> dict[str, Any]:
    texts = {"code": domain.code, "title": domain.title}
    return texts | _unless_default({"description": (domain.description, "")}) | {"weight": _number(domain.weight)}


def _item(item: BankItem) -> dict[str, Any]:
    written = {"code": item.code, "domain": item.domain}
    return written | _unless_default(_wording(item) | _asking(item) | _measure(item) | _work(item) | _origin(item))


def _unless_default(entries: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    """Return the values without those that reading fills in by itself."""
    return {name: value for name, (value, default) in entries.items() if value != default}


def _wording(item: BankItem) -> dict[str, tuple[Any, Any]]:
    """Return what people read, each with its default."""
    actions = {"health_system": (item.action_health_system, ""), "vendor": (item.action_vendor, "")}
    return {
        "part": (item.part, REQUIREMENT),
        "kind": (item.kind, LEVEL),
        "title": (item.title, ""),
        "requirement": (item.requirement, ""),
        "question": (item.questions.get(""), None),
        "questions": ({role: text for role, text in item.questions.items() if role}, {}),
        "why": (item.why, ""),
        "usually_known_by": (item.usually_known_by, ""),
        "steps": (list(item.steps), []),
        "choices": ({choice.code: choice.label for choice in item.choices}, {}),
        "unit": (item.unit, ""),
        "direction": (item.direction, AT_LEAST),
        "evidence": (list(item.evidence), []),
        "action": (_unless_default(actions), {}),
    }


def _asking(item: BankItem) -> dict[str, tuple[Any, Any]]:
    """Return who is asked for which products, each with its default."""
    return {
        "product_types": ([use.product_type for use in item.uses], []),
        "roles": (list(item.roles), []),
        "also_when_short": (list(item.when_short), []),
        "gate_for": ([use.product_type for use in item.uses if use.gate], []),
        "core_for": (_cores(item.uses), {}),
    }


def _cores(uses: tuple[BankUse, ...]) -> dict[str, list[str]]:
    return {use.product_type: list(use.core) for use in uses if use.core}


def _measure(item: BankItem) -> dict[str, tuple[Any, Any]]:
    """Return how an answer is measured and when it is asked for, each with its default."""
    return {
        "need": (_number(item.need), 3),
        "need_kind": ("estimate" if item.need_is_estimate else "cited", "cited"),
        "need_from": (item.need_from, ""),
        "floor": (None if item.floor is None else _number(item.floor), None),
        "weight": (item.weight, 3),
        "condition": (item.condition, ""),
        "opens_when": (item.opens_when, ""),
        "barrier": (item.barrier, ""),
        "clarity_gap": (item.clarity_gap, ""),
    }


def _work(item: BankItem) -> dict[str, tuple[Any, Any]]:
    """Return what closing the gap takes, each with its default."""
    weeks = [_number(week) for week in item.lead_weeks]
    return {
        "lead_weeks": (dict(zip(("optimistic", "likely", "pessimistic"), weeks, strict=True)) if any(weeks) else {}, {}),
        "lead_kind": ("estimate" if item.lead_is_estimate else "cited", "estimate"),
        "effort_hours": ({pool: _number(hours) for pool, hours in item.effort_hours.items()}, {}),
        "effort_kind": ("estimate" if item.effort_is_estimate else "cited", "estimate"),
        "depends_on": (list(item.depends_on), []),
    }


def _origin(item: BankItem) -> dict[str, tuple[Any, Any]]:
    return {
        "source": (item.source, "practice guidance"),
        "source_kind": ("cited" if item.source_is_public else "practice", "practice"),
    }


def _number(number: float) -> int | float:
    """Return a whole number without its `.0`."""
    return int(number) if number == int(number) else number
