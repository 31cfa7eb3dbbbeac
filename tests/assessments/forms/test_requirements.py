"""One requirement of a product: a reason exactly where less is asked, and nothing typed is lost."""

from datetime import timedelta

import pytest
from crispy_forms.utils import render_crispy_form
from django.utils import timezone

from assessments.forms.requirements import Basis, RecordForm, RequirementForm
from assessments.requirements import Adjustment
from tests.assessments.test_requirements import requirement

LAB, VENDOR = "lab_director", "vendor"
POOLS = (LAB, VENDOR)
LADDER = {"need": 3, "floor": 2, "weight": 3, "gate": True, "lead": (1, 2.5, 4), "effort": {LAB: 8.0, VENDOR: 2.5}}
AT_LEAST = {"kind": "quantity", "unit": "hours a week", "need": 8, "floor": 4, "weight": 3}
AT_MOST = {"kind": "quantity", "unit": "days", "direction": "at_most", "need": 9, "floor": 14, "weight": 3}
UNTOUCHED = {"need": "3.0", "floor": "2.0", "gate": "on", "weight": "3", "reason": ""}
AMOUNT, DAYS = {"need": "8", "floor": "4", "weight": "3", "reason": ""}, {"need": "9", "floor": "14", "weight": "3", "reason": ""}


def basis(ladder=(), **fields):
    plain = requirement(**{**LADDER, **fields})
    return Basis(plain, plain, POOLS, ladder)


NOTHING_OWN = Adjustment()


def form(data=None, own=NOTHING_OWN, reason="", **fields):
    return RequirementForm(data, basis=basis(**fields), own=own, reason=reason)


@pytest.mark.parametrize(
    ("fields", "typed"),
    [
        ({}, {**UNTOUCHED, "need": "2.0"}),
        ({}, {**UNTOUCHED, "floor": "1.0"}),
        ({}, {**UNTOUCHED, "weight": "2"}),
        ({}, {**UNTOUCHED, "gate": ""}),
        ({}, {**UNTOUCHED, "left_out": "on"}),
        ({}, {**UNTOUCHED, "left_out": "on", "need": "4.0"}),
        (AT_LEAST, {**AMOUNT, "gate": "on", "need": "7.9"}),
        (AT_LEAST, {**AMOUNT, "gate": "on", "floor": "3"}),
        (AT_MOST, {**DAYS, "gate": "on", "need": "9.5"}),
        (AT_MOST, {**DAYS, "gate": "on", "floor": "15"}),
    ],
)
@pytest.mark.parametrize(
    ("reason", "fields_refused"), [("", ["reason"]), (" \u200b ", ["reason"]), ("Because", [])], ids=["none", "blank", "given"]
)
def test_reason_is_required_where_the_product_asks_less(fields, typed, reason, fields_refused):
    assert list(form({**typed, "reason": reason}, **fields).errors) == fields_refused


@pytest.mark.parametrize(
    ("fields", "typed"),
    [
        ({}, UNTOUCHED),
        ({}, {**UNTOUCHED, "need": "4.0"}),
        ({}, {**UNTOUCHED, "floor": "3.0"}),
        ({}, {**UNTOUCHED, "weight": "5"}),
        ({"gate": False}, UNTOUCHED),
        ({}, {**UNTOUCHED, "lead_optimistic": "0", "lead_likely": "0", "lead_pessimistic": "0"}),
        ({}, {**UNTOUCHED, "effort_vendor": "0"}),
        (AT_LEAST, {**AMOUNT, "gate": "on", "need": "8.5", "floor": "5"}),
        (AT_MOST, {**DAYS, "gate": "on", "need": "8", "floor": "10"}),
    ],
)
def test_no_reason_is_required_where_it_asks_as_much_or_more(fields, typed):
    assert form(typed, **fields).errors == {}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ("Needed at go-live", "The question bank: 3\N{NO-BREAK SPACE}(in\N{NO-BREAK SPACE}place).")),
        (AT_LEAST, ("Needed at go-live (hours a week)", "The question bank: 8 hours a week.")),
        (AT_MOST, ("Needed at go-live (days)", "The question bank: at most 9 days.")),
        ({**AT_LEAST, "unit": ""}, ("Needed at go-live", "The question bank: 8.")),
    ],
)
def test_need_says_its_unit_and_what_the_bank_asks(fields, told):
    field = form(**fields).fields["need"]
    assert (field.label, field.help_text) == told


def test_floor_that_the_bank_has_not_is_said_and_may_stay_empty():
    fresh = form({**UNTOUCHED, "floor": "", "gate": ""}, floor=None, gate=False)
    assert (fresh.fields["floor"].help_text, fresh.errors) == ("The question bank: none.", {})
    assert fresh.fields["floor"].choices[0] == ("", "No floor")


def test_floor_that_the_bank_has_cannot_be_taken_away():
    assert "floor" in form({**UNTOUCHED, "floor": "", "reason": "Because"}).errors


