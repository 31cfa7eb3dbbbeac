import json

import pytest

from assessments.bundle_fields import BundleError
from assessments.bundles import bundle_document, parse_bundle, result_document
from assessments.models import Assessment, InstrumentVersion, Interview, Item
from assessments.scoring import score
from assessments.services.bundle_banks import bank_for
from assessments.services.bundle_exports import export_bundle
from assessments.services.bundle_imports import import_bundle
from assessments.services.erasure import erase_organisation
from stakeholders.models import AuditEvent, HealthSystem, Stakeholder
from tests import factories
from tests.conftest import SHARED, shared

VECTORS = sorted((SHARED / "vectors" / "scoring").glob("*.json")) or [None]


def document(**changes):
    """One laboratory with one gate, one director who answered it, one who did not."""
    item = {"code": "LAB-01", "domain": "LAB", "title": "List of tests", "kind": "level", "weight": 5, "need": 3, "floor": 2, "gate": True}
    return {
        "format": "readiness-assessment",
        "version": 1,
        "instrument": {
            "code": "TINY",
            "version": "1",
            "domains": [{"code": "LAB", "title": "Laboratory", "weight": 2.5}, {"code": "EMPTY"}],
            "items": [item | {"roles": ["clinician", "lab_director"], "accountable": "lab_director"}],
        },
        "required_roles": ["lab_director"],
        "services": [{"code": "oncology", "title": "Same name", "sites": ["hub"]}],
        "sites": [{"code": "hub", "title": "Same name"}, {"code": "spoke", "title": "Same name"}],
        "waves": [{"code": "first", "sites": ["hub"]}],
        "respondents": [
            {"id": "a", "role": "lab_director", "state": "submitted", "site": "hub"},
            {"id": "b", "role": "clinician", "state": "in_progress", "service": "oncology", "front_line": True, "stance": 4},
        ],
        "answers": [
            {"item": "LAB-01", "respondent": "a", "value": 4, "evidence": True},
            {"item": "LAB-01", "respondent": "b", "not_applicable": True, "reason": "no laboratory"},
        ],
        **changes,
    }


def imported(organisation, **changes):
    return import_bundle(organisation=organisation, bundle=parse_bundle(document(**changes)))


def close_to(found, expected):
    """Tell whether two JSON values are equal, numbers to 1e-6."""
    if isinstance(expected, dict):
        return found.keys() == expected.keys() and all(close_to(found[k], expected[k]) for k in expected)
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(close_to, found, expected))
    if isinstance(expected, float) or (isinstance(found, float) and isinstance(expected, int)):
        return abs(found - expected) <= 1e-6
    return found == expected


def in_any_order(result):
    """Sort the lists whose order is free."""
    free = {
        name: sorted(result[name], key=lambda entry: (entry["kind"], entry["code"])) for name in ("gates", "findings") if name in result
    }
    waves = [in_any_order(wave) for wave in sorted(result.get("waves", []), key=lambda wave: wave["code"])]
    return result | free | ({"waves": waves} if waves else {})


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem if path else "absent")
def test_every_worked_case_imports_and_scores_as_expected(organisation, path):
    case = json.loads(shared(f"vectors/scoring/{path.name if path else 'none.json'}").read_text())
    assessment = import_bundle(organisation=organisation, bundle=parse_bundle(case["bundle"]))
    exported = export_bundle(assessment=assessment)
    result = result_document(score(parse_bundle(exported)))
    assert close_to(in_any_order(result), in_any_order(case["expected"]))
    assert assessment.latest_snapshot.result == json.loads(json.dumps(result))


def test_export_imports_again_with_the_same_figures(organisation):
    first = export_bundle(assessment=imported(organisation))
    second = export_bundle(assessment=import_bundle(organisation=organisation, bundle=parse_bundle(first)))
    assert result_document(score(parse_bundle(first))) == result_document(score(parse_bundle(second)))


def test_import_is_closed_scored_and_nameless(organisation):
    assessment = imported(organisation)
    assert (assessment.state, assessment.imported, assessment.latest_snapshot.reason) == ("closed", True, "imported")
    assert {(s.name, s.email) for s in Stakeholder.objects.filter(health_system=assessment.health_system)} == {("", "")}


def test_import_keeps_states_places_and_stance(organisation):
    rows = {i.role: i for i in Interview.objects.filter(assessment=imported(organisation)).with_people()}
    assert (rows["lab_director"].state, rows["lab_director"].site.code) == ("submitted", "hub")
    assert (rows["clinician"].state, rows["clinician"].service_line.code, rows["clinician"].stance) == ("in_progress", "oncology", 4)


def test_import_appends_a_revision_per_answer(organisation):
    interview = imported(organisation).interviews.get(role="lab_director")
    assert [(r.item_code, r.level) for r in interview.revisions.all()] == [("LAB-01", 4)]


def test_import_is_recorded_in_the_audit(organisation, lead):
    assessment = import_bundle(organisation=organisation, bundle=parse_bundle(document()), actor=lead.user)
    event = AuditEvent.objects.get(verb="assessment.imported")
    assert (event.subject_id, event.actor_id) == (str(assessment.pk), lead.user.pk)


def test_import_makes_a_private_published_bank(organisation):
    version = imported(organisation).product.version
    assert (version.instrument.organisation, version.state, version.number) == (organisation, "published", "1")
    assert version.instrument.code.startswith(organisation.slug)


