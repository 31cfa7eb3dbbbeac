"""The next revision of a scope: version, profile and reason, and what tells one plan from another."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.http import QueryDict

from assessments.forms.scope_revisions import RevisionForm, fingerprint
from assessments.models import Instrument, InstrumentVersion
from assessments.services.profile_requirements import ProfileLine
from assessments.services.scopes import ScopePlan
from tests.assessments.test_requirements import requirement

BANK = Instrument(code="own", title="Own bank")
NOW, NEXT, STRANGE = (InstrumentVersion(pk=UUID(int=int(number)), instrument=BANK, number=number) for number in ("1", "2", "9"))
PLAN = ScopePlan(version=NOW, left_out_domains=frozenset({"LAB"}), refreshed=False)
LINE = ProfileLine(item=None, requirement=requirement())


def form(query="", versions=(NOW, NEXT)):
    return RevisionForm(QueryDict(query), versions=versions)


def test_version_is_chosen_among_those_ahead_and_starts_at_the_own():
    field = form().fields["version"]
    assert ([key for key, _label in field.choices], field.initial) == ([str(NOW.pk), str(NEXT.pk)], str(NOW.pk))


def test_only_version_is_not_asked_for():
    alone = form("reason=Because", versions=(NOW,))
    assert (alone.is_valid(), alone.fields["version"].widget.is_hidden) == (True, True)
    assert alone.wanted(PLAN).version is NOW


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("", ["reason", "version"]),
        (f"reason=%20&version={NOW.pk}", ["reason"]),
        (f"reason=%E2%80%8B&version={NOW.pk}", ["reason"]),
        (f"reason={'x' * 301}&version={NOW.pk}", ["reason"]),
        (f"reason=Because&version={STRANGE.pk}", ["version"]),
        ("reason=Because&version=1", ["version"]),
        (f"reason=Because&version={NEXT.pk}", []),
    ],
)
def test_revision_needs_a_reason_and_a_version_that_is_offered(query, errors):
    assert list(form(query).errors) == errors


@pytest.mark.parametrize(
    ("query", "version", "refreshed"), [(f"version={NEXT.pk}&refreshed=on", NEXT, True), (f"version={NOW.pk}", NOW, False)]
)
def test_plan_takes_version_and_profile_that_were_chosen_and_keeps_the_rest(query, version, refreshed):
    checked = form(f"reason=Because&{query}")
    assert checked.is_valid(), checked.errors
    assert checked.wanted(PLAN) == replace(PLAN, version=version, refreshed=refreshed)


def test_plan_of_a_refused_form_stays_under_the_version_that_it_has():
    refused = form(f"version={STRANGE.pk}&refreshed=on")
    assert refused.is_valid() is False
    assert refused.wanted(PLAN) == replace(PLAN, refreshed=True)


def test_ticks_are_read_as_they_were_sent_known_or_not():
    ticked = form("domain=LAB&domain=XYZ&item=LAB-01&open=INT-07&open=%3Cb%3E").ticked
    assert (ticked.domains, ticked.items, ticked.opened) == (["LAB", "XYZ"], ["LAB-01"], ["INT-07", "<b>"])


@pytest.mark.parametrize(
    ("listed", "version"), [(f"listed={NEXT.pk}", NEXT), ("", NOW), (f"listed={STRANGE.pk}", NOW), ("listed=%00", NOW)]
)
def test_page_lists_the_items_of_a_version_that_is_offered(listed, version):
    assert form(listed).listed_version is version


def test_same_plan_has_the_same_fingerprint_whatever_the_order_of_its_codes():
    one, other = (replace(PLAN, opened=frozenset(codes)) for codes in (["A", "B", "C"], ["C", "B", "A"]))
    assert fingerprint(one, [LINE]) == fingerprint(other, [LINE])


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"version": NEXT}, [LINE]),
        ({"refreshed": True}, [LINE]),
        ({"left_out_domains": frozenset()}, [LINE]),
        ({"left_out_domains": frozenset(), "left_out_items": frozenset({"LAB"})}, [LINE]),
        ({"opened": frozenset({"LAB"}), "left_out_domains": frozenset()}, [LINE]),
        ({}, []),
        ({}, [replace(LINE, requirement=requirement(need=4))]),
        ({}, [replace(LINE, requirement=requirement(effort={"vendor": 1}))]),
    ],
)
def test_other_plan_or_profile_has_another_fingerprint(changes, lines):
    assert fingerprint(replace(PLAN, **changes), lines) != fingerprint(PLAN, [LINE])
