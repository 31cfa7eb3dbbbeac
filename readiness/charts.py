"""The house's charts as inline SVG: pure functions, the same drawing for page and PDF.

Every shape carries attributes (the PDF renderer reads neither `var()` nor an outer colour) and a class, by which
the page's stylesheet recolours it in the dark theme. Every drawing has a text alternative.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from readiness.chips import chip_for

INK = {
    "blocker": "#9b1239",
    "major": "#a93e08",
    "moderate": "#7d5800",
    "minor": "#47586b",
    "good": "#1c6b35",
    "unknown": "#525e6d",
    "accent": "#084f49",
}
LINE = 'class="glyph-line" fill="none" stroke="{ink}" stroke-linecap="round" stroke-linejoin="round" '
FILL = 'class="glyph-fill" fill="{ink}" '
SHAPES = {
    "octagon": "<path " + FILL + 'd="M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5z"/>',
    "triangle": "<path " + FILL + 'd="M6 .6l6 10.8H0z"/>',
    "diamond": "<path " + FILL + 'd="M6 0l6 6-6 6-6-6z"/>',
    "circle": "<circle " + FILL + 'cx="6" cy="6" r="4.6"/>',
    "square": "<rect " + FILL + 'x="1.5" y="1.5" width="9" height="9" rx="1.5"/>',
    "check": "<path " + LINE + 'stroke-width="2.2" d="M1.4 6.4l3.2 3.6L10.8 2.2"/>',
    "cross": "<path " + LINE + 'stroke-width="2.2" d="M2 2l8 8M10 2l-8 8"/>',
    "dash": "<path " + LINE + 'stroke-width="2.2" d="M1.5 6h9"/>',
    "ring": "<circle " + LINE + 'stroke-width="1.8" cx="6" cy="6" r="4.6"/>',
    "half": "<circle " + LINE + 'stroke-width="1.8" cx="6" cy="6" r="4.6"/><path ' + FILL + 'd="M6 1.4a4.6 4.6 0 010 9.2z"/>',
    "dashed": "<circle " + LINE + 'stroke-width="1.7" stroke-dasharray="2.1 2.72" cx="6" cy="6" r="4.6"/>',
}
DOTS_AT_MOST = 12
LABEL_WIDTH, AXIS_WIDTH, ROW_HEIGHT = 168, 240, 24


def mark(shape: str, tone: str, *, label: str = "") -> SafeString:
    """Return a 12 × 12 mark in one of SHAPES and a tone of INK; hidden from readers unless `label` names it."""
    drawing = SHAPES.get(shape, SHAPES["circle"]).format(ink=INK.get(tone, INK["minor"]))
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    opening = '<svg class="glyph glyph-{}" viewBox="0 0 12 12" width="12" height="12" {}>{}</svg>'
    return format_html(opening, tone, role, SafeString(drawing))  # nosec B703: a constant of SHAPES and INK


def severity_mark(severity: str) -> SafeString:
    """Return the shape of a severity, a gate's state or a verdict, with its word as the text alternative."""
    chip = chip_for(severity)
    return mark(chip.shape, chip.tone, label=str(chip.word))


def clamp(value: float, maximum: float = 100.0) -> float:
    """Return the value within 0 and maximum: a drawing never leaves its frame."""
    return max(0.0, min(float(value), maximum))


def number(value: float) -> str:
    """Return a coordinate or a value with at most one decimal, and none where it would be a zero."""
    return f"{value:.1f}".removesuffix(".0")


def picture(kind: str, size: tuple[int, int], *, label: str, body: str) -> SafeString:
    """Return an SVG element of a chart; `label` is its text alternative and is escaped, `body` must be safe markup."""
    opening = '<svg class="chart {0}" viewBox="0 0 {1} {2}" width="{1}" height="{2}" role="img" aria-label="{3}">{4}</svg>'
    return format_html(opening, kind, size[0], size[1], label, body)


def range_bar(score: float | None, low: float | None, high: float | None, *, width: int = 260) -> SafeString:
    """Draw a score with its range on 0–100: a dot on a band. Without a score an empty dashed outline; figures outside are clamped."""
    if score is None:
        return no_score(width)
    parts = [scale(width)]
    label = _("%(score)s of 100") % {"score": round(clamp(score))}
    if low is not None and high is not None:
        low, high = clamp(min(low, high)), clamp(max(low, high))
        label = _("%(score)s of 100, range %(low)s to %(high)s") % {"score": round(clamp(score)), "low": round(low), "high": round(high)}
        parts.append(band(low, high, width))
    dot = '<circle class="chart-dot" fill="#0b6b62" stroke="#ffffff" stroke-width="2" cx="{}" cy="10" r="6"/>'
    parts.append(format_html(dot, number(along(score, width))))
    return picture("chart-range", (width, 20), label=label, body=format_html_join("", "{}", ((part,) for part in parts)))


def no_score(width: int) -> SafeString:
    """Draw the place of a score that does not exist: nobody gave an answer that counts."""
    outline = '<rect class="chart-empty" fill="none" stroke="#7d8998" stroke-dasharray="4 4" x="1" y="5" width="{}" height="10" rx="5"/>'
    return picture("chart-range", (width, 20), label=_("no score"), body=format_html(outline, width - 2))


def along(value: float, width: int) -> float:
    """Return the x of a figure of 0–100: the dot's own radius is kept free at both ends."""
    return 7 + clamp(value) / 100 * (width - 14)


