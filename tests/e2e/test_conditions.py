"""Conditions are decided alike on the server and in the browser: the same cases, evaluated by both."""

import json
import math
import random
import sys
import unicodedata

import pytest

from assessments.condition_terms import LOWER
from assessments.conditions import All, Answered, Any, AtLeast, AtMost, Is, Mentions, Not, OneOf, as_json, holds, parse

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20260101
CASES = 2_000
CODES = ("CTX-01", "CTX-02", "LAB-01", "constructor")

WORDS = (
    "epic",
    "cerner",
    "none",
    "yes",
    "no",
    "3",
    "03",
    "3.0",
    "true",
    "New York",
    "Café",
    "STRASSE",
    "Straße",
    "ΣΊΣΥΦΟΣ",
    "Iğdır",
    "東京",
)
AWKWARD = (
    *("", " ", "\u3000\n", "\ufeff", "\ufeffepic", "epic\ufeff", "\x1cepic\x1f", "\x85epic", "EPIC\u00a0", "\u200bepic", "epic\x00"),
    *("new \r\n york", "new\nyork", "NEW\u2003YORK", "newyork", "in New York, upstate", "york"),
    *("cafe", "CAFE\u0301", "cafe\u0301", "\u0301", "\u212bngstro\u0308m", "ÅNGSTRÖM", "T\u0308", "\u1e97", "\u212a", "k"),
    *(
        "σίσυφος",
        "ΣΊΣΥΦΟς",
        "strasse",
        "straße",
        "\u1e9e",
        "İ",
        "ı",
        "I",
        "i\u0307",
        "ﬁ",
        "fi",
        "👩🏽‍⚕️",
        "👩",
        "東",
        "\uac00",
        "\u1100\u1161",
    ),
    *("YES", "No", "false", "null", "undefined", "NaN", "1e400", "0x3", "٣", '"epic"', "toString"),
)
LIMITS = (-1.5, 0.0, 0.3, 1.0, 2.0, 3.0, 4.0, 99999999999.9999)
EDGES = (0.0, 0.9e-9, 1e-9, math.nextafter(1e-9, 1), math.nextafter(1e-9, 0), 1.1e-9, 1e-8, 1.0)
NUMBERS = (-0.0, 0.1 + 0.2, 5e-324, 1e308, -1e308, 2**53 + 1, 3, 2)


def text_answer(chance):
    text = chance.choice(WORDS + AWKWARD)
    return chance.choice([text, text, text.upper(), text.lower(), unicodedata.normalize("NFD", text), f" {text}\t", f"{text} {text}"])


def value(chance):
    """Return a value that can be written in a condition."""
    text = chance.choice([chance.choice(WORDS), text_answer(chance)])
    plain = "".join(letter for letter in text if unicodedata.category(letter) != "Cc").strip()
    return plain or "epic"


def number_answer(chance):
    return chance.choice([chance.choice(LIMITS) + chance.choice([1, -1]) * chance.choice(EDGES), chance.choice(NUMBERS)])


def random_answer(chance):
    return chance.choice([text_answer(chance), text_answer(chance), number_answer(chance), chance.random() < 0.5])


def comparison(chance):
    kind, code = chance.choice([Is, OneOf, AtLeast, AtMost, Mentions, Answered]), chance.choice(CODES)
    if kind is Answered:
        return Answered(code)
    if kind in (AtLeast, AtMost):
        return kind(code, chance.choice(LIMITS))
    if kind is OneOf:
        return OneOf(code, tuple(value(chance) for _ in range(chance.randint(1, 4))))
    return kind(code, chance.choice([value(chance), f"{chance.choice(LIMITS):.15g}"]) if kind is Is else value(chance))


def tree(chance, depth=3):
    kind = chance.choice([All, Any, Not, None]) if depth else None
    if kind is None:
        return comparison(chance)
    if kind is Not:
        return Not(tree(chance, depth - 1))
    return kind(tuple(tree(chance, depth - 1) for _ in range(chance.randint(1, 3))))


def matching(chance, named):
    """Return an answer made from what the comparison asks for, so that fine differences decide."""
    match named:
        case Is(_, text) | Mentions(_, text) | OneOf(_, (text, *_)):
            return chance.choice([text, text.upper(), text.lower(), unicodedata.normalize("NFD", text), f"x {text}", text[1:], f"{text} "])
        case AtLeast(_, limit) | AtMost(_, limit):
            return limit + chance.choice([1, -1]) * chance.choice(EDGES)
        case _:
            return random_answer(chance)


def generated_cases():
    """Yield conditions with answers: half of them single comparisons with an answer close to what they ask for."""
    chance = random.Random(SEED)
    for number in range(CASES):
        condition = tree(chance) if number % 2 else comparison(chance)
        answers = {code: random_answer(chance) for code in CODES if chance.random() < 0.6}
        if not number % 2 and chance.random() < 0.9:
            answers[condition.code] = matching(chance, condition)
        yield condition, answers


def decided_in_browser(open_page, cases):
    """Return what the browser decides, under the policy of an ordinary page."""
    page = open_page()
    page.goto("/accounts/login/")
    page.add_script_tag(url="/static/js/conditions.js")
    document = json.dumps([[as_json(condition), answers] for condition, answers in cases], allow_nan=False)
    return page.evaluate("(text) => JSON.parse(text).map(([condition, answers]) => window.Groundwork.holds(condition, answers))", document)


def differing(cases, decided):
    """Return the cases on which server and browser do not agree."""
    return [
        (condition, answers, in_browser)
        for (condition, answers), in_browser in zip(cases, decided, strict=True)
        if holds(condition, answers) is not in_browser
    ]


def test_generated_conditions_are_decided_alike_by_server_and_browser(open_page):
    cases = list(generated_cases())
    holding = sum(holds(condition, answers) for condition, answers in cases)

    assert differing(cases, decided_in_browser(open_page, cases)) == []
    assert CASES / 4 < holding < CASES * 3 / 4


def assigned_letters():
    return [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")]


def test_every_letter_of_unicode_is_compared_alike_by_server_and_browser(open_page):
    letters = assigned_letters()
    words = ["".join(f"A{letter}a{letter} " for letter in letters[at : at + 100]) for at in range(0, len(letters), 100)]
    cases = [(Is("CTX-01", word.translate(LOWER)), {"CTX-01": word}) for word in words]

    assert differing(cases, decided_in_browser(open_page, cases)) == []
    assert all(holds(condition, answers) for condition, answers in cases)


def test_condition_without_its_answer_is_decided_alike_by_server_and_browser(open_page):
    texts = ["X is none", "X is one of a, b", "X at least 0", "X at most 0", "X mentions a", "X is answered"]
    conditions = [parse(text) for text in texts] + [parse(f"not({text})") for text in texts]
    cases = [(condition, answers) for condition in conditions for answers in ({}, {"X": None}, {"X": ""}, {"Y": "none"})]

    assert differing(cases, decided_in_browser(open_page, cases)) == []
