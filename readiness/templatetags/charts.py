"""Template tags thin around readiness/charts.py and readiness/chips.py, and the filters by which figures are printed."""

from collections.abc import Sequence

from django import template
from django.core.paginator import Paginator
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness import charts
from readiness.chips import VERDICTS, chip_for

register = template.Library()
NOTHING = "–"

register.simple_tag(charts.range_bar)
register.simple_tag(charts.coverage_dots)
register.simple_tag(charts.severity_mark)


@register.simple_tag
def spread_dots(values: Sequence[tuple[str, float]], need: float, maximum: float = 4) -> SafeString:
    """Draw a disagreement; the ladder's 0–4 unless a maximum is given."""
    return charts.spread_dots(values, need, maximum)


@register.simple_tag
def chip(code: object, label: str = "") -> SafeString:
    """Return a severity, state or verdict as a word and a shape; `label` replaces the word, not the shape."""
    look = chip_for(str(code))
    drawing = charts.mark(look.shape, look.tone)
    return format_html('<span class="chip chip-{}">{}{}</span>', look.tone, drawing, label or look.word)


@register.simple_tag
def verdict_mark(verdict: object) -> SafeString:
    """Return a verdict's shape for the head of its sentence, which says the same in words."""
    look = chip_for(str(verdict))
    return charts.mark(look.shape, look.tone)


@register.filter
def verdict_words(verdict: object) -> str:
    """Return a verdict's words, "No verdict yet" for none."""
    return str(VERDICTS.get(str(verdict), _("No verdict yet")))


@register.filter
def figure(score: float | None) -> str:
    """Return a score without decimals; a dash where there is none."""
    return NOTHING if score is None else f"{score:.0f}"


@register.filter
def percent(share: float | None) -> str:
    """Return a share of 0–1 as a whole percentage with its sign; a dash where there is none."""
    return NOTHING if share is None else f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


@register.filter
def weeks(number: float | None) -> str:
    """Return a number of weeks with its unit; a dash where there is none."""
    if number is None:
        return NOTHING
    whole = round(number)
    return ngettext("%(number)s week", "%(number)s weeks", whole) % {"number": whole}


@register.filter
def heat(fulfilment: float | None) -> str:
    """Return a heat cell's class for a fulfilment of 0–1; unknown has its own."""
    return heat_level(None if fulfilment is None else 4 * fulfilment)


@register.filter
def heat_level(level: float | None) -> str:
    """Return a heat cell's class for a ladder level of 0–4: rounded down, so that only a whole step shows as one."""
    return "heat-unknown" if level is None else f"heat-{int(charts.clamp(level, 4) + 1e-9)}"


@register.filter
def crumb_nav(items: str) -> str:
    """Wrap the list items of a breadcrumb in its landmark; nothing where a page has none."""
    return wrapped('<nav class="crumb" aria-label="{}"><ol>{}</ol></nav>', _("Breadcrumb"), items)


@register.filter
def tab_nav(items: str) -> str:
    """Wrap a page's tabs in their landmark; nothing where a page has none."""
    return wrapped('<nav class="tabs" aria-label="{}">{}</nav>', _("Parts of this page"), items)


def wrapped(markup: str, label: str, items: str) -> str:
    """Return markup around a rendered block, or an empty string for a blank one."""
    return format_html(markup, label, conditional_escape(items)) if items.strip() else ""


@register.filter
def page_numbers(paginator: Paginator, number: int) -> list[int | None]:
    """Return the page numbers to link around the current one; None stands for those left out."""
    return [page if isinstance(page, int) else None for page in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)]
