"""The tags and filters that templates use for figures and chips."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from readiness.templatetags import charts


def rendered(source: str, **context: object) -> str:
    return Template("{% load charts %}" + source).render(Context(context))


@pytest.mark.parametrize(("score", "text"), [(None, "–"), (0, "0"), (48.6, "49"), (100, "100")])
def test_figure_rounds_and_shows_a_dash_for_none(score, text):
    assert charts.figure(score) == text


@pytest.mark.parametrize(("share", "text"), [(None, "–"), (0, "0\u00a0%"), (0.856, "86\u00a0%"), (1, "100\u00a0%")])
def test_percent_carries_its_unit(share, text):
    assert charts.percent(share) == text


@pytest.mark.parametrize(("number", "text"), [(None, "–"), (1, "1 week"), (21.7, "22 weeks"), (0, "0 weeks")])
def test_weeks_carry_their_unit(number, text):
    assert charts.weeks(number) == text


@pytest.mark.parametrize(
    ("fulfilment", "name"),
    [
        (None, "heat-unknown"),
        (0, "heat-0"),
        (0.24, "heat-0"),
        (0.5, "heat-2"),
        (0.999, "heat-3"),
        (1, "heat-4"),
        (7, "heat-4"),
        (-1, "heat-0"),
    ],
)
def test_heat_is_a_class_only_full_at_full(fulfilment, name):
    assert charts.heat(fulfilment) == name


def test_heat_level_allows_for_rounding_errors():
    assert charts.heat_level(3 * (1 / 3) * 3) == "heat-3"


def test_chip_shows_word_and_shape():
    markup = rendered("{% chip 'blocker' %}")

    assert 'class="chip chip-blocker"' in markup
    assert "<svg" in markup
    assert markup.endswith("Blocker</span>")


def test_chip_label_replaces_the_word_and_is_escaped():
    markup = rendered("{% chip 'submitted' label=label %}", label="<3 of 5>")

    assert "&lt;3 of 5&gt;</span>" in markup
    assert "Submitted" not in markup


def test_chip_of_hostile_code_is_escaped():
    assert "<script" not in rendered("{% chip code %}", code="<script>")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("not_ready", "Not ready to sign"),
        ("insufficient_evidence", "Not enough evidence yet"),
        ("ready_with_conditions", "Ready with conditions"),
        ("ready", "Ready to sign"),
        (None, "No verdict yet"),
    ],
)
def test_verdict_words_say_what_the_code_means(verdict, words):
    assert charts.verdict_words(verdict) == words


def test_verdict_mark_is_hidden_beside_its_sentence():
    assert 'aria-hidden="true"' in rendered("{% verdict_mark 'not_ready' %}")


def test_chart_tags_render_as_markup():
    markup = rendered(
        "{% range_bar 49 41 58 width=200 %}{% coverage_dots 1 2 %}{% spread_dots values 3 %}{% severity_mark 'minor' %}", values=[("a", 1)]
    )

    assert markup.count("<svg") == 4
    assert "&lt;" not in markup


def test_crumbs_are_wrapped_in_a_landmark():
    assert (
        rendered("{% filter crumb_nav %}<li>Here</li>{% endfilter %}")
        == '<nav class="crumb" aria-label="Breadcrumb"><ol><li>Here</li></ol></nav>'
    )


@pytest.mark.parametrize("name", ["crumb_nav", "tab_nav"])
def test_landmark_of_nothing_is_left_out(name):
    assert rendered("{% filter " + name + " %}  {% endfilter %}") == ""


def test_tabs_do_not_unescape_what_the_page_escaped():
    markup = rendered("{% filter tab_nav %}<a>{{ title }}</a>{% endfilter %}", title="<b>x</b>")

    assert "<a>&lt;b&gt;x&lt;/b&gt;</a>" in markup


def test_page_numbers_leave_out_the_far_ones():
    assert charts.page_numbers(Paginator(range(900), 30), 10) == [1, None, 9, 10, 11, None, 30]
