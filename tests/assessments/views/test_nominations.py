import pytest
from django.urls import reverse

from assessments.models import Nomination
from assessments.services.interviews import submit_interview
from stakeholders.services.links import revoke_links
from tests import factories
from tests.assessments.climates import make_asking, seat
from tests.assessments.views.respondents import browser_of


@pytest.fixture
def person(interview):
    return browser_of(interview)


@pytest.fixture
def address(interview):
    return reverse("nominations", args=[interview.pk])


def kept():
    return [(row.kind, row.role or row.text) for row in Nomination.objects.all()]


def test_page_asks_for_every_role_but_the_persons_own(person, address):
    page = person.get(address)
    assert "Who else will this touch?" in page.content.decode()
    codes = [code for code, _ in page.context["form"].fields["roles"].choices]
    assert (len(codes), "lab_director" in codes) == (8, False)


def test_page_keeps_roles_services_and_people(person, interview, address):
    sent = {"who-roles": ["clinician", "patient_navigation"], "who-service_0": "Pharmacy", "who-person_1": "Dana Reyes", "go": "next"}
    assert person.post(address, sent).url == reverse("review", args=[interview.pk])
    assert kept() == [("role", "clinician"), ("role", "patient_navigation"), ("service", "Pharmacy"), ("person", "Dana Reyes")]
    page = person.get(address).content.decode()
    assert 'value="clinician" checked' in page
    assert 'value="Pharmacy"' in page


def test_page_sent_twice_keeps_it_once(person, address):
    for _ in range(2):
        person.post(address, {"who-service_0": "Pharmacy"})
    assert kept() == [("service", "Pharmacy")]


def test_empty_page_goes_on_and_takes_back(person, interview, address):
    person.post(address, {"who-service_0": "Pharmacy"})
    assert person.post(address, {"who-service_0": ""}).url == reverse("review", args=[interview.pk])
    assert kept() == []


@pytest.mark.parametrize(("go", "name"), [("more", "nominations"), ("back", "protected"), ("next", "review"), ("", "review")])
def test_button_leads_where_it_says(person, interview, address, go, name):
    assert person.post(address, {"go": go}).url == reverse(name, args=[interview.pk])


def test_who_is_asked_the_statements_comes_to_them_next(organisation):
    interview = seat(make_asking(organisation))
    response = browser_of(interview).post(reverse("nominations", args=[interview.pk]), {"go": "next"})
    assert response.url == reverse("climate", args=[interview.pk])


def test_there_is_a_line_to_go_on_with_until_there_are_ten(person, address):
    person.post(address, {f"who-service_{n}": f"Unit {n}" for n in range(3)})
    assert len(person.get(address).context["form"].services) == 4
    person.post(address, {f"who-service_{n}": f"Unit {n}" for n in range(10)})
    assert len(person.get(address).context["form"].services) == 10


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({f"who-service_{n}": f"Unit {n}" for n in range(10)} | {"who-person_0": "Dana"}, "Please name at most 10; you named 11."),
        ({"who-service_0": "x" * 121}, "at most 120 characters"),
        ({"who-roles": ["janitor"]}, "not one of the available choices"),
        ({"who-person_0": "MRN 12345678"}, "record number"),
    ],
)
def test_bad_input_is_said_and_kept_in_the_page(person, address, fields, says):
    response = person.post(address, fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert 'class="error-summary"' in page
    assert all(f'value="{text}"' in page for name, text in fields.items() if name != "who-roles")
    assert kept() == []


def test_what_looks_like_patient_data_is_kept_once_confirmed(person, address):
    person.post(address, {"who-person_0": "MRN 12345678", "who-confirmed": "on"})
    assert kept() == [("person", "MRN 12345678")]


@pytest.mark.parametrize("text", ["a\x00b", "<script>alert(1)</script>", "\u202egnp.exe", "王" * 120])
def test_any_text_is_harmless(person, address, text):
    assert person.post(address, {"who-service_0": text}).status_code in (302, 422)
    assert "<script>alert" not in person.get(address).content.decode()


def test_entries_stand_in_review_and_receipt(person, interview, address):
    person.post(address, {"who-roles": ["clinician"], "who-service_0": "Pharmacy <b>"})
    interview.stance = 1
    interview.save()
    review = person.get(reverse("review", args=[interview.pk])).content.decode()
    person.post(reverse("submit", args=[interview.pk]))
    receipt = person.get(reverse("receipt", args=[interview.pk])).content.decode()
    assert [("Pharmacy &lt;b&gt;" in page, "<bdi>Clinician</bdi>" in page) for page in (review, receipt)] == [(True, True)] * 2


def test_after_handing_in_nothing_is_changed_and_what_was_typed_stands_in_the_page(person, interview, address):
    interview.stance = 1
    interview.save()
    submit_interview(interview=interview)
    response = person.post(address, {"who-service_0": "Pharmacy"})
    assert (response.status_code, 'value="Pharmacy"' in response.content.decode()) == (409, True)
    assert person.get(address).url == reverse("receipt", args=[interview.pk])
    assert kept() == []


def test_entries_can_be_changed_after_taking_the_answers_back(person, interview, address):
    interview.stance = 1
    interview.save()
    person.post(address, {"who-service_0": "Pharmacy"})
    submit_interview(interview=interview)
    person.post(reverse("reopen", args=[interview.pk]))
    person.post(address, {"who-service_0": "Imaging"})
    assert kept() == [("service", "Imaging")]


@pytest.mark.parametrize("name", ["nominations", "climate"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_of_another_interview_is_closed(person, assessment, method, name):
    other = factories.make_interview(assessment, state="opened")
    assert getattr(person, method)(reverse(name, args=[other.pk]), {"who-service_0": "x"}).status_code == 410
    assert kept() == []


@pytest.mark.parametrize("name", ["nominations", "climate"])
def test_page_behind_a_revoked_link_is_closed_at_once(person, interview, name):
    revoke_links(purpose="interview", subject_id=interview.pk)
    assert person.post(reverse(name, args=[interview.pk]), {"who-service_0": "x"}).status_code == 410


@pytest.mark.parametrize("number", [1, 10])
def test_page_takes_a_fixed_number_of_queries(person, address, django_assert_num_queries, number):
    person.post(address, {f"who-service_{n}": f"Unit {n}" for n in range(number)})
    person.get(address)
    with django_assert_num_queries(4):
        person.get(address)
