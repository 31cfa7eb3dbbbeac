"""How the editor of an item is laid out: sections with a name each, and beside a kind of answer only what it needs."""

from typing import Any

from crispy_forms.layout import HTML, Column, Div, Field, Fieldset, Row
from django.utils.translation import gettext as _

from assessments.bank.version import POOLS, PRODUCT_TYPES, ROLES

READING = '{{% include "assessments/_condition_reading.html" with field="{field}" reading=readings.{field} %}}'


def sections() -> list[tuple[str, str]]:
    """Return the sections' names, for the list of links above the form."""
    return [
        ("section-wording", _("Wording")),
        ("section-answers", _("Answers")),
        ("section-asked", _("Who is asked")),
        ("section-types", _("Per product type")),
        ("section-measure", _("Need and weight")),
        ("section-conditions", _("When it is asked")),
        ("section-work", _("Work to close it")),
        ("section-proof", _("Proof, actions, source")),
    ]


def item_layout(form: Any) -> tuple[Any, ...]:
    """Return the fields in sections."""
    names = dict(sections())
    parts = (_wording(form), _answers(), _asked(), _types(), _measure(), _conditions(form), _work(), _proof())
    return tuple(
        Fieldset(title, *part, css_class="form-section", css_id=anchor) for (anchor, title), part in zip(names.items(), parts, strict=True)
    )


def _row(*names: str, width: str = "col-md-6") -> Row:
    return Row(*(Column(name, css_class=width) for name in names))


def _wording(form: Any) -> list[Any]:
    filled = [f"question_{role}" for role in ROLES if form[f"question_{role}"].value()]
    other = [f"question_{role}" for role in ROLES if f"question_{role}" not in filled]
    summary = _("Words for one role") if not filled else _("Words for another role")
    hint = _("A question in the words of one role takes the place of the one above for that role.")
    return [
        _row("code", "domain", "part", "kind", width="col-6 col-md-3"),
        HTML(f'<p class="form-text mb-3">{_("The code stays the same from version to version: answers are kept under it.")}</p>'),
        "title",
        "requirement",
        "question",
        *filled,
        HTML(f'<details class="mb-3"><summary>{summary}</summary><p class="form-text mb-3">{hint}</p>'),
        *other,
        HTML("</details>"),
        "why",
        "usually_known_by",
    ]


def _answers() -> list[Any]:
    steps = [f"step_{level}" for level in range(5)]
    return [
        Div(*steps, css_class="only-level"),
        Div("choices", css_class="only-choice"),
        Div(_row("unit", "direction"), css_class="only-quantity"),
        HTML(f'<p class="form-text only-typed">{_("Nothing to set: people type or pick the answer.")}</p>'),
    ]


def _asked() -> list[Any]:
    return ["accountable", Div("checks", css_class="ticks"), Div("when_short", css_class="ticks")]


def _types() -> list[Any]:
    return [
        Div(
            _row(f"asked_{product_type}", f"gate_{product_type}"),
            Div(f"core_{product_type}", css_class="ticks"),
            css_class="type-use",
        )
        for product_type in PRODUCT_TYPES
    ]


def _measure() -> list[Any]:
    return [
        _row("need", "floor", "weight", width="col-4"),
        "need_is_estimate",
        "need_from",
        _row("barrier", "clarity_gap"),
    ]


def _conditions(form: Any) -> list[Any]:
    fields: list[Any] = []
    for name in ("condition", "opens_when"):
        fields += [Field(name, autocomplete="off", spellcheck="false", **_asks_for_reading(form, name)), HTML(READING.format(field=name))]
    return fields


def _asks_for_reading(form: Any, name: str) -> dict[str, str]:
    """Return what makes HTMX read a condition aloud while it is typed."""
    if not form.reading_address:
        return {}
    return {
        "hx_get": f"{form.reading_address}?field={name}",
        "hx_trigger": "input changed delay:400ms",
        "hx_target": f"#reading-{name}",
        "hx_swap": "outerHTML",
    }


def _work() -> list[Any]:
    hours = [f"effort_{pool}" for pool in POOLS]
    return [
        _row("lead_optimistic", "lead_likely", "lead_pessimistic", width="col-md-4"),
        "lead_is_estimate",
        HTML(f'<p class="fw-semibold mb-2">{_("Hours that reaching the need takes")}</p>'),
        _row(*hours, width="col-6 col-md-4"),
        "effort_is_estimate",
        "depends_on",
    ]


def _proof() -> list[Any]:
    return ["evidence", "action_health_system", "action_vendor", "source", "source_is_public"]