@pytest.mark.parametrize("codes", [("lab/bank", "lab bank"), ("/", "?"), ("-", "_"), ("A_B", "a_b"), ("x" * 99 + "a", "x" * 99 + "b")])
def test_banks_of_two_codes_never_meet(organisation, codes):
    one, other = (bank_for(organisation=organisation, instrument=parse_bundle(coded(code)).instrument) for code in codes)
    assert one.instrument != other.instrument
    assert bank_for(organisation=organisation, instrument=parse_bundle(coded(codes[0])).instrument) == one
    assert {len(each.instrument.code) <= len(organisation.slug) + 62 for each in (one, other)} == {True}


def coded(code):
    return document() | {"instrument": document()["instrument"] | {"code": code}}


def test_import_twice_shares_bank_and_product(organisation):
    first, second = imported(organisation), imported(organisation)
    assert first.product == second.product
    assert first.health_system.name != second.health_system.name


def test_import_of_another_content_under_the_same_number_makes_the_next_one(organisation):
    imported(organisation)
    changed = document()
    changed["instrument"]["items"][0]["title"] = "Another title"
    assessment = import_bundle(organisation=organisation, bundle=parse_bundle(changed))
    assert assessment.product.version.number == "1-2"


def test_import_of_another_organisation_never_shares_a_bank(organisation, outsider):
    assert imported(organisation).product.version != imported(outsider.organisation).product.version


def test_import_uses_a_published_bank_that_matches(organisation):
    open_one = factories.make_open_assessment(organisation)
    version = open_one.product.version
    assessment = import_bundle(organisation=organisation, bundle=parse_bundle(export_bundle(assessment=open_one)))
    assert assessment.product.version == version
    assert assessment.product.product_type == "send_out_test"


def test_import_never_uses_a_bank_that_is_a_draft(organisation):
    open_one = factories.make_open_assessment(organisation, version=factories.make_version(publish=False))
    assessment = import_bundle(organisation=organisation, bundle=parse_bundle(export_bundle(assessment=open_one)))
    assert assessment.product.version != open_one.product.version


def test_import_never_uses_another_organisations_bank(organisation, outsider):
    theirs = imported(outsider.organisation)
    assessment = import_bundle(organisation=organisation, bundle=parse_bundle(export_bundle(assessment=theirs)))
    assert assessment.product.version.instrument.organisation == organisation


def test_import_lets_a_floor_pass_the_need_by_what_the_format_allows(organisation):
    instrument = document()["instrument"]
    instrument["items"][0] |= {"kind": "quantity", "need": 3, "floor": 3 + 1e-10}
    assessment = imported(organisation, instrument=instrument)
    assert assessment.product.version.items.get().floor == 3


LONG = "x" * 61


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("instrument.code", lambda d: d["instrument"].update(code="x" * 131)),
        ("instrument.version", lambda d: d["instrument"].update(version=LONG)),
        ("sites[1].code", lambda d: d["sites"][1].update(code=LONG)),
        ("waves[0].title", lambda d: d["waves"][0].update(title=LONG * 2)),
        ("instrument.items[0].unit", lambda d: d["instrument"]["items"][0].update(unit=LONG)),
        ("answers[1].reason", lambda d: d["answers"][1].update(reason=LONG * 9)),
        ("respondents", lambda d: d.update(respondents=d["respondents"] + [d["respondents"][0] | {"id": f"r{n}"} for n in range(10_000)])),
    ],
)
def test_import_of_what_does_not_fit_names_the_path_and_stores_nothing(organisation, place, change):
    bundle = document()
    change(bundle)
    with pytest.raises(BundleError) as refusal:
        import_bundle(organisation=organisation, bundle=parse_bundle(bundle))
    assert refusal.value.path == place
    assert not Assessment.objects.exists()


def test_import_that_fails_half_way_leaves_nothing(organisation, monkeypatch):
    monkeypatch.setattr("assessments.services.bundle_imports._agreements", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(organisation)
    assert [m.objects.count() for m in (Assessment, HealthSystem, InstrumentVersion, Item, Stakeholder)] == [0] * 5


def test_export_of_answers_promised_as_figures_only_is_refused(organisation):
    assessment = imported(organisation)
    assessment.interviews.filter(role="lab_director").update(visibility_vendor="figures_only")
    with pytest.raises(BundleError, match="figures only"):
        export_bundle(assessment=assessment)
    assert bundle_document(parse_bundle(export_bundle(assessment=assessment, with_hidden=True)))["answers"] != []


def test_export_ignores_the_promise_to_people_who_are_not_in_it(organisation):
    assessment = imported(organisation)
    factories.make_interview(assessment, role="it_integration_lead", visibility_vendor="figures_only")
    assert len(export_bundle(assessment=assessment)["answers"]) == 2


def test_export_before_the_scope_is_frozen_says_so(organisation):
    with pytest.raises(BundleError, match="no scope yet"):
        export_bundle(assessment=factories.make_assessment(organisation))


def test_import_is_erased_with_its_organisation(organisation):
    imported(organisation)
    erase_organisation(organisation=organisation)
    assert [m.objects.count() for m in (Assessment, HealthSystem, InstrumentVersion, Item, Stakeholder)] == [0] * 5
