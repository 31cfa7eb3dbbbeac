"""Pages about what is asked, answered and found."""

from django.urls import URLPattern, path

from assessments.views import (
    answers,
    answers_save,
    everyone,
    evidence,
    instrument_checks,
    instrument_drafts,
    instrument_files,
    instrument_items,
    instrument_preview,
    landing,
    protected,
    review,
    section,
)
from assessments.views import findings as finding_views
from assessments.views.assessment_state import assessment_state
from assessments.views.demo_mail import demo_mail
from assessments.views.host import host_approval, host_landing
from assessments.views.instruments import instrument_version, instruments
from assessments.views.more_questions import people_more
from assessments.views.people import people as people_page
from assessments.views.people import people_paste, people_remind, person, person_act, person_add
from assessments.views.product_history import product_history
from assessments.views.product_requirements import product_requirement, record_add, record_remove, requirement_reset
from assessments.views.product_version import product_version
from assessments.views.products import product, product_edit, product_new, products
from assessments.views.scope import scope, scope_revise
from assessments.views.setup import assessment_new, host_ask, setup_check, setup_step
from assessments.views.setup import setup as setup_index
from assessments.views.setup_sites import setup_sites, setup_waves
from assessments.views.vendor_audit import vendor_audit, vendor_audit_answer

