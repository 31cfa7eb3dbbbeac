import pytest
from django.utils import timezone

from assessments.bundles import bundle_document, parse_bundle
from assessments.models import AgreedPlan, Answer, Disclosure, Reconciliation, Scope
from assessments.services.bundle_answers import respondent_id
from assessments.services.bundle_rows import assessment_bundle
from tests import factories


def answer(interview, code="LAB-01", level=2, **fields):
    return Answer.objects.create(interview=interview, item_code=code, kind="level", level=level, **fields)


@pytest.fixture
def submitted(assessment):
    return factories.make_interview(assessment, role="lab_director", state="submitted", site=assessment.sites.get(name="Hub"))


def respondents(assessment):
    return {r.id: r for r in assessment_bundle(assessment).respondents}


def test_bundle_of_rows_is_one_that_the_parser_accepts(assessment, submitted):
    answer(submitted)
    bundle = assessment_bundle(assessment)
    assert parse_bundle(bundle_document(bundle)) == bundle


@pytest.mark.parametrize(
    ("state", "shown"),
    [("invited", "invited"), ("opened", "invited"), ("declined", "invited"), ("in_progress", "in_progress"), ("submitted", "submitted")],
)
def test_state_maps_to_the_format(assessment, state, shown):
    interview = factories.make_interview(assessment, state=state)
    assert respondents(assessment)[respondent_id(interview.pk)].state == shown


def test_withdrawn_is_left_out_with_the_answers(assessment, submitted):
    answer(submitted)
    submitted.state = "withdrawn"
    submitted.save()
    bundle = assessment_bundle(assessment)
    assert (bundle.respondents, bundle.answers) == ((), ())


@pytest.mark.parametrize("state", ["opened", "in_progress", "declined"])
def test_answers_of_interviews_not_submitted_stay_out(assessment, state):
    answer(factories.make_interview(assessment, state=state))
    assert assessment_bundle(assessment).answers == ()


def test_answers_of_an_imported_assessment_count_in_every_state(assessment):
    answer(factories.make_interview(assessment, state="in_progress"))
    assessment.imported = True
    assessment.save()
    assert len(assessment_bundle(assessment).answers) == 1


def test_respondents_are_pseudonymous_and_stable(assessment, submitted):
    before = set(respondents(assessment))
    factories.make_interview(assessment, role="clinician")
    text = str(bundle_document(assessment_bundle(assessment)))
    assert before < set(respondents(assessment))
    assert submitted.stakeholder.name not in text
    assert submitted.stakeholder.email not in text
    assert str(submitted.pk) not in text


def test_answers_to_items_no_longer_in_scope_stay_out(assessment, submitted):
    answer(submitted, "LAB-01")
    answer(submitted, "GONE-01")
    assert [a.item for a in assessment_bundle(assessment).answers] == ["LAB-01"]


def test_answers_of_another_kind_than_the_item_stay_out(assessment, submitted):
    Answer.objects.create(interview=submitted, item_code="LAB-01", kind="quantity", quantity=7)
    assert assessment_bundle(assessment).answers == ()


def test_unscored_items_and_their_answers_stay_out(organisation):
    version = factories.make_version(publish=False)
    factories.make_item(version, "LAB-09", ["lab_director"], kind="text")
    version.publish()
    assessment = factories.make_open_assessment(organisation, version=version)
    interview = factories.make_interview(assessment, state="submitted")
    Answer.objects.create(interview=interview, item_code="LAB-09", kind="text", text="on paper")
    bundle = assessment_bundle(assessment)
    assert "LAB-09" not in [i.code for i in bundle.instrument.items]
    assert bundle.answers == ()


