"""Who else it will touch, and the anonymous statements: optional, bounded, and kept when something is wrong."""

import pytest
from django.utils.datastructures import MultiValueDict

from assessments.forms.everyone import ClimateForm, NominationsForm
from assessments.models import Nomination
from assessments.services.climate import Statement
from assessments.services.nominations import Named
from stakeholders.models import Role

OWN = "lab_director"


def sent(roles=(), **typed):
    """Return what a browser sends: lines by name, roles ticked."""
    data = MultiValueDict({f"who-{name}": [value] for name, value in typed.items()})
    data.setlist("who-roles", list(roles))
    return NominationsForm(data, own_role=OWN)


def test_own_role_is_not_offered():
    choices = [code for code, _label in NominationsForm(own_role=OWN).fields["roles"].choices]
    assert choices == [code for code in Role.values if code != OWN]


def test_empty_form_names_nobody():
    form = sent(service_0="", service_1=" ", person_0="\t")
    assert form.is_valid(), form.errors
    assert form.named() == []


def test_entries_are_roles_then_services_then_people():
    form = sent(["clinician"], person_0="Pat", service_0="Dialysis", service_1="")
    assert form.is_valid(), form.errors
    assert form.named() == [Named("role", "clinician"), Named("service", "Dialysis"), Named("person", "Pat")]


@pytest.mark.parametrize(
    ("services", "lines"),
    [([], 2), (["Dialysis"], 2), (["A", "B"], 3), ([f"S{n}" for n in range(9)], 10), ([f"S{n}" for n in range(10)], 10)],
)
def test_there_is_a_line_to_go_on_with_until_there_are_ten(services, lines):
    form = NominationsForm(own_role=OWN, named=[Nomination(kind="service", text=text) for text in services])
    assert (len(form.services), len(form.people)) == (lines, 2)
    assert [line.value() for line in form.services][: len(services)] == services


def test_lines_are_numbered_for_who_does_not_see_them():
    form = NominationsForm(own_role=OWN)
    assert [line.label for line in (*form.services, *form.people)] == ["Service or unit 1", "Service or unit 2", "Person 1", "Person 2"]


@pytest.mark.parametrize(
    ("names", "lines"), [({}, 0), ({"service_0": "A"}, 1), ({"service_9": "A"}, 10), ({"service_10": "A"}, 0), ({"service_x": "A"}, 0)]
)
def test_as_many_lines_come_back_as_were_sent_and_never_more_than_ten(names, lines):
    assert len(sent(**names).services) == lines


@pytest.mark.parametrize("roles", [["janitor"], [OWN]])
def test_role_that_was_not_offered_is_refused(roles):
    assert list(sent(roles).errors) == ["roles"]


@pytest.mark.parametrize(("number", "refused"), [(10, False), (11, True)])
def test_eleventh_entry_is_refused_with_the_number(number, refused):
    lines = {f"service_{n}": f"Service {n}" for n in range(min(number, 10))} | {f"person_{n}": "Pat" for n in range(number - 10)}
    form = sent(**lines)
    assert form.is_valid() is not refused
    assert form.non_field_errors() == (["Please name at most 10; you named 11."] if refused else [])


@pytest.mark.parametrize(("confirmed", "errors"), [({}, ["confirmed"]), ({"confirmed": "on"}, [])])
def test_what_looks_like_patient_data_waits_for_a_confirmation(confirmed, errors):
    form = sent(person_0="MRN 4711234", **confirmed)
    assert list(form.errors) == errors
    assert form.people[0].value() == "MRN 4711234"


def test_what_was_confirmed_before_stays_confirmed():
    kept = NominationsForm(own_role=OWN, named=[Nomination(kind="person", text="MRN 4711234"), Nomination(kind="role", role="clinician")])
    assert (kept["confirmed"].value(), kept["roles"].value()) == (True, ["clinician"])


def test_overlong_line_is_refused_and_kept():
    form = sent(person_0="x" * 121)
    assert (list(form.errors), form.people[0].value()) == (["person_0"], "x" * 121)


def test_markup_in_a_line_stays_text():
    line = str(sent(service_0='"><script>alert(1)</script>').services[0])
    assert ("<script>" in line, "&lt;script&gt;" in line) == (False, True)


STATEMENTS = [Statement(code, code, ("", "", "", "", ""), ()) for code in ("CLM-01", "CLM-02")]


def climate(data=None, **chosen):
    return ClimateForm(data, statements=STATEMENTS, chosen={code.replace("_", "-"): point for code, point in chosen.items()})


@pytest.mark.parametrize(
    ("data", "agreements"),
    [
        ({}, {}),
        ({"climate-CLM-01": ""}, {}),
        ({"climate-CLM-01": "0"}, {"CLM-01": 0}),
        ({"climate-CLM-02": "4", "climate-OLD": "1"}, {"CLM-02": 4}),
    ],
)
def test_statements_may_stay_open_and_the_least_agreement_counts(data, agreements):
    form = climate(data)
    assert form.is_valid(), form.errors
    assert form.agreements() == agreements


@pytest.mark.parametrize("point", ["5", "-1", "2.0", "yes", "²"])
def test_point_that_is_not_on_the_scale_is_refused_and_the_others_are_kept(point):
    form = climate({"climate-CLM-01": point, "climate-CLM-02": "3"})
    assert (list(form.errors), form["CLM-02"].value()) == (["CLM-01"], "3")


def test_statements_stand_with_what_was_chosen_before():
    assert [(statement.code, field.value()) for statement, field in climate(CLM_02=0).lines] == [("CLM-01", None), ("CLM-02", "0")]
