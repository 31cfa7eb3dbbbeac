"""What changed between two versions of a question bank, in words: fields by name, texts with the words that differ marked."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.differences import FieldChange, ItemChange, differences
from assessments.bank.version import BankDomain, BankItem, BankVersion
from assessments.given_answers import plain_number
from assessments.shown.bank_words import kind_title, part_title, pool_title, type_title
from assessments.wording import role_title

NAMES = {
    "number": gettext_lazy("Number"),
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "note": gettext_lazy("Note"),
    "language": gettext_lazy("Language"),
    "weight": gettext_lazy("Weight"),
    "position": gettext_lazy("Position"),
    "domain": gettext_lazy("Domain"),
    "code": gettext_lazy("Code"),
    "part": gettext_lazy("Part"),
    "kind": gettext_lazy("Answered by"),
    "requirement": gettext_lazy("Requirement"),
    "question": gettext_lazy("Question"),
    "why": gettext_lazy("Why we ask"),
    "usually_known_by": gettext_lazy("Who usually knows"),
    "steps": gettext_lazy("Step"),
    "choices": gettext_lazy("Answers"),
    "unit": gettext_lazy("Unit"),
    "direction": gettext_lazy("The need is"),
    "evidence": gettext_lazy("What proves it"),
    "action_health_system": gettext_lazy("Default action of the health system"),
    "action_vendor": gettext_lazy("Default action of the vendor"),
    "roles": gettext_lazy("Asked of"),
    "when_short": gettext_lazy("Heard only when it is short or contested"),
    "product_types": gettext_lazy("Product types"),
    "gate": gettext_lazy("A gate"),
    "core": gettext_lazy("In the core of"),
    "need": gettext_lazy("Need"),
    "need_is_estimate": gettext_lazy("The need is an estimate"),
    "need_from": gettext_lazy("Need worked out from"),
    "floor": gettext_lazy("Floor"),
    "condition": gettext_lazy("Asked only when"),
    "opens_when": gettext_lazy("Opened as soon as"),
    "lead_weeks": gettext_lazy("Lead time, weeks"),
    "lead_is_estimate": gettext_lazy("The lead time is an estimate"),
    "effort": gettext_lazy("Hours"),
    "effort_is_estimate": gettext_lazy("The hours are an estimate"),
    "depends_on": gettext_lazy("Waits for"),
    "barrier": gettext_lazy("Kind of barrier"),
    "clarity_gap": gettext_lazy("What would be unclear"),
    "source": gettext_lazy("Source"),
    "source_is_public": gettext_lazy("The source is public and is cited"),
}
WORDS = {
    "roles": role_title,
    "when_short": role_title,
    "core": role_title,
    "product_types": type_title,
    "kind": kind_title,
    "part": part_title,
}
FIELD = re.compile(r"(\w+)(?:\[(\d+)\]|\.(.+))?")
LONGEST_TO_MARK = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: `same`, or `gone`, or `new`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after in words, with the words that differ marked; None where there was nothing."""

    name: str
    old: str | None
    new: str | None

    @property
    def before(self) -> list[Piece]:
        """Return the old text, what is gone marked."""
        return [piece for piece in marked(self.old or "", self.new or "") if piece.kind != "new"]

    @property
    def after(self) -> list[Piece]:
        """Return the new text, what is new marked."""
        return [piece for piece in marked(self.old or "", self.new or "") if piece.kind != "gone"]


def change_in_words(change: FieldChange) -> Change:
    """Return a change of one field in words."""
    match = FIELD.fullmatch(change.field)
    base, level, part = match.groups() if match else (change.field, None, None)
    name = str(NAMES.get(base, base.replace("_", " ").capitalize()))
    if level is not None:
        name = f"{name} {level}"
    elif part is not None:
        name = f"{name}: {_part(base, part)}"
    return Change(name, value_words(base, change.old), value_words(base, change.new))


def _part(base: str, part: str) -> str:
    """Return a part of a field in words: a role, a type of product, or a code as it stands."""
    words = {"question": role_title, "core": type_title, "gate": type_title, "effort": pool_title}
    return words[base](part) if base in words else part


def value_words(base: str, value: Any) -> str | None:
    """Return a value as people read it; None where there is none."""
    word = WORDS.get(base, str)
    match value:
        case None | "" | ():
            return None
        case bool():
            return _("yes") if value else _("no")
        case int() | float():
            return plain_number(value)
        case tuple():
            return ", ".join(value_words(base, each) or "" for each in value)
        case _:
            return word(str(value))


def changes_between(old: BankItem, new: BankItem) -> list[Change]:
    """Return where one item differs from another, its place and code included."""
    sides = [_alone(item, new.code) for item in (old, new)]
    found = [told for change in differences(*sides).changed for told in item_changes(change)]
    places = [("code", old.code, new.code), ("domain", old.domain, new.domain)]
    return [Change(str(NAMES[name]), before, after) for name, before, after in places if before != after] + found


def _alone(item: BankItem, code: str) -> BankVersion:
    """Return a version that holds nothing but the item, under the code by which the two are told to be the same."""
    return BankVersion(code="", number="", title="", domains=(BankDomain("", ""),), items=(replace(item, code=code, domain=""),))


def item_changes(change: ItemChange) -> list[Change]:
    """Return the changed fields of an item in words; where there is nothing before or after, nothing is said."""
    told = [change_in_words(field) for field in change.fields]
    return [each for each in told if (each.old, each.new) != (None, None)]


def marked(old: str, new: str) -> list[Piece]:
    """Return both texts woven into one, word by word."""
    if not old or not new or len(old) + len(new) > LONGEST_TO_MARK:
        return [piece for piece in (Piece("gone", old), Piece("new", new)) if piece.text]
    return list(_woven(re.findall(r"\s*\S+|\s+", old), re.findall(r"\s*\S+|\s+", new)))


def _woven(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(old[start:end]))
            continue
        if end > start:
            yield Piece("gone", "".join(old[start:end]))
        if new_end > new_start:
            yield Piece("new", "".join(new[new_start:new_end]))