def test_steps_stand_in_the_words_of_the_ladder_and_else_in_our_own():
    choices = form(ladder=("Nobody knows", "Somebody <b>knows</b>", "")).fields["need"].choices
    assert choices == [(1.0, "1 – Somebody <b>knows</b>"), (2.0, "2 – partial"), (3.0, "3 – in place"), (4.0, "4 – in routine use")]


def test_need_between_two_steps_can_be_kept():
    assert (2.5, "2.5") in form(need=2.5).fields["need"].choices


def test_markup_in_unit_and_ladder_stays_text():
    hostile = "<img src=x>"
    amount = render_crispy_form(form(**{**AT_MOST, "unit": hostile}), context={"lead_help": hostile, "effort_help": hostile})
    ladder = render_crispy_form(form(ladder=(hostile,) * 5))
    assert (hostile in amount, hostile in ladder) == (False, False)
    assert (amount.count("&lt;img src=x&gt;"), "4 – &lt;img src=x&gt;" in ladder) == (6, True)


def test_form_starts_from_own_values_then_the_banks():
    own = Adjustment(need=4, gate=False, lead=(1, 2, 3.5), effort={VENDOR: 12.0})
    start = form(own=own, reason="Because").initial
    assert {name: start[name] for name in ("need", "floor", "weight", "gate", "reason", "left_out")} == {
        "need": 4.0,
        "floor": 2.0,
        "weight": 3,
        "gate": False,
        "reason": "Because",
        "left_out": False,
    }
    assert [start[name] for name in ("lead_optimistic", "lead_pessimistic", "effort_vendor")] == [1, 3.5, 12]


def test_estimates_that_are_not_own_stand_as_hints_only():
    fresh = form()
    assert [name for name in fresh.initial if name.startswith(("lead_", "effort_"))] == []
    assert [fresh.fields[name].widget.attrs["placeholder"] for name in ("lead_likely", "effort_vendor")] == ["2.5", "2.5"]


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ({"lead_optimistic": "1"}, "lead_likely"),
        ({"lead_likely": "1", "lead_pessimistic": "2"}, "lead_optimistic"),
        ({"lead_optimistic": "0", "lead_likely": "1"}, "lead_pessimistic"),
    ],
)
def test_weeks_are_given_all_or_none(typed, missing):
    assert list(form({**UNTOUCHED, **typed}).errors) == [missing]


@pytest.mark.parametrize(
    ("typed", "effort"),
    [({}, None), ({"effort_vendor": "0"}, {LAB: 8.0, VENDOR: 0}), ({"effort_lab_director": "1.5"}, {LAB: 1.5, VENDOR: 2.5})],
)
def test_hours_that_stay_empty_beside_others_keep_the_estimate(typed, effort):
    filled = form({**UNTOUCHED, **typed})
    assert filled.is_valid(), filled.errors
    assert filled.adjustment().effort == effort


def test_values_survive_an_error():
    typed = {"need": "9", "floor": "x", "weight": "0", "reason": "y" * 301, "lead_likely": "soon", "effort_vendor": "-4", "left_out": "on"}
    refused = form(typed)
    assert set(refused.errors) == {"need", "floor", "weight", "reason", "lead_likely", "effort_vendor"}
    page = render_crispy_form(refused)
    assert [value for value in ("soon", "-4", "y" * 301) if value not in page] == []
    assert (refused["left_out"].value(), refused["need"].value()) == (True, "9")


def record(**typed):
    return RecordForm({f"record-{name}": value for name, value in {"place": "Valley", "weeks": "6.5", **typed}.items()}, pools=POOLS)


def test_record_keeps_the_hours_that_were_typed_only():
    filled = record(hours_vendor="0")
    assert filled.is_valid(), filled.errors
    assert filled.values() == {"place": "Valley", "weeks": 6.5, "finished_on": None, "hours": {VENDOR: 0}}


@pytest.mark.parametrize(("days", "refused"), [(1, True), (0, False), (-1, False)])
def test_record_is_of_what_is_finished(days, refused):
    day = timezone.localdate() + timedelta(days=days)
    assert ("finished_on" in record(finished_on=str(day)).errors) == refused


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"place": " "}, "place"),
        ({"place": "x" * 121}, "place"),
        ({"weeks": ""}, "weeks"),
        ({"weeks": "521"}, "weeks"),
        ({"weeks": "-1"}, "weeks"),
        ({"weeks": "nan"}, "weeks"),
        ({"hours_vendor": "10001"}, "hours_vendor"),
        ({"finished_on": "1999-12-31"}, "finished_on"),
        ({"finished_on": "soon"}, "finished_on"),
    ],
)
def test_record_that_cannot_be_kept_is_refused_and_stays_as_typed(typed, field):
    refused = record(**typed)
    assert (list(refused.errors), refused[field].value()) == ([field], typed[field])