def scale(width: int) -> SafeString:
    """Draw the track of a range bar with lines at its quarters."""
    track = '<rect class="chart-track" fill="#e9edf1" x="0" y="7" width="{}" height="6" rx="3"/>'
    quarter = '<path class="chart-tick" stroke="#b8c2ce" d="M{0} 2v16"/>'
    return format_html(track, width) + format_html_join("", quarter, ((number(along(place, width)),) for place in (25, 50, 75)))


def band(low: float, high: float, width: int) -> SafeString:
    """Draw the range from low to high, at least as wide as can be seen."""
    start = along(low, width)
    shape = '<rect class="chart-band" fill="#a5d8d0" stroke="#3f9187" x="{}" y="4.5" width="{}" height="11" rx="4"/>'
    return format_html(shape, number(start), number(max(along(high, width) - start, 1)))


def coverage_dots(done: int, total: int) -> SafeString:
    """Draw how many of those asked have answered: filled and hollow dots, a bar above twelve; the count is the text alternative."""
    total = max(total, 0)
    done = max(0, min(done, total))
    label = _("%(done)s of %(total)s") % {"done": done, "total": total}
    if total > DOTS_AT_MOST:
        return picture("chart-dots", (168, 14), label=label, body=coverage_bar(done, total))
    full = '<circle class="chart-done" fill="#0b6b62" stroke="#0b6b62" stroke-width="1.5" cx="{}" cy="7" r="4.5"/>'
    hollow = '<circle class="chart-open" fill="none" stroke="#7d8998" stroke-width="1.5" cx="{}" cy="7" r="4.5"/>'
    dots = [format_html(full if place < done else hollow, 7 + 14 * place) for place in range(total)]
    return picture("chart-dots", (14 * max(total, 1), 14), label=label, body=format_html_join("", "{}", ((part,) for part in dots)))


def coverage_bar(done: int, total: int) -> SafeString:
    """Draw a count too large for dots as a filled part of a bar of 168 units."""
    frame = '<rect class="chart-open" fill="none" stroke="#7d8998" x=".5" y="3.5" width="167" height="7" rx="3.5"/>'
    filled = '<rect class="chart-done" fill="#0b6b62" stroke="#0b6b62" x=".5" y="3.5" width="{}" height="7" rx="3.5"/>'
    return SafeString(frame) + (format_html(filled, number(167 * done / total)) if done else SafeString())


def spread_dots(values: Sequence[tuple[str, float]], need: float, maximum: float) -> SafeString:
    """Draw who said what: one labelled row and dot per value on 0–maximum, and the need as a line through all of them."""
    maximum = maximum if maximum > 0 else 1.0
    rows = [spread_row(place, label, clamp(value, maximum) / maximum) for place, (label, value) in enumerate(values)]
    height = ROW_HEIGHT * len(values) + 40
    said = "; ".join(f"{label}: {number(value)}" for label, value in values)
    alternative = _("Answers from 0 to %(maximum)s, %(need)s needed: %(said)s")
    label = alternative % {"maximum": number(maximum), "need": number(need), "said": said or _("none")}
    body = (
        spread_axis(height - 18, maximum)
        + need_line(clamp(need, maximum) / maximum, need, height)
        + format_html_join("", "{}", ((part,) for part in rows))
    )
    return picture("chart-spread", (LABEL_WIDTH + AXIS_WIDTH + 24, height), label=label, body=body)


def spread_row(place: int, label: str, share: float) -> SafeString:
    """Draw one row of a spread: the label, its line and the dot at `share` (0–1) of the axis."""
    shown = label if len(label) <= 26 else label[:25].rstrip() + "…"
    row = (
        '<text class="chart-text" fill="#16202e" font-family="Inter, sans-serif" font-size="12" x="0" y="{1}">{2}</text>'
        '<path class="chart-tick" stroke="#b8c2ce" stroke-width=".75" d="M{3} {0}h{4}"/>'
        '<circle class="chart-dot" fill="#0b6b62" stroke="#ffffff" stroke-width="2" cx="{5}" cy="{0}" r="6.5"/>'
    )
    y = 30 + ROW_HEIGHT * place
    return format_html(row, y, y + 4, shown, LABEL_WIDTH, AXIS_WIDTH, number(LABEL_WIDTH + share * AXIS_WIDTH))


def spread_axis(y: int, maximum: float) -> SafeString:
    """Draw the axis: every whole step of a short scale, only the ends of a long one."""
    whole = maximum <= 10 and float(maximum).is_integer()
    steps = range(int(maximum) + 1) if whole else (0, maximum)
    tick = (
        '<path class="chart-tick" stroke="#b8c2ce" d="M{0} {1}v-4"/>'
        '<text class="chart-soft" fill="#4a5768" font-family="Inter, sans-serif" font-size="11" text-anchor="middle"'
        ' x="{0}" y="{2}">{3}</text>'
    )
    places = ((number(LABEL_WIDTH + step / maximum * AXIS_WIDTH), y, y + 14, number(step)) for step in steps)
    return format_html_join("", tick, places)


def need_line(share: float, need: float, height: int) -> SafeString:
    """Draw what is needed as a dashed line with its own word, at `share` (0–1) of the axis."""
    line = (
        '<path class="chart-need" stroke="#a93e08" stroke-width="1.5" stroke-dasharray="3 3" d="M{0} 16V{1}"/>'
        '<text class="chart-need-text" fill="#a93e08" font-family="Inter, sans-serif" font-size="11" font-weight="600"'
        ' text-anchor="middle" x="{0}" y="11">{2}</text>'
    )
    return format_html(line, number(LABEL_WIDTH + share * AXIS_WIDTH), height - 22, _("needed %(need)s") % {"need": number(need)})
