"""Between a question bank's plain values and its rows: store a version, and read it back whole."""

from collections.abc import Iterable

from assessments.bank.minutes import seconds
from assessments.bank.version import BankDomain, BankItem, BankUse, BankVersion, Choice
from assessments.models import (
    Direction,
    Domain,
    InstrumentVersion,
    Item,
    ItemDependency,
    ItemEffort,
    ItemProductType,
    ItemRole,
    ItemText,
    Kind,
    Part,
    TextField,
)

PLAIN_TEXTS = (
    TextField.TITLE,
    TextField.REQUIREMENT,
    TextField.WHY,
    TextField.KNOWN_BY,
    TextField.ACTION_HEALTH_SYSTEM,
    TextField.ACTION_VENDOR,
)
STEPS = (TextField.STEP_0, TextField.STEP_1, TextField.STEP_2, TextField.STEP_3, TextField.STEP_4)
SAME = ("code", "kind", "part", "need", "need_is_estimate", "need_from", "floor", "weight", "unit", "direction", "condition", "opens_when")
SAME_TOO = ("lead_is_estimate", "effort_is_estimate", "barrier", "clarity_gap", "source", "source_is_public")


def store_contents(version: InstrumentVersion, bank: BankVersion) -> None:
    """Write domains and items of a bank under a draft that holds none yet."""
    domains = {
        d.code: Domain(version=version, code=d.code, title=d.title, description=d.description, weight=d.weight, position=position)
        for position, d in enumerate(bank.domains)
    }
    Domain.objects.bulk_create(domains.values())
    pairs = [(item_row(version, domains[item.domain], item, position), item) for position, item in enumerate(bank.items)]
    Item.objects.bulk_create(row for row, _ in pairs)
    store_parts(pairs, bank.language)


def item_row(version: InstrumentVersion, domain: Domain, item: BankItem, position: int) -> Item:
    """Return the unsaved row of an item."""
    row = Item(version=version, domain=domain, position=position)
    fill_item(row, item)
    return row


def fill_item(row: Item, item: BankItem) -> None:
    """Set an item's own columns."""
    for name in (*SAME, *SAME_TOO):
        setattr(row, name, getattr(item, name))
    row.lead_optimistic, row.lead_likely, row.lead_pessimistic = item.lead_weeks


def store_parts(pairs: Iterable[tuple[Item, BankItem]], language: str) -> None:
    """Write roles, product types, efforts, dependencies and texts of items that have none yet."""
    pairs = list(pairs)
    ItemRole.objects.bulk_create(part for row, item in pairs for part in _roles(row, item))
    ItemProductType.objects.bulk_create(
        ItemProductType(item=row, product_type=use.product_type, gate=use.gate, core_roles=list(use.core))
        for row, item in pairs
        for use in item.uses
    )
    ItemEffort.objects.bulk_create(ItemEffort(item=row, pool=p, hours=h) for row, item in pairs for p, h in item.effort_hours.items())
    ItemDependency.objects.bulk_create(ItemDependency(item=row, needs_code=code) for row, item in pairs for code in item.depends_on)
    ItemText.objects.bulk_create(
        ItemText(item=row, role=role, field=field, text=text, language=language)
        for row, item in pairs
        for (role, field), text in texts_of(item).items()
    )


def _roles(row: Item, item: BankItem) -> list[ItemRole]:
    roles = (*item.roles, *item.when_short)
    return [
        ItemRole(
            item=row,
            role=role,
            accountable=position == 0 and bool(item.roles),
            position=position,
            when_short=role in item.when_short,
            seconds=seconds(item, role),
        )
        for position, role in enumerate(roles)
    ]


def texts_of(item: BankItem) -> dict[tuple[str, str], str]:
    """Return an item's texts by role ("" for all) and field, the empty ones left out."""
    texts: dict[tuple[str, str], str] = {("", field): getattr(item, field) for field in PLAIN_TEXTS}
    texts |= {(role, TextField.QUESTION): question for role, question in item.questions.items()}
    texts |= {("", STEPS[level]): step for level, step in enumerate(item.steps[: len(STEPS)])}
    texts["", TextField.EVIDENCE] = "\n".join(item.evidence)
    texts["", TextField.CHOICES] = "\n".join(f"{choice.code}: {choice.label}" for choice in item.choices)
    return {key: text for key, text in texts.items() if text}


def bank_of(version: InstrumentVersion) -> BankVersion:
    """Return a version as plain values, in its own language; eight queries, however many items."""
    items = version.items.whole().order_by("domain__position", "position")
    return BankVersion(
        code=version.instrument.code,
        number=version.number,
        title=version.bank_title,
        description=version.description,
        note=version.note,
        language=version.language,
        domains=tuple(BankDomain(d.code, d.title, d.description, d.weight) for d in version.domains.all()),
        items=tuple(bank_item(item, version.language) for item in items),
        content_hash=version.content_hash,
    )


def bank_item(row: Item, language: str) -> BankItem:
    """Return an item as plain values (reads prefetched parts)."""
    texts = {(t.role, t.field): t.text for t in row.texts.all() if t.language == language}
    steps = [texts.get(("", step), "") for step in STEPS]
    values = {name: getattr(row, name) for name in (*SAME, *SAME_TOO)}
    values |= {"kind": str(Kind(row.kind)), "part": str(Part(row.part)), "direction": str(Direction(row.direction))}
    return BankItem(
        domain=row.domain.code,
        **values,
        **{field.value: texts.get(("", field), "") for field in PLAIN_TEXTS},
        questions={role: text for (role, field), text in texts.items() if field == TextField.QUESTION},
        steps=tuple(steps) if any(steps) else (),
        choices=tuple(Choice(code, label) for code, label in row.choices(language=language).items()),
        evidence=tuple(texts.get(("", TextField.EVIDENCE), "").splitlines()),
        roles=tuple(row.role_codes()),
        when_short=tuple(row.when_short_codes()),
        uses=tuple(BankUse(use.product_type, use.gate, tuple(use.core_roles)) for use in row.product_types.all()),
        lead_weeks=(row.lead_optimistic, row.lead_likely, row.lead_pessimistic),
        effort_hours={effort.pool: effort.hours for effort in row.efforts.all()},
        depends_on=tuple(part.needs_code for part in row.dependencies.all()),
    )