# One list per kind of reader; each page's file in `views/` is named like its first URL.
setup: list[URLPattern] = [
    path("assessments/new/", assessment_new, name="assessment-new"),
    path("assessments/<uuid:pk>/setup/", setup_index, name="setup"),
    path("assessments/<uuid:pk>/setup/sites/", setup_sites, name="setup-sites"),
    path("assessments/<uuid:pk>/setup/waves/", setup_waves, name="setup-waves"),
    path("assessments/<uuid:pk>/setup/check/", setup_check, name="setup-check"),
    path("assessments/<uuid:pk>/setup/<slug:step>/", setup_step, name="setup-step"),
    path("assessments/<uuid:pk>/ask-host/", host_ask, name="ask-host"),
    path("assessments/<uuid:pk>/state/<slug:step>/", assessment_state, name="assessment-state"),
]  # /assessments/new/…, /assessments/<pk>/setup/…
scopes: list[URLPattern] = [
    path("assessments/<uuid:pk>/scope/", scope, name="scope"),
    path("assessments/<uuid:pk>/scope/revise/", scope_revise, name="scope-revise"),
]  # /assessments/<pk>/scope/…
people: list[URLPattern] = [
    path("assessments/<uuid:pk>/people/", people_page, name="people"),
    path("assessments/<uuid:pk>/people/add/", person_add, name="person-add"),
    path("assessments/<uuid:pk>/people/paste/", people_paste, name="people-paste"),
    path("assessments/<uuid:pk>/people/remind/", people_remind, name="people-remind"),
    path("assessments/<uuid:pk>/people/more-questions/", people_more, name="people-more"),
    path("assessments/<uuid:pk>/people/<uuid:interview>/", person, name="person"),
    path("assessments/<uuid:pk>/people/<uuid:interview>/<slug:act>/", person_act, name="person-act"),
]  # /assessments/<pk>/people/…
host: list[URLPattern] = [
    path("h/approval/<uuid:pk>/", host_approval, name="host-approval"),
    path("h/<str:token>/", host_landing, name="host-landing"),
    path("demo/mail/", demo_mail, name="demo-mail"),
]  # /h/…
interview: list[URLPattern] = [  # /i/…
    path("i/<str:token>/", landing.landing, name="landing"),
    path("i/<str:token>/decline/", landing.decline, name="decline"),
    path("i/interview/<uuid:pk>/", section.resume, name="interview"),
    path("i/interview/<uuid:pk>/save/", answers_save.save_one, name="save-answer"),
    path("i/interview/<uuid:pk>/protected/", protected.protected, name="protected"),
    path("i/interview/<uuid:pk>/nominations/", everyone.nominations, name="nominations"),
    path("i/interview/<uuid:pk>/climate/", everyone.climate, name="climate"),
    path("i/interview/<uuid:pk>/review/", review.review, name="review"),
    path("i/interview/<uuid:pk>/submit/", review.submit, name="submit"),
    path("i/interview/<uuid:pk>/receipt/", review.receipt, name="receipt"),
    path("i/interview/<uuid:pk>/reopen/", review.reopen, name="reopen"),
    path("i/interview/<uuid:pk>/evidence/<slug:code>/add/", evidence.evidence_add, name="evidence-add"),
    path("i/interview/<uuid:pk>/evidence/<uuid:evidence>/", evidence.evidence_own, name="evidence-own"),
    path("i/interview/<uuid:pk>/evidence/<uuid:evidence>/remove/", evidence.evidence_remove, name="evidence-remove"),
    path("i/interview/<uuid:pk>/<slug:domain>/", section.section, name="section"),
    path("assessments/evidence/<uuid:pk>/", evidence.evidence_file, name="evidence-file"),
]
findings: list[URLPattern] = [
    path("assessments/<uuid:pk>/answers/", answers.answers, name="answers"),
    # A path, because a question bank's own codes may hold a slash.
    path("assessments/<uuid:pk>/answers/<path:code>/", answers.requirement, name="requirement"),
    path("assessments/<uuid:pk>/findings/", finding_views.findings, name="findings"),
    path("assessments/<uuid:pk>/findings/<uuid:key>/", finding_views.finding, name="finding"),
    path("assessments/<uuid:pk>/findings/<uuid:key>/<slug:decision>/", finding_views.finding_decide, name="finding-decide"),
]  # /assessments/<pk>/answers/…, /assessments/<pk>/findings/…
vendor: list[URLPattern] = [
    path("assessments/<uuid:pk>/vendor/", vendor_audit, name="vendor-audit"),
    path("assessments/<uuid:pk>/vendor/<path:code>/", vendor_audit_answer, name="vendor-audit-answer"),
]  # /assessments/<pk>/vendor/…
bank: list[URLPattern] = [
    path("products/", products, name="products"),
    path("products/new/", product_new, name="product-new"),
    path("products/<uuid:pk>/", product, name="product"),
    path("products/<uuid:pk>/edit/", product_edit, name="product-edit"),
    path("products/<uuid:pk>/history/", product_history, name="product-history"),
    path("products/<uuid:pk>/version/", product_version, name="product-version"),
    path("products/<uuid:pk>/requirements/<path:code>/", product_requirement, name="product-requirement"),
    path("products/<uuid:pk>/reset/<path:code>/", requirement_reset, name="requirement-reset"),
    path("products/<uuid:pk>/records/<uuid:record>/remove/", record_remove, name="record-remove"),
    path("products/<uuid:pk>/records/add/<path:code>/", record_add, name="record-add"),
    path("instruments/", instruments, name="instruments"),
    path("instruments/import/", instrument_files.instrument_import, name="instrument-import"),
    path("instruments/<uuid:pk>/", instrument_version, name="instrument-version"),
    path("instruments/<uuid:pk>/start/", instrument_drafts.instrument_start, name="instrument-start"),
    path("instruments/<uuid:pk>/preview/", instrument_preview.instrument_preview, name="instrument-preview"),
    path("instruments/<uuid:pk>/compare/", instrument_preview.instrument_compare, name="instrument-compare"),
    path("instruments/<uuid:pk>/export/", instrument_files.instrument_export, name="instrument-export"),
    path("instruments/<uuid:pk>/check/", instrument_checks.draft_check, name="draft-check"),
    path("instruments/<uuid:pk>/publish/", instrument_checks.draft_publish, name="draft-publish"),
    path("instruments/<uuid:pk>/edit/", instrument_drafts.draft, name="draft"),
    path("instruments/<uuid:pk>/edit/head/", instrument_drafts.draft_head, name="draft-head"),
    path("instruments/<uuid:pk>/edit/discard/", instrument_drafts.draft_discard, name="draft-discard"),
    path("instruments/<uuid:pk>/edit/move/", instrument_drafts.draft_move, name="draft-move"),
    path("instruments/<uuid:pk>/edit/condition/", instrument_items.draft_condition, name="draft-condition"),
    path("instruments/<uuid:pk>/edit/domains/new/", instrument_drafts.draft_domain_new, name="draft-domain-new"),
    path("instruments/<uuid:pk>/edit/domains/<int:group>/", instrument_drafts.draft_domain, name="draft-domain"),
    path("instruments/<uuid:pk>/edit/items/new/", instrument_items.draft_item_new, name="draft-item-new"),
    path("instruments/<uuid:pk>/edit/items/<int:item>/", instrument_items.draft_item_edit, name="draft-item"),
    path("instruments/<uuid:pk>/edit/items/<int:item>/remove/", instrument_items.draft_item_remove, name="draft-item-remove"),
]  # /products/…, /instruments/…

urlpatterns = [*setup, *scopes, *people, *host, *interview, *findings, *vendor, *bank]
