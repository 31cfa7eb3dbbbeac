"""Every page, light and dark: axe finds nothing, the policy holds, nothing comes from elsewhere, no route is left out."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import resolve, reverse

from assessments.models import Assessment, Finding, Instrument, Interview, InterviewState
from assessments.services.drafts import start_draft
from readiness.demo.build import build_demonstration
from readiness.demo.people import PASSWORD
from stakeholders.models import LinkPurpose, MemberRole, Membership
from stakeholders.services.links import issue_link
from tests import factories
from tests.e2e.conftest import PHONE, axe_findings
from tests.readiness.test_access_matrix import ROUTES

pytestmark = pytest.mark.django_db(transaction=True)

# Routes that show no page of their own: they take a form, answer a script, or hand out a file.
NO_PAGE = {
    "draft-condition",
    "draft-discard",
    "draft-domain-new",
    "draft-item-new",
    "draft-item-remove",
    "draft-move",
    "instrument-export",
    "instrument-start",
    "ask-host",
    "assessment-state",
    "decline",
    "demo-mail-file",
    "evidence-add",
    "evidence-file",
    "evidence-own",
    "evidence-remove",
    "healthz",
    "interview",
    "member-deactivate",
    "member-invite-again",
    "member-reactivate",
    "people-more",
    "people-remind",
    "person-act",
    "finding-decide",
    "record-add",
    "record-remove",
    "reopen",
    "report-file",
    "report-issue",
    "report-pdf",
    "requirement-reset",
    "save-answer",
    "scope-revise",
    "setup",
    "health-system-delete",
    "service-line-delete",
    "site-add-hospital",
    "site-delete",
    "submit",
    "switch-organisation",
    "vendor-audit-answer",
}


@pytest.fixture
def case(settings):
    """The demonstration, with its three assessments by name."""
    settings.DEMO = True
    call_command("load_instrument", stdout=StringIO())
    organisation = build_demonstration(date.today())
    by_product = {a.product.name: a for a in Assessment.objects.filter(organisation=organisation).select_related("product")}
    return {"done": by_product["LarkPanel Tissue"], "half": by_product["Lark Companion"], "new": by_product["LarkTrace Blood"]}


class Tour:
    """A person who looks at pages and notes what axe finds."""

    def __init__(self, page):
        self.page, self.found, self.seen = page, [], set()

    def visit(self, path):
        response = self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        self.seen.add(resolve(self.page.url.split("?")[0].split("/", 3)[3].join(["/", ""])).url_name)
        if response.status >= 400:
            self.found.append(f"{path}: {response.status}")
        self.found += [f"{path}: {line}" for line in axe_findings(self.page)]


def link_of(assessment, purpose, subject):
    _, token = issue_link(organisation=assessment.organisation, purpose=purpose, subject_id=subject.pk)
    return token


def member_pages(case):
    """Every page of a member, in empty and in filled state."""
    for name in ("done", "half", "new"):
        pk = case[name].pk
        yield from (reverse(page, args=[pk]) for page in ("overview", "scope", "people", "answers", "findings", "vendor-audit", "reports"))
    done, new = case["done"], case["new"]
    system = done.health_system
    yield from ("/", "/?q=nothing-matches", "/assessments/new/", "/demo/mail/", "/settings/", "/settings/name/", "/settings/organisation/")
    yield from ("/settings/members/", "/settings/members/invite/", "/products/", "/products/new/", "/instruments/", "/health-systems/")
    yield "/health-systems/new/"
    yield reverse("requirement", args=[done.pk, "INT-01"])
    yield reverse("finding", args=[done.pk, Finding.objects.filter(assessment=done, code="INT-01").first().pk])
    yield reverse("report-preview", args=[done.pk])
    yield reverse("product", args=[done.product_id])
    yield reverse("product-edit", args=[done.product_id])
    yield from (reverse(name, args=[done.product_id]) for name in ("product-history", "product-version"))
    yield reverse("product-requirement", args=[done.product_id, "INT-01"])
    yield reverse("instrument-version", args=[done.product.version_id])
    yield reverse("health-system", args=[system.pk])
    yield from (f"/health-systems/{system.pk}/{rest}/" for rest in ("edit", "sites/find", "sites/new", "service-lines/new"))
    yield f"/sites/{system.sites.first().pk}/edit/"
    yield f"/service-lines/{system.service_lines.first().pk}/edit/"
    yield f"/settings/members/{Membership.objects.filter(role=MemberRole.REVIEWER).first().pk}/"
    yield from (f"/assessments/{new.pk}/setup/{step}/" for step in ("promise", "product", "sites", "waves", "dates", "host", "check"))
    yield from (f"/assessments/{new.pk}/people/{rest}/" for rest in ("add", "paste"))
    yield f"/assessments/{case['half'].pk}/people/{case['half'].interviews.first().pk}/"


def bank_pages(case):
    """Every page about question banks: reading, comparing, previewing, and an own draft with and without defects."""
    version, organisation = case["done"].product.version, case["done"].organisation
    draft = start_draft(source=version, organisation=organisation)
    empty = factories.make_version(publish=False, bank=[("LAB-01", ["lab_director"], True, 3)])
    Instrument.objects.filter(pk=empty.instrument_id).update(organisation=organisation)
    item, faulty = draft.items.get(code="LAB-01"), empty.items.get()
    yield from ("/instruments/", "/instruments/import/", f"/instruments/{version.pk}/", f"/instruments/{version.pk}/?q=nothing-matches")
    yield from (f"/instruments/{draft.pk}/{rest}" for rest in ("", "edit/", "edit/head/", "check/", "publish/", "compare/", "preview/"))
    yield from (f"/instruments/{version.pk}/preview/?role={role}&type=send_out_test" for role in ("lab_director", "clinician", "vendor"))
    yield f"/instruments/{draft.pk}/edit/domains/{item.domain_id}/"
    yield f"/instruments/{draft.pk}/edit/items/{item.pk}/"
    yield from (f"/instruments/{empty.pk}/{rest}" for rest in ("edit/", f"edit/items/{faulty.pk}/", "check/"))
    yield f"/instruments/{empty.pk}/compare/?with={version.pk}"


def account_pages():
    return ("/accounts/password/change/", "/accounts/email/", "/accounts/2fa/", "/accounts/logout/")


schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@schemes
def test_every_page_of_a_member_is_accessible(case, sign_in, scheme):
    tour = Tour(sign_in("admin@larkfield.example", PASSWORD, color_scheme=scheme))
    for path in (*member_pages(case), *bank_pages(case), *account_pages()):
        tour.visit(path)
    member_routes = {name for name, _, policy in ROUTES if policy.startswith("member")}
    assert tour.found == [], "\n".join(tour.found)
    assert member_routes - tour.seen - NO_PAGE == set()


@schemes
def test_every_page_of_stakeholder_and_host_is_accessible(case, open_page, scheme):
    half, done = case["half"], case["done"]
    tour = Tour(open_page(PHONE, color_scheme=scheme))
    waiting = half.interviews.get(state=InterviewState.IN_PROGRESS)
    tour.visit(reverse("landing", args=[link_of(half, LinkPurpose.INTERVIEW, waiting)]))
    tour.page.locator("button.btn-primary").click()
    tour.page.wait_for_load_state()
    for rest in ("", "INT/", "WFL/", "protected/", "nominations/", "climate/", "review/"):
        tour.visit(f"/i/interview/{waiting.pk}/{rest}")
    handed_in = Interview.objects.filter(assessment=done, role="clinician").first()
    tour.visit(reverse("landing", args=[link_of(done, LinkPurpose.INTERVIEW, handed_in)]))
    tour.page.locator("button.btn-primary").click()
    tour.page.wait_for_load_state()
    tour.visit(reverse("receipt", args=[handed_in.pk]))
    tour.visit(reverse("host-landing", args=[link_of(half, LinkPurpose.HOST, half)]))
    tour.page.locator("button.btn-primary").click()
    tour.page.wait_for_load_state()
    tour.visit(reverse("host-approval", args=[half.pk]))
    newcomer = factories.make_membership(half.organisation, MemberRole.REVIEWER)
    tour.visit(f"/p/{link_of(half, LinkPurpose.PASSWORD, newcomer)}/")
    for path in ("/accounts/login/", "/accounts/password/reset/"):
        tour.visit(path)
    link_routes = {name for name, _, policy in ROUTES if policy.startswith(("link", "token"))}
    assert tour.found == []
    assert link_routes - tour.seen - NO_PAGE == set()


@schemes
def test_closed_and_missing_pages_are_accessible(open_page, scheme):
    page = open_page(PHONE, color_scheme=scheme)
    for path in ("/nothing-here/", "/i/interview/00000000-0000-0000-0000-000000000000/"):
        page.goto(path)
        assert axe_findings(page) == []
