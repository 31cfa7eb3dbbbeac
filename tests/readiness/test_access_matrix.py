"""Who may open what: every route of ours × visitor, generated from the URLconf. A new route without an example fails here."""

import re
import uuid

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from assessments.models import Answer, Evidence, Finding, Instrument, RequirementRecord
from assessments.services.drafts import start_draft
from readiness.checks import LIBRARY_ROUTES
from stakeholders.models import MemberRole
from stakeholders.policy import Right, may
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

OWN = re.compile(r"member: (\w+) of own (\w+)")


def our_routes(patterns=None, prefix=""):
    """Yield name, route and policy of every route of ours."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from our_routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and not route.startswith(LIBRARY_ROUTES):
            yield pattern.name, route, pattern.callback.policy


ROUTES = sorted(set(our_routes()))
OBJECT_ROUTES = [r for r in ROUTES if OWN.match(r[2])]
MEMBER_ROUTES = [r for r in ROUTES if r[2].startswith("member")]
LINK_ROUTES = [r for r in ROUTES if r[2].startswith("link")]
TOKEN_ROUTES = [r for r in ROUTES if r[2].startswith("token")]
# What shows a version of a question bank: a published one to every member, a draft to whoever can change it.
READ_VERSIONS = [r for r in ROUTES if r[2] == "member: view of own InstrumentVersion"]
named = {"ids": lambda r: r[0]}


@pytest.fixture
def world(organisation, admin, settings):
    """One row of everything that a route may name, the question bank being the organisation's own."""
    settings.DEMO = True
    assessment = factories.make_open_assessment(organisation)
    Instrument.objects.filter(versions=assessment.product.version).update(organisation=organisation)
    interview = factories.make_interview(assessment, state="submitted")
    answer = Answer.objects.create(interview=interview, item_code="LAB-01", kind="level", level=4)
    evidence = Evidence(answer=answer, name="proof.pdf", content_type="application/pdf", size=3, sha256="0" * 64)
    evidence.file.save("proof.pdf", ContentFile(b"abc"))
    finding = Finding.objects.create(assessment=assessment, rule="shortfall", code="LAB-01", severity="major")
    record = RequirementRecord.objects.create(product=assessment.product, item_code="LAB-01", place="Elm Ridge", weeks=6)
    rows = {
        "Assessment": assessment,
        "HealthSystem": assessment.health_system,
        "Site": assessment.sites.first(),
        "ServiceLine": assessment.service_lines.first(),
        "Membership": admin,
        "Product": assessment.product,
        "InstrumentVersion": assessment.product.version,
        "Evidence": evidence,
        "Finding": finding,
    }
    words = {
        "interview": interview.pk,
        "key": finding.pk,
        "record": record.pk,
        "evidence": evidence.pk,
        "code": "LAB-01",
        "item": assessment.product.version.items.get(code="LAB-01").pk,
        "group": assessment.product.version.domains.get(code="LAB").pk,
        "domain": "LAB",
        "act": "withdraw",
        "step": "dates",
        "decision": "confirm",
        "number": 1,
        "paper": "letter",
        "audience": "deal_review",
        "token": "t" * 43,
    }
    return rows, words


@pytest.fixture
def outside(outsider):
    """The browser of another organisation's admin, who has every right there."""
    return signed_in(factories.make_membership(outsider.organisation, MemberRole.ADMIN))


def address(route, words, pk):
    """Fill a route's converters; an unknown one needs an example above."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(pk if m[1] == "pk" else words[m[1]]), route)


def example(world, route, policy):
    """Return an address of ours and the same address for something that does not exist."""
    rows, words = world
    model = OWN.match(policy)
    pk = rows[model[2]].pk if model else uuid.uuid4()
    return address(route, words, pk), address(route, words, uuid.uuid4())


def visible(response):
    """Return the answer without what differs from request to request."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken"?:\s*"?\w+|&quot;\w{64}&quot;', b"", response.content)
    return response.status_code, response.headers.get("Content-Type"), body


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", OBJECT_ROUTES, **named)
def test_outsider_cannot_tell_our_object_from_none(world, outside, route, method):
    ours, nothing = example(world, *route[1:])
    answer = getattr(outside, method)(ours)
    assert answer.status_code in (404, 405)
    assert visible(answer) == visible(getattr(outside, method)(nothing))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", MEMBER_ROUTES, **named)
def test_anonymous_visitor_is_sent_to_sign_in(world, anonymous, route, method):
    ours, _ = example(world, *route[1:])
    answer = getattr(anonymous, method)(ours)
    assert answer.status_code == 405 or answer.headers["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("role", MemberRole.values)
@pytest.mark.parametrize("route", MEMBER_ROUTES, **named)
def test_member_without_the_right_is_refused_and_with_it_is_not(world, organisation, route, role):
    right = Right(route[2].split()[1])
    client = signed_in(factories.make_membership(organisation, role))
    ours, nothing = example(world, *route[1:])
    answer = client.get(ours)
    if may(role, right):
        assert answer.status_code in (200, 302, 404, 405)
    else:
        assert answer.status_code in (403, 405)
        assert visible(answer) == visible(client.get(nothing))


@pytest.fixture
def own_draft(organisation):
    """A draft of the organisation's own bank."""
    return start_draft(source=factories.make_version(), organisation=organisation)


@pytest.mark.parametrize("role", MemberRole.values)
@pytest.mark.parametrize("route", READ_VERSIONS, **named)
def test_draft_is_read_only_by_who_can_change_it(own_draft, organisation, route, role):
    client = signed_in(factories.make_membership(organisation, role))
    expected = 200 if may(role, Right.EDIT) else 403
    assert client.get(address(route[1], {}, own_draft.pk)).status_code == expected
    assert client.get(address(route[1], {}, own_draft.based_on_id)).status_code == 200


@pytest.mark.parametrize("route", READ_VERSIONS, **named)
def test_outsider_cannot_tell_our_draft_from_none(own_draft, outside, route):
    answer = outside.get(address(route[1], {}, own_draft.pk))
    assert answer.status_code == 404
    assert visible(answer) == visible(outside.get(address(route[1], {}, uuid.uuid4())))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", LINK_ROUTES, **named)
def test_stranger_to_a_link_finds_a_closed_door(world, route, method):
    _, words = world
    ours = address(route[1], words, words["interview"])
    answer = getattr(Client(), method)(ours)
    assert answer.status_code in (405, 410)
    assert visible(answer) == visible(getattr(Client(), method)(address(route[1], words, uuid.uuid4())))


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("route", TOKEN_ROUTES, **named)
def test_unknown_token_does_not_exist(world, anonymous, route, method):
    answer = getattr(anonymous, method)(address(route[1], world[1], uuid.uuid4()))
    assert answer.status_code in (404, 405)


def test_matrix_covers_every_kind_of_policy():
    kinds = {policy.split(":")[0] for _, _, policy in ROUTES}
    assert kinds <= {"member", "link", "token", "public", "signed in"}
