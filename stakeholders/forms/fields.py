"""What every form of the house has in common: texts are cleaned, and what people typed is kept when something is wrong."""

import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from stakeholders.validators import clean_text, validate_time_zone
from stakeholders.zones import STATES, common_zones


def is_visible(text: str) -> bool:
    """Tell whether a text holds at least one letter, number, mark or sign: something that can be seen."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


class Text(forms.CharField):
    """A text of people on one line: NUL is refused, other control characters are dropped, and it is never only invisible."""

    def clean(self, value: Any) -> str:
        """Return the cleaned text, empty only when the field may be empty."""
        if isinstance(value, str) and any(unicodedata.category(character) == "Cs" for character in value):
            raise ValidationError(_("This text holds characters that are broken. Please type it again."), code="broken")
        text = " ".join(clean_text(super().clean(value)).split())
        if self.required and not is_visible(text):
            raise ValidationError(self.error_messages["required"], code="required")
        return text


class TimeZone(forms.CharField):
    """An IANA time zone: any may be typed, the usual ones are suggested."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        kwargs.setdefault("max_length", 60)
        super().__init__(validators=[validate_time_zone], **kwargs)
        self.widget = Suggestions(common_zones(), attrs={"maxlength": 60, "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """Return the zone's name without blanks around it."""
        return super().clean(value.strip() if isinstance(value, str) else value)


class Suggestions(forms.TextInput):
    """A line of text with suggestions that the browser offers without a script."""

    def __init__(self, suggestions: list[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = suggestions

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the input and, after it, the list that it names."""
        place = f"{name}-suggestions"
        options = format_html_join("", '<option value="{}"></option>', ((suggestion,) for suggestion in self.suggestions))
        line = super().render(name, value, {**(attrs or {}), "list": place}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', line, place, options)


def state_choices() -> list[tuple[str, Any]]:
    """Return the states and territories by name, "not said" first."""
    return [("", _("Not said")), *sorted(((code, state.name) for code, state in STATES.items()), key=lambda pair: pair[1])]


class HouseForm(forms.Form):
    """A form whose fields stand in the page's own `<form>`; `rows` is its crispy layout."""

    rows: tuple[Any, ...] = ()

    @property
    def helper(self) -> FormHelper:
        """Return how crispy lays the fields out: the page brings form tag, token, summary and buttons."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        helper.form_show_errors = True
        helper.layout = Layout(*(self.rows or self.fields))
        return helper

    def refuse(self, error: ValidationError) -> None:
        """Show what a service refused: at its field where the form has it, else above the form."""
        problems = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
        for field, messages in problems.items():
            for message in messages:
                self.add_error(field if field in self.fields else None, message)
