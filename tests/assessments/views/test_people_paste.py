import pytest
from django.urls import reverse

from tests.assessments.setups import a_person, add_three, make_draft

GOOD = "Dana Reyes\tdana@valley.example\tLab director\tDirector\tHub\tOncology\tyes"
BAD = "Kim Park\tkim@valley.example\tking"


@pytest.fixture
def draft(lead):
    return make_draft(lead)


def url(assessment):
    return reverse("people-paste", args=[assessment.pk])


def test_list_is_looked_at_before_anybody_is_added(lead_client, draft):
    response = lead_client.post(url(draft), {"people": f"{GOOD}\n{BAD}"})
    assert [row["person"].name for row in response.context["valid"]] == ["Dana Reyes"]
    assert draft.interviews.count() == 0


def test_faulty_line_is_named_by_number_and_reason(lead_client, draft):
    response = lead_client.post(url(draft), {"people": f"{GOOD}\n{BAD}"})
    assert response.context["faulty"] == [{"line": 2, "text": BAD, "problems": "“king” is none of the nine roles"}]
    assert "Line 2" in response.content.decode()


def test_text_is_kept_while_looking(lead_client, draft):
    assert lead_client.post(url(draft), {"people": f"{GOOD}\n{BAD}"}).context["form"]["people"].value() == f"{GOOD}\n{BAD}"


def test_valid_lines_are_added_with_their_places(lead_client, draft):
    response = lead_client.post(url(draft), {"people": GOOD, "add": "1"})
    interview = draft.interviews.get()
    assert response.url == reverse("people", args=[draft.pk])
    assert (str(interview.site), str(interview.service_line), interview.front_line, interview.role) == (
        "Hub",
        "Oncology",
        True,
        "lab_director",
    )


def test_faulty_lines_stay_in_the_box_when_the_valid_are_added(lead_client, draft):
    response = lead_client.post(url(draft), {"people": f"{GOOD}\n{BAD}", "add": "1"})
    assert (draft.interviews.count(), response.context["form"]["people"].value()) == (1, BAD)


def test_lines_that_are_left_are_numbered_as_in_the_box(lead_client, draft):
    response = lead_client.post(url(draft), {"people": f"{GOOD}\n{BAD}", "add": "1"})
    assert [line["line"] for line in response.context["faulty"]] == [1]


def test_corrected_rest_can_be_added(lead_client, draft):
    lead_client.post(url(draft), {"people": f"{GOOD}\n{BAD}", "add": "1"})
    lead_client.post(url(draft), {"people": BAD.replace("king", "IT"), "add": "1"})
    assert sorted(draft.interviews.values_list("role", flat=True)) == ["it_integration_lead", "lab_director"]


def test_sending_twice_adds_once(lead_client, draft):
    lead_client.post(url(draft), {"people": GOOD, "add": "1"})
    response = lead_client.post(url(draft), {"people": GOOD, "add": "1"})
    assert (draft.interviews.count(), response.context["faulty"][0]["problems"]) == (1, "dana@valley.example is asked in this role already")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "This field is required."),
        (" \n\t\n", "There is no line with a person in it."),
        ("Name\tE-mail\tRole", "There is no line with a person in it."),
        ("a\x00b", "Null characters are not allowed."),
        ("x" * 200_001, "Ensure this value has at most 200000 characters (it has 200001)."),
    ],
)
def test_text_that_cannot_be_read_is_refused_and_kept(lead_client, draft, text, message):
    response = lead_client.post(url(draft), {"people": text, "add": "1"})
    assert response.context["form"].errors["people"] == [message]
    assert response.context["form"]["people"].value() == text


@pytest.mark.parametrize("line", ["世界\tshi@valley.example\tlab", "Åse\tase@valley.example\tpaciente", "<b>X</b>\tx@valley.example\tit"])
def test_foreign_scripts_and_markup_are_text(lead_client, draft, line):
    page = lead_client.post(url(draft), {"people": line})
    assert page.status_code == 200
    assert "<b>X</b>" not in page.content.decode()


@pytest.mark.parametrize("name", ["Laboratory", "lab_director", "LAB DIRECTOR", "lab", "Pathology"])
def test_role_goes_by_many_names(lead_client, draft, name):
    response = lead_client.post(url(draft), {"people": f"Dana\tdana@valley.example\t{name}"})
    assert response.context["valid"][0]["person"].role == "lab_director"


def test_address_on_file_must_keep_its_name(lead_client, draft):
    from assessments.services.people import add_person

    add_person(assessment=draft, person=a_person())
    response = lead_client.post(url(draft), {"people": "Other Name\tP1@valley.example\tclinician"})
    assert response.context["faulty"][0]["problems"] == "the address already belongs to Person 1 (fictional)"


def test_nobody_is_added_once_closed(lead_client, assessment):
    assessment.state = "closed"
    assessment.save()
    response = lead_client.post(url(assessment), {"people": "Dana\tdana@valley.example\tlab", "add": "1"})
    assert assessment.interviews.count() == 0
    assert "nobody can be added any more" in response.content.decode()


def test_reviewer_may_not_paste(reviewer_client, draft):
    assert reviewer_client.post(url(draft), {"people": GOOD, "add": "1"}).status_code == 403


def test_another_organisation_may_not_paste(outsider_client, draft):
    assert outsider_client.post(url(draft), {"people": GOOD, "add": "1"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_looking_takes_a_fixed_number_of_queries(lead_client, draft, django_assert_num_queries, number):
    add_three(draft)
    text = "\n".join(f"Name {n}\tn{n}@valley.example\tlab\t\tHub" for n in range(number))
    with django_assert_num_queries(10):
        lead_client.post(url(draft), {"people": text})
