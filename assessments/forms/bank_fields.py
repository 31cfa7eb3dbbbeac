"""Fields of a question bank's forms: texts of several lines, codes, lists a line each, numbers as people write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.reading import CHOICE_CODE, DOMAIN_CODE, ITEM_CODE, NUMBER
from assessments.bank.version import Choice
from assessments.shown.bank_words import condition_error
from stakeholders.forms.fields import Text
from stakeholders.validators import clean_text

LONGEST_TEXT = 5000
MOST = 100_000
LABEL = 200


def number_text(value: float | None) -> str:
    """Return a number as it is typed: whole ones without a decimal point, all others with every digit."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


class LongText(forms.CharField):
    """A text of several lines, kept as typed but for line ends and what no row may hold."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the text with plain line ends."""
        return clean_text(super().clean((value or "").replace("\r\n", "\n").replace("\r", "\n"))).strip()


class Lines(LongText):
    """A list, one entry a line; empty lines are left out."""

    def clean(self, value: Any) -> Any:
        """Return the entries."""
        return tuple(" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip())


class Choices(LongText):
    """The answers of a choice, a line each: the code that conditions name, a colon, the words that people read."""

    def clean(self, value: Any) -> Any:
        """Return the answers in their order."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        answers = [self._answer(number, line) for number, line in enumerate(lines, start=1)]
        codes = [answer.code for answer in answers]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            raise ValidationError(_("The code “%(code)s” stands twice.") % {"code": twice})
        return tuple(answers)

    def _answer(self, number: int, line: str) -> Choice:
        code, colon, label = line.partition(":")
        if not colon or not CHOICE_CODE.fullmatch(code.strip()) or len(label.strip()) > LABEL:
            told = _("Line %(number)s: write a code of small letters, digits, - and _, a colon, and the words that people read.")
            raise ValidationError(told % {"number": number})
        return Choice(code.strip(), label.strip())


class Codes(Text):
    """Codes of items, separated by commas or spaces."""

    def clean(self, value: Any) -> Any:
        """Return the codes, each once."""
        codes = tuple(dict.fromkeys(re.split(r"[,;\s]+", super().clean(value).strip(" ,;"))))
        wrong = [code for code in codes if code and not ITEM_CODE.fullmatch(code)]
        if wrong:
            raise ValidationError(_("“%(code)s” is not the code of an item.") % {"code": wrong[0][:40]})
        return tuple(code for code in codes if code)


class Condition(Text):
    """A condition over earlier answers; whatever cannot be read is refused with the place where reading stops."""

    def clean(self, value: Any) -> str:
        """Return the condition as typed."""
        text = super().clean(value)
        problem = condition_error(text)
        if problem:
            raise ValidationError(problem)
        return text


class Number(forms.FloatField):
    """A number from 0; a comma may stand for the decimal point."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MOST)
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the number, None without one."""
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Return a number without needless decimals."""
        return number_text(value) if isinstance(value, float) else value


def code_field(pattern: re.Pattern[str], label: Any, longest: int, help_text: Any = "") -> Text:
    """Return a field for a code of a certain form."""
    field = Text(label=label, max_length=longest, help_text=help_text)
    message = gettext_lazy("Use letters, digits, - and _ only.")
    field.validators.append(lambda value: _refuse_unless(pattern, value, message))
    return field


def _refuse_unless(pattern: re.Pattern[str], value: str, message: Any) -> None:
    if not pattern.fullmatch(value):
        raise ValidationError(message)


def item_code() -> Text:
    """Return the field for an item's code."""
    return code_field(ITEM_CODE, gettext_lazy("Code"), 20)


def domain_code() -> Text:
    """Return the field for a domain's code."""
    return code_field(DOMAIN_CODE, gettext_lazy("Code"), 10, gettext_lazy("Short, such as LAB."))


def version_number() -> Text:
    """Return the field for a version's number."""
    return code_field(NUMBER, gettext_lazy("Number of the version"), 20)
