"""Read a version of a question bank from its YAML: its form only, for whether it is complete is for `checks`. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from assessments.bank.entries import Entry, Notes
from assessments.bank.marks import BankFileError, BankFileErrors, Document, decoded, load
from assessments.bank.version import (
    AT_LEAST,
    AT_MOST,
    BARRIERS,
    CLARITY_GAPS,
    KINDS,
    LEVEL,
    PARTS,
    POOLS,
    PRODUCT_TYPES,
    QUANTITY,
    REQUIREMENT,
    ROLES,
    BankDomain,
    BankItem,
    BankUse,
    BankVersion,
    Choice,
)

SLUG: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
DOMAIN_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,10}")
ITEM_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
CHOICE_CODE: Final = re.compile(r"[a-z0-9_-]{1,40}")
STEPS: Final = 5
MOST_ITEMS: Final = 1000
MOST_DOMAINS: Final = 100
MOST_CHOICES: Final = 100
MOST_DEPENDENCIES: Final = 50
CITED, ESTIMATE, PRACTICE = "cited", "estimate", "practice"


def read_version(text: str | bytes) -> BankVersion:
    """Return the version that one YAML document holds. Raises BankFileErrors; there is no half a version."""
    notes = Notes()
    try:
        document = load(decoded(text) if isinstance(text, bytes) else text)
    except BankFileError as error:
        raise BankFileErrors([error]) from error
    head = Entry(document, (), document.value, notes)
    items = [
        _item_with_domain(Entry(document, ("items", n), value, notes)) for n, value in enumerate(head.entries("items", most=MOST_ITEMS))
    ]
    version = head_of(head, items=tuple(items))
    head.finish()
    refuse_twice(document, ((("items", n, "code"), item.code) for n, item in enumerate(items)), notes)
    _refuse_unknown_domains(document, version, notes)
    notes.settle()
    return version


def head_of(head: Entry, *, items: tuple[BankItem, ...] = (), content_hash: str = "") -> BankVersion:
    """Return the version that the head of a file describes, with these items."""
    domains = tuple(
        _domain(Entry(head.document, ("domains", n), value, head.notes))
        for n, value in enumerate(head.entries("domains", most=MOST_DOMAINS))
    )
    refuse_twice(head.document, ((("domains", n, "code"), domain.code) for n, domain in enumerate(domains)), head.notes)
    return BankVersion(
        code=head.code("code", SLUG, "a code of at most 60 letters, digits, - and _"),
        number=head.code("version", NUMBER, 'a version of at most 20 letters, digits, dots, - and _ (in quotes, such as "2")'),
        title=head.text("title", longest=160),
        description=head.text("description"),
        note=head.text("note"),
        language=head.text("language", "en", longest=5),
        domains=domains,
        items=items,
        content_hash=content_hash,
    )


def read_items(document: Document, domain: str, notes: Notes) -> tuple[BankItem, ...]:
    """Return the items that the file of one domain lists."""
    if not isinstance(document.value, list):
        notes.add(document.error((), "a list of items is needed."))
        return ()
    items = tuple(item_of(Entry(document, (n,), value, notes), domain) for n, value in enumerate(document.value))
    refuse_twice(document, (((n, "code"), item.code) for n, item in enumerate(items)), notes)
    return items


def refuse_twice(document: Document, codes: Iterable[tuple[tuple[str | int, ...], str]], notes: Notes) -> None:
    """Note every code that stood before; one that could not be read is noted already."""
    seen: set[str] = set()
    for place, code in codes:
        if code and code in seen:
            notes.add(document.error(place, f"the code {code} stands twice."))
        seen.add(code)


def item_of(entry: Entry, domain: str) -> BankItem:
    """Return the item that a mapping describes."""
    kind = entry.one_of("kind", KINDS, LEVEL)
    action, roles = entry.mapping("action"), entry.words("roles", ROLES)
    item = BankItem(
        code=entry.code("code", ITEM_CODE, "a code of at most 20 letters, digits, - and _"),
        domain=domain,
        part=entry.one_of("part", PARTS, REQUIREMENT),
        kind=kind,
        title=entry.text("title", longest=200),
        requirement=entry.text("requirement"),
        questions=_questions(entry),
        why=entry.text("why"),
        usually_known_by=entry.text("usually_known_by"),
        steps=entry.texts("steps", most=STEPS),
        choices=_choices(entry.mapping("choices")),
        evidence=entry.lines("evidence"),
        action_health_system=action.text("health_system"),
        action_vendor=action.text("vendor"),
        roles=roles,
        when_short=entry.words("also_when_short", ROLES),
        uses=_uses(entry),
        need=entry.number("need", 3, low=0.01),
        need_is_estimate=entry.one_of("need_kind", (CITED, ESTIMATE), CITED) == ESTIMATE,
        need_from=entry.text("need_from"),
        floor=entry.optional_number("floor"),
        weight=entry.whole_number("weight", 3, low=1, high=5),
        unit=entry.text("unit", longest=30),
        direction=entry.one_of("direction", (AT_LEAST, AT_MOST) if kind == QUANTITY else (AT_LEAST,), AT_LEAST),
        condition=entry.text("condition"),
        opens_when=entry.text("opens_when"),
        lead_weeks=_lead_weeks(entry.mapping("lead_weeks")),
        lead_is_estimate=entry.one_of("lead_kind", (CITED, ESTIMATE), ESTIMATE) == ESTIMATE,
        effort_hours=_efforts(entry.mapping("effort_hours")),
        effort_is_estimate=entry.one_of("effort_kind", (CITED, ESTIMATE), ESTIMATE) == ESTIMATE,
        depends_on=_depends_on(entry),
        barrier=entry.one_of("barrier", (*BARRIERS, ""), ""),
        clarity_gap=entry.one_of("clarity_gap", (*CLARITY_GAPS, ""), ""),
        source=entry.text("source", "practice guidance", longest=400),
        source_is_public=entry.one_of("source_kind", (CITED, PRACTICE), PRACTICE) == CITED,
    )
    action.finish()
    entry.finish()
    return item


def _item_with_domain(entry: Entry) -> BankItem:
    domain = entry.code("domain", DOMAIN_CODE, "the code of a domain")
    return item_of(entry, domain)


def _domain(entry: Entry) -> BankDomain:
    domain = BankDomain(
        code=entry.code("code", DOMAIN_CODE, "a code of at most 10 letters, digits, - and _"),
        title=entry.text("title", longest=80),
        description=entry.text("description", longest=300),
        weight=entry.number("weight", 1, low=0.01, high=100),
    )
    entry.finish()
    return domain


def _refuse_unknown_domains(document: Document, version: BankVersion, notes: Notes) -> None:
    known = {domain.code for domain in version.domains}
    for position, item in enumerate(version.items):
        if item.domain and item.domain not in known:
            notes.add(document.error(("items", position, "domain"), f"{item.domain} is not a domain of this version."))


def _questions(entry: Entry) -> dict[str, str]:
    by_role = entry.mapping("questions")
    questions = {role: by_role.text(role) for role in by_role.keys(ROLES)}
    if entry.take("question") is not None:
        questions[""] = entry.text("question")
    return questions


def _choices(entry: Entry) -> tuple[Choice, ...]:
    if len(entry.values) > MOST_CHOICES:
        entry.wrong(f"at most {MOST_CHOICES} answers are allowed.")
    for code in entry.values:
        if not CHOICE_CODE.fullmatch(code):
            entry.wrong("a code of at most 40 small letters, digits, - and _ is needed.", code)
    return tuple(Choice(code, entry.text(code, longest=200)) for code in entry.values)


def _uses(entry: Entry) -> tuple[BankUse, ...]:
    types, core = entry.words("product_types", PRODUCT_TYPES), entry.mapping("core_for")
    gates = entry.words("gate_for", types)
    cores = {product_type: core.words(product_type, ROLES) for product_type in core.keys(types)}
    return tuple(BankUse(of_type, of_type in gates, cores.get(of_type, ())) for of_type in types)


def _lead_weeks(entry: Entry) -> tuple[float, float, float]:
    weeks = (entry.number("optimistic"), entry.number("likely"), entry.number("pessimistic"))
    entry.finish()
    if list(weeks) != sorted(weeks):
        entry.wrong("optimistic ≤ likely ≤ pessimistic is needed.")
    return weeks


def _efforts(entry: Entry) -> dict[str, float]:
    return {pool: entry.number(pool) for pool in entry.keys(POOLS)}


def _depends_on(entry: Entry) -> tuple[str, ...]:
    codes = entry.texts("depends_on", most=MOST_DEPENDENCIES)
    for position, code in enumerate(codes):
        if not ITEM_CODE.fullmatch(code) or code in codes[:position]:
            entry.wrong("codes of items are needed, each once.", "depends_on", position)
    return codes
