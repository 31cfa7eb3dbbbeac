"""The editor of an item: every field stands in one of the named sections, once, and texts are shown as texts."""

import re

import pytest
from crispy_forms.utils import render_crispy_form

from assessments.forms.bank_items import ItemForm
from assessments.forms.bank_layout import sections
from tests.assessments.bank.banks import IT, LAB, context, requirement

HOSTILE = "</textarea><script>alert(1)</script>{{ form }}"


def page_of(item=None, data=None, address=""):
    form = ItemForm(data, domains=[("LAB", "Laboratory")], item=item)
    form.reading_address = address
    return render_crispy_form(form, context={"readings": {}})


def test_every_section_has_its_anchor_and_its_name_in_order():
    page = page_of()
    found = re.findall(r'<fieldset[^>]*id="(section-[a-z]+)"[^>]*>\s*<legend[^>]*>\s*([^<]+?)\s*</legend>', page)
    assert found == sections()


def test_every_field_stands_in_the_form_once():
    page = page_of(requirement())
    form = ItemForm(domains=[("LAB", "Laboratory")], item=requirement())
    assert {name: page.count(f'id="div_id_{name}"') for name in form.fields} == dict.fromkeys(form.fields, 1)


@pytest.mark.parametrize(
    ("questions", "summary", "before"),
    [({"": "To all"}, "Words for one role", []), ({"": "To all", LAB: "To you"}, "Words for another role", [LAB])],
)
def test_words_for_a_role_are_folded_away_until_there_are_some(questions, summary, before):
    page = page_of(requirement(questions=questions))
    shown, _fold, folded = page.partition(f"<summary>{summary}</summary>")
    assert [role for role in (LAB, IT) if f'name="question_{role}"' in shown] == before
    assert [role for role in (LAB, IT) if f'name="question_{role}"' in folded] == [role for role in (LAB, IT) if role not in before]


def test_words_for_a_role_that_were_only_just_typed_stay_in_sight_after_an_error():
    shown = page_of(requirement(), data={f"question_{LAB}": "Typed"}).partition("<summary>")[0]
    assert "Typed" in shown


@pytest.mark.parametrize("field", ["condition", "opens_when"])
def test_condition_is_read_aloud_where_there_is_an_address_to_do_so(field):
    asked = f'hx-get="/reading/?field={field}"'
    assert (asked in page_of(address="/reading/"), "hx-get" in page_of()) == (True, False)


@pytest.mark.parametrize(
    "item",
    [requirement(title=HOSTILE, why=HOSTILE, unit="<b>h</b>"), context(condition=HOSTILE, evidence=(HOSTILE,))],
    ids=["ladder", "choice"],
)
def test_markup_in_texts_stays_text(item):
    page = page_of(item)
    assert ("<script>" in page, "<b>h</b>" in page, "&lt;script&gt;alert(1)&lt;/script&gt;{{ form }}" in page) == (False, False, True)


def test_form_that_was_refused_holds_all_that_was_typed():
    data = {"code": "no spaces", "title": HOSTILE, "need": "three", "condition": "CTX-01 equals", "choices": "Epic", "effort_vendor": "1,x"}
    page = page_of(requirement(), data=data)
    assert [words for words in ("no spaces", "three", "CTX-01 equals", "Epic", "1,x", "{{ form }}") if words not in page] == []
