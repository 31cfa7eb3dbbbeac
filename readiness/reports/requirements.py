"""The appendix: every requirement with what it asks, where it stands, and what of the answers the audience may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from readiness.reports.findings import said_by_role
from readiness.reports.subject import Facts, Subject
from readiness.reports.words import amount, bound, number, role_title, step
from readiness.templatetags.charts import percent


@dataclass(frozen=True)
class Statement:
    """One answer with a note or evidence, as the audience may see it."""

    author: str
    said: str
    note: str
    evidence: str


@dataclass(frozen=True)
class Requirement:
    """One requirement in words; `fulfilment` is empty where it is unknown or withheld."""

    code: str
    title: str
    text: str
    status: str
    gate: str
    owner: str
    need: str
    need_words: str
    floor: str
    floor_words: str
    fulfilment: str
    said: str
    disagreement: str
    settled: str
    answers: str
    statements: tuple[Statement, ...]
    source: str


@dataclass(frozen=True)
class Section:
    """The requirements of one domain."""

    code: str
    title: str
    requirements: tuple[Requirement, ...]


def sections(subject: Subject) -> tuple[Section, ...]:
    """Return the requirements by domain, in the bank's order."""
    found = []
    for code, domain in subject.domains.items():
        items = [item for item in subject.items.values() if item["domain"] == code]
        if items:
            found.append(Section(code, domain["title"] or code, tuple(requirement(subject, item) for item in items)))
    return tuple(found)


def requirement(subject: Subject, item: Facts) -> Requirement:
    """Return one requirement of the appendix."""
    result = subject.results[item["code"]]
    rows = subject.heard["answers"].get(item["code"], ())
    settled = next((row["value"] for row in subject.content["decisions"]["settled"] if row["code"] == item["code"]), None)
    return Requirement(
        code=item["code"],
        title=item["title"] or item["code"],
        text=item["requirement"],
        status=result["status"],
        gate=result["gate"] or "",
        owner=role_title(item["accountable"]),
        need=bound(item, item["need"]),
        need_words=step(item, item["need"]),
        floor=bound(item, item["floor"]) if item["gate"] and item["floor"] is not None else "",
        floor_words=step(item, item["floor"]) if item["gate"] and item["floor"] is not None else "",
        fulfilment=fulfilment_words(subject, result),
        said=said_by_role(subject, item),
        disagreement=disagreement_words(subject, result),
        settled="" if settled is None else amount(item, settled),
        answers=bare_answers(item, [row for row in rows if not has_words(row)]),
        statements=tuple(statement(item, row) for row in rows if has_words(row)),
        source=item["source"],
    )


def fulfilment_words(subject: Subject, result: Facts) -> str:
    """Return how far the requirement is fulfilled, with its range."""
    if result["code"] in subject.withheld:
        return _("withheld, because so few answers would give a person away")
    if result["low"] is None:
        return ""
    span = _("range %(low)s–%(high)s") % {"low": f"{100 * result['low']:.0f}", "high": percent(result["high"])}
    if result["fulfilment"] is None:
        return _("unknown, %(range)s") % {"range": span}
    return f"{percent(result['fulfilment'])}, {span}"


def disagreement_words(subject: Subject, result: Facts) -> str:
    """Return that people or sites disagree, and by how much where that may be shown; empty where they are not flagged."""
    found = result["disagreement"]
    if not found or not found["flagged"]:
        return ""
    if result["code"] in subject.withheld:
        return _("Sites differ.") if found["between_sites"] else _("People disagree.")
    size = number(found["size"])
    if found["measure"] == "ad":
        spread = _("on average %(size)s levels from their mean") % {"size": size}
    else:
        spread = _("apart by %(share)s of the need") % {"share": percent(found["size"])}
    words = _("Sites differ: %(spread)s.") if found["between_sites"] else _("People disagree: %(spread)s.")
    return words % {"spread": spread}


def has_words(row: Facts) -> bool:
    """Tell whether an answer comes with a note, a reason or evidence."""
    return bool(row["note"] or row["reason"] or row["evidence"])


def bare_answers(item: Facts, rows: Sequence[Facts]) -> str:
    """Return the answers without words in one line: "Clinician 1, 3 · Laboratory 2"."""
    authors: dict[str, list[str]] = {}
    for row in rows:
        authors.setdefault(row["author"], []).append(said_words(item, row))
    return " · ".join(f"{author} {', '.join(said)}" for author, said in authors.items())


def statement(item: Facts, row: Facts) -> Statement:
    """Return one answer in words."""
    return Statement(author=row["author"], said=said_words(item, row), note=row["note"] or row["reason"], evidence=row["evidence"])


def said_words(item: Facts, row: Facts) -> str:
    """Return what was answered: a value, and what it counts as where that differs."""
    if row["kind"] == "unknown":
        return _("does not know")
    if row["kind"] == "not_applicable":
        return _("does not apply here")
    said = amount(item, row["value"])
    if row["counts"] != row["value"]:
        return _("%(said)s, counts as %(counts)s without evidence") % {"said": said, "counts": amount(item, row["counts"])}
    return said
