"""Between an item of a question bank and the values of its form: what nobody touched comes back as it was."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from assessments.bank.version import AT_LEAST, POOLS, PRODUCT_TYPES, QUANTITY, ROLES, BankItem, BankUse

SAME = (
    "code",
    "domain",
    "part",
    "kind",
    "title",
    "requirement",
    "why",
    "usually_known_by",
    "need",
    "need_is_estimate",
    "need_from",
    "floor",
)
SAME_TOO = ("weight", "unit", "direction", "barrier", "clarity_gap", "condition", "opens_when", "lead_is_estimate", "effort_is_estimate")
LAST = ("action_health_system", "action_vendor", "source", "source_is_public")
WEEKS = ("optimistic", "likely", "pessimistic")
K = TypeVar("K")


def values_of(item: BankItem) -> dict[str, Any]:
    """Return an item as the values that its form starts from."""
    values = {name: getattr(item, name) for name in (*SAME, *SAME_TOO, *LAST)}
    values |= {f"question_{role}" if role else "question": text for role, text in item.questions.items()}
    values |= {f"step_{level}": step for level, step in enumerate(item.steps)}
    values |= {f"lead_{name}": weeks for name, weeks in zip(WEEKS, item.lead_weeks, strict=True)}
    values |= {f"effort_{pool}": hours for pool, hours in item.effort_hours.items()}
    for use in item.uses:
        values |= {f"asked_{use.product_type}": True, f"gate_{use.product_type}": use.gate, f"core_{use.product_type}": list(use.core)}
    return values | {
        "choices": "\n".join(f"{choice.code}: {choice.label}" for choice in item.choices),
        "accountable": item.roles[0] if item.roles else "",
        "checks": list(item.roles[1:]),
        "when_short": list(item.when_short),
        "evidence": "\n".join(item.evidence),
        "depends_on": ", ".join(item.depends_on),
    }


def item_of(values: Mapping[str, Any], before: BankItem | None) -> BankItem:
    """Return the item that a form's cleaned values describe; entries that were there before keep their order."""
    old = before or BankItem(code="", domain="")
    plain = {name: values[name] for name in (*SAME, *SAME_TOO, *LAST)}
    plain["direction"] = values["direction"] if values["kind"] == QUANTITY else AT_LEAST
    return BankItem(
        **plain,
        questions=_questions(values, old),
        steps=_steps(values),
        choices=values["choices"],
        evidence=values["evidence"],
        roles=_roles(values, old),
        when_short=tuple(_as_before(values["when_short"], old.when_short)),
        uses=tuple(_use(values, product_type, old) for product_type in _types(values, old)),
        lead_weeks=(_number(values, "lead_optimistic"), _number(values, "lead_likely"), _number(values, "lead_pessimistic")),
        effort_hours=_efforts(values, old),
        depends_on=values["depends_on"],
    )


def _as_before(chosen: Iterable[K], before: Iterable[K]) -> list[K]:
    """Return what was chosen: first what was there before, in its order."""
    wanted = list(chosen)
    kept = [each for each in before if each in wanted]
    return kept + [each for each in wanted if each not in kept]


def _questions(values: Mapping[str, Any], old: BankItem) -> dict[str, str]:
    typed = {"": values["question"], **{role: values[f"question_{role}"] for role in ROLES}}
    filled = {role: text for role, text in typed.items() if text}
    return {role: filled[role] for role in _as_before(filled, old.questions)}


def _steps(values: Mapping[str, Any]) -> tuple[str, ...]:
    steps = tuple(values[f"step_{level}"] for level in range(5))
    return steps if any(steps) else ()


def _roles(values: Mapping[str, Any], old: BankItem) -> tuple[str, ...]:
    """Return who is asked, the accountable role first; without one, nobody can be."""
    first = values["accountable"]
    checks = [role for role in _as_before(values["checks"], old.roles) if role != first]
    return (first, *checks) if first else tuple(checks)


def _types(values: Mapping[str, Any], old: BankItem) -> list[str]:
    asked = [product_type for product_type in PRODUCT_TYPES if values[f"asked_{product_type}"]]
    return _as_before(asked, [use.product_type for use in old.uses])


def _use(values: Mapping[str, Any], product_type: str, old: BankItem) -> BankUse:
    before = next((use.core for use in old.uses if use.product_type == product_type), ())
    return BankUse(product_type, values[f"gate_{product_type}"], tuple(_as_before(values[f"core_{product_type}"], before)))


def _efforts(values: Mapping[str, Any], old: BankItem) -> dict[str, float]:
    typed = {pool: values[f"effort_{pool}"] for pool in POOLS}
    filled = {pool: hours for pool, hours in typed.items() if hours is not None}
    return {pool: filled[pool] for pool in _as_before(filled, old.effort_hours)}


def _number(values: Mapping[str, Any], name: str) -> float:
    return float(values[name] or 0)