def test_evidence_is_a_file_or_a_reference(assessment, submitted):
    plain, filed = answer(submitted, "LAB-01"), answer(submitted, "INT-02")
    referenced = answer(submitted, "LAB-02", evidence_reference="binder 3")
    filed.evidence.create(file="evidence/x", name="x.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    proven = {a.item: a.evidence for a in assessment_bundle(assessment).answers}
    assert proven == {plain.item_code: False, referenced.item_code: True, filed.item_code: True}


def test_unknown_and_not_applicable_pass(assessment, submitted):
    Answer.objects.create(interview=submitted, item_code="LAB-01", kind="unknown")
    Answer.objects.create(interview=submitted, item_code="LAB-02", kind="not_applicable", reason="no\nlaboratory")
    unknown, not_applicable = assessment_bundle(assessment).answers
    assert unknown.unknown
    assert (not_applicable.not_applicable, not_applicable.reason) == (True, "no laboratory")


def test_levels_are_written_as_integers(assessment, submitted):
    Reconciliation.objects.create(assessment=assessment, item_code="LAB-01", value=2, evidence="minutes", confirmed_at=timezone.now())
    bundle = assessment_bundle(assessment)
    assert {type(i.need) for i in bundle.instrument.items} == {int}
    assert type(bundle.reconciliations[0].value) is int


def test_reconciliation_counts_once_confirmed(assessment):
    row = Reconciliation.objects.create(assessment=assessment, item_code="LAB-01", value=2, evidence="minutes")
    before = assessment_bundle(assessment).reconciliations
    row.confirmed_at = timezone.now()
    row.save()
    assert (before, len(assessment_bundle(assessment).reconciliations)) == ((), 1)


def test_reconciliation_of_an_item_out_of_scope_stays_out(assessment):
    Reconciliation.objects.create(assessment=assessment, item_code="GONE-01", value=2, evidence="minutes", confirmed_at=timezone.now())
    assert assessment_bundle(assessment).reconciliations == ()


@pytest.mark.parametrize(
    ("role", "front_line", "counts"), [("clinician", True, 1), ("clinician", False, 0), ("executive_sponsor", True, 0)]
)
def test_plan_for_a_champion_needs_a_front_line_clinician_of_the_service(assessment, role, front_line, counts):
    line = assessment.service_lines.get()
    interview = factories.make_interview(assessment, role=role, state="submitted", front_line=front_line, service_line=line)
    AgreedPlan.objects.create(assessment=assessment, kind="no_champion", code=line.code, accepted_by=interview.stakeholder)
    assert len(assessment_bundle(assessment).agreed_plans) == counts


def test_plan_for_a_requirement_needs_a_person(assessment, submitted):
    AgreedPlan.objects.create(assessment=assessment, kind="shortfall", code="LAB-01")
    AgreedPlan.objects.create(assessment=assessment, kind="shortfall", code="INT-01", accepted_by=submitted.stakeholder)
    assert [p.code for p in assessment_bundle(assessment).agreed_plans] == ["INT-01"]


def test_service_line_that_is_not_affected_is_none(assessment):
    other = factories.make_service_line(assessment.health_system, "Cardiology")
    interview = factories.make_interview(assessment, role="clinician", state="submitted", service_line=other)
    bundle = assessment_bundle(assessment)
    assert respondents(assessment)[respondent_id(interview.pk)].service is None
    assert [s.code for s in bundle.services] == ["oncology"]


def test_sites_of_waves_services_and_people_are_declared(assessment):
    far = factories.make_site(assessment.health_system, "Far")
    factories.make_interview(assessment, site=far)
    wave = assessment.waves.create(code="one", title="One")
    wave.sites.set([assessment.sites.get(name="Hub")])
    bundle = assessment_bundle(assessment)
    assert [s.code for s in bundle.sites] == ["far", "hub", "north-pass"]
    assert [(w.code, w.sites) for w in bundle.waves] == [("one", ("hub",))]


def test_required_roles_are_those_of_the_scope(assessment):
    assert list(assessment_bundle(assessment).required_roles) == Scope.objects.current(assessment).required_roles()
    assert "clinician" in assessment_bundle(assessment).required_roles


def test_stated_roles_of_an_import_hold(assessment):
    scope = Scope.objects.current(assessment).copy_unsaved()
    scope.number, scope.stated_roles = 2, ["lab_director"]
    scope.save()
    assert assessment_bundle(assessment).required_roles == ("lab_director",)


def test_disclosures_are_never_in_a_bundle(assessment, submitted):
    Disclosure.objects.create(assessment=assessment, interview=submitted, what="canary-workaround")
    assert "canary" not in str(bundle_document(assessment_bundle(assessment)))


def test_notes_are_never_in_a_bundle(assessment, submitted):
    answer(submitted, note="canary-note", evidence_reference="canary-reference")
    assert "canary" not in str(bundle_document(assessment_bundle(assessment)))


@pytest.mark.parametrize("count", [1, 30])
def test_bundle_is_read_in_a_fixed_number_of_queries(assessment, count, django_assert_num_queries):
    for number in range(count):
        answer(factories.make_interview(assessment, state="submitted", site=assessment.sites.first()))
        assessment.waves.create(code=f"wave-{number}", title="W").sites.set(assessment.sites.all())
    with django_assert_num_queries(13):
        assessment_bundle(assessment)
