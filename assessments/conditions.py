"""When a question is asked: a small language over earlier answers, read by a parser and never run as code.

What a value means follows from the kind of answer it is compared with: `3` is the number of a level or quantity and the
code of a choice, `yes` is also the answer of a yes-or-no question. An answer that is missing, unknown or blank makes every
comparison false. `static/js/conditions.js` decides the same in the browser, from `as_json`.
"""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from assessments.arithmetic import exceeds, reaches
from assessments.condition_reader import MAX_LENGTH, MAX_NESTING, ConditionError, Expected, read
from assessments.condition_terms import (
    BARE,
    NUMBER,
    YES_NO,
    All,
    Answer,
    Answered,
    Any,
    AtLeast,
    AtMost,
    Comparison,
    Condition,
    Is,
    Mentions,
    Not,
    OneOf,
    as_number,
    equals,
    fold,
    is_number,
    known,
)

__all__ = [
    "MAX_LENGTH",
    "MAX_NESTING",
    "All",
    "Answer",
    "Answered",
    "Any",
    "AtLeast",
    "AtMost",
    "Comparison",
    "Condition",
    "ConditionError",
    "Expected",
    "Is",
    "Mentions",
    "Not",
    "OneOf",
    "as_json",
    "codes",
    "comparisons",
    "holds",
    "parse",
    "text_of",
]

# Bare, these words after `is` begin something else than a value.
RESERVED: Final = frozenset({"answered", "not"})

Json: TypeAlias = dict[str, object]


def parse(text: str) -> Condition:
    """Return the condition that the text says; ConditionError when it says none, or is too long or nested too deeply."""
    condition = read(text)
    # Kept and exported in the usual spelling, which may have more spaces than what was typed.
    if len(text_of(condition)) > MAX_LENGTH:
        raise ConditionError(len(text), Expected.SHORTER)
    return condition


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Tell whether the condition holds for the known answers by item code."""
    match condition:
        case All(parts):
            return all(holds(part, answers) for part in parts)
        case Any(parts):
            return any(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)
        case _:
            answer = known(answers.get(condition.code))
            return answer is not None and _agrees(condition, answer)


def codes(condition: Condition) -> frozenset[str]:
    """Return the codes of the items that the condition looks at."""
    return frozenset(comparison.code for comparison in comparisons(condition))


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons in the condition, in the order they are written."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)
        case _:
            yield condition


def text_of(condition: Condition) -> str:
    """Return the condition in its usual spelling: reading it again gives the same condition."""
    match condition:
        case All(parts):
            return f"all({'; '.join(map(text_of, parts))})"
        case Any(parts):
            return f"any({'; '.join(map(text_of, parts))})"
        case Not(part):
            return f"not({text_of(part)})"
        case _:
            return f"{condition.code} {_claim(condition)}"


def as_json(condition: Condition) -> Json:
    """Return the condition as the browser's script reads it, with every value made ready to compare."""
    match condition:
        case All(parts):
            return {"op": "all", "parts": [as_json(part) for part in parts]}
        case Any(parts):
            return {"op": "any", "parts": [as_json(part) for part in parts]}
        case Not(part):
            return {"op": "not", "part": as_json(part)}
        case _:
            return {"code": condition.code, **_claim_json(condition)}


def _agrees(comparison: Comparison, answer: Answer) -> bool:
    match comparison:
        case Is(_, value):
            return equals(answer, value)
        case OneOf(_, values):
            return any(equals(answer, value) for value in values)
        case Mentions(_, text):
            return isinstance(answer, str) and fold(text) in answer
        case AtLeast(_, limit):
            return is_number(answer) and reaches(float(answer), limit)
        case AtMost(_, limit):
            return is_number(answer) and not exceeds(float(answer), limit)
        case Answered():
            return True


def _claim(comparison: Comparison) -> str:
    match comparison:
        case Is(_, value):
            return f"is {_written(value)}"
        case OneOf(_, values):
            return f"is one of {', '.join(map(_written, values))}"
        case Mentions(_, text):
            return f"mentions {_written(text)}"
        case AtLeast(_, limit):
            return f"at least {limit:.15g}"
        case AtMost(_, limit):
            return f"at most {limit:.15g}"
        case Answered():
            return "is answered"


def _written(value: str) -> str:
    plain = value not in RESERVED and (BARE.fullmatch(value) or NUMBER.fullmatch(value))
    return value if plain else '"' + value.replace('"', '""') + '"'


def _claim_json(comparison: Comparison) -> Json:
    match comparison:
        case Is(_, value):
            return {"op": "is", "value": _value_json(value)}
        case OneOf(_, values):
            return {"op": "one_of", "values": [_value_json(value) for value in values]}
        case Mentions(_, text):
            return {"op": "mentions", "text": fold(text)}
        case AtLeast(_, limit):
            return {"op": "at_least", "limit": limit}
        case AtMost(_, limit):
            return {"op": "at_most", "limit": limit}
        case Answered():
            return {"op": "answered"}


def _value_json(value: str) -> Json:
    """Return what the value is as a text, as a number and as yes or no; None where it is nothing of the kind."""
    return {"text": fold(value), "number": as_number(value), "yes": YES_NO.get(fold(value))}
