"""The words in which pages say what stands in a question bank: roles, types, kinds, and conditions read aloud."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.bank.version import CHOICE, VENDOR, BankItem
from assessments.conditions import All, Answered, Any, AtLeast, AtMost, Comparison, Condition, ConditionError, Is, Mentions, Not, parse
from assessments.given_answers import plain_number
from assessments.models import Kind, Part, ProductType
from assessments.wording import listed, role_title

Items = Mapping[str, BankItem]
LONGEST_TITLE = 80


def pool_title(pool: str) -> str:
    """Return the words of a role, or of the vendor, whose hours are counted as a role's are."""
    return _("Vendor") if pool == VENDOR else role_title(pool)


def type_title(product_type: str) -> str:
    """Return a product type's words; an unknown one becomes its own."""
    return str(dict(ProductType.choices).get(product_type, product_type.replace("_", " ").capitalize()))


def kind_title(kind: str) -> str:
    """Return how an item is answered."""
    return str(dict(Kind.choices).get(kind, kind))


def part_title(part: str) -> str:
    """Return what an item is for."""
    return str(dict(Part.choices).get(part, part))


def condition_words(text: str, items: Items) -> str:
    """Return a condition in plain words, with the titles of the items that it names; empty without a readable one."""
    if not text.strip():
        return ""
    try:
        return _said(parse(text), items)
    except ConditionError:
        return ""


def condition_error(text: str) -> str:
    """Return why a text is no condition, empty when it is one or there is none."""
    if not text.strip():
        return ""
    try:
        parse(text)
    except ConditionError as error:
        return _("From character %(position)s on this cannot be read: %(expected)s is expected there.") % {
            "position": error.position + 1,
            "expected": error.expected,
        }
    return ""


def _said(condition: Condition, items: Items) -> str:
    match condition:
        case All(parts):
            return _("all of these: %(parts)s") % {"parts": listed([f"({_said(part, items)})" for part in parts])}
        case Any(parts):
            return _("at least one of these: %(parts)s") % {"parts": listed([f"({_said(part, items)})" for part in parts])}
        case Not(part):
            return _("it is not so, or not answered, that %(part)s") % {"part": _said(part, items)}
        case _:
            return _compared(condition, items)


def _compared(comparison: Comparison, items: Items) -> str:
    named = {"item": _item_name(comparison.code, items)}
    match comparison:
        case Answered():
            return _("%(item)s is answered") % named
        case AtLeast(_code, limit):
            return _("the answer to %(item)s is at least %(limit)s") % {**named, "limit": _amount(limit, comparison, items)}
        case AtMost(_code, limit):
            return _("the answer to %(item)s is at most %(limit)s") % {**named, "limit": _amount(limit, comparison, items)}
        case Mentions(_code, text):
            return _("the answer to %(item)s mentions “%(text)s”") % {**named, "text": text}
        case Is(_code, value):
            return _("the answer to %(item)s is “%(value)s”") % {**named, "value": _answer(value, comparison, items)}
        case _:
            values = [f"“{_answer(value, comparison, items)}”" for value in comparison.values]
            return _("the answer to %(item)s is one of %(values)s") % {**named, "values": listed(values)}


def _item_name(code: str, items: Items) -> str:
    title = items[code].title if code in items else ""
    return f"{code} ({title[:LONGEST_TITLE]})" if title else code


def _amount(limit: float, comparison: Comparison, items: Items) -> str:
    unit = items[comparison.code].unit if comparison.code in items else ""
    return f"{plain_number(limit)} {unit}".strip()


def _answer(value: str, comparison: Comparison, items: Items) -> str:
    item = items.get(comparison.code)
    labels = {choice.code: choice.label for choice in item.choices} if item is not None and item.kind == CHOICE else {}
    return labels.get(value, {"yes": _("yes"), "no": _("no")}.get(value, value))
