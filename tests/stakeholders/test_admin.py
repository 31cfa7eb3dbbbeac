import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, AnswerRevision, Disclosure, Evidence
from stakeholders.models import Organisation, User, WrittenOnce
from tests import factories

OURS = [model for model in admin.site._registry if model._meta.app_label in ("stakeholders", "assessments")]
WRITTEN_ONCE = [model for model in OURS if issubclass(model, WrittenOnce)]


@pytest.fixture
def operator(db):
    client = Client()
    client.force_login(User.objects.create_superuser("operator@here.example", "before-the-signature"))
    return client


def names(models):
    return [model.__name__ for model in models]


@pytest.mark.parametrize("model", OURS, ids=names(OURS))
def test_list_opens_for_an_operator(operator, assessment, model):
    assert operator.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=names(OURS))
def test_list_is_closed_to_members(admin_client, model):
    response = admin_client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    assert response.status_code in (302, 403)


@pytest.mark.parametrize("model", WRITTEN_ONCE, ids=names(WRITTEN_ONCE))
def test_written_once_rows_are_read_only(operator, rf, model):
    request = rf.get("/")
    request.user = User.objects.get(email="operator@here.example")
    page = admin.site._registry[model]
    rights = (page.has_add_permission(request), page.has_change_permission(request), page.has_delete_permission(request))
    assert rights == (False, False, False)


@pytest.mark.parametrize("model", [Answer, AnswerRevision, Disclosure, Evidence])
def test_what_people_said_is_not_shown_to_operators(model):
    assert model not in admin.site._registry


def test_tokens_hashes_are_not_shown(operator, organisation):
    from stakeholders.services.links import issue_link

    link, _token = issue_link(organisation=organisation, purpose="password", subject_id=organisation.pk)
    page = operator.get(reverse("admin:stakeholders_accesslink_change", args=[link.pk])).content.decode()
    assert link.token_hash not in page


def test_sign_in_to_the_admin_goes_through_our_own_page(anonymous, db):
    response = anonymous.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_organisation_can_be_renamed_but_not_deleted(operator, organisation):
    url = reverse("admin:stakeholders_organisation_change", args=[organisation.pk])
    operator.post(url, {"name": "Renamed", "time_zone": "America/Denver"})
    assert Organisation.objects.get().name == "Renamed"
    assert operator.post(reverse("admin:stakeholders_organisation_delete", args=[organisation.pk])).status_code == 403


def test_operator_may_give_a_seat(operator, organisation):
    user = factories.make_user()
    values = {"user": user.pk, "organisation": organisation.pk, "role": "admin", "is_active": "on"}
    operator.post(reverse("admin:stakeholders_membership_add"), values)
    assert user.memberships.get().role == "admin"
