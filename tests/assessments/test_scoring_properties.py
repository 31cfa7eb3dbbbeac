"""What holds of scoring for every bundle."""

import json
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.bundles import bundle_document, parse_bundle, result_document
from assessments.scored import Answer, Bundle, Respondent
from assessments.scoring import score
from tests.assessments.strategies import bundles

SLACK = 1e-9


def printed(result) -> str:
    return json.dumps(result_document(result), sort_keys=True, allow_nan=False)


def shuffled(draw, entries):
    return tuple(draw(st.permutations(entries)))


def pick_answer(draw, bundle: Bundle) -> tuple[int, Answer]:
    known = [(index, answer) for index, answer in enumerate(bundle.answers) if answer.value is not None]
    assume(known)
    return draw(st.sampled_from(known))


@given(bundles(), st.data())
def test_order_changes_nothing(bundle, data):
    instrument = replace(bundle.instrument, items=shuffled(data.draw, bundle.instrument.items))
    lists = ("required_roles", "services", "sites", "respondents", "answers", "reconciliations", "agreed_plans")
    other = replace(bundle, instrument=instrument, **{name: shuffled(data.draw, getattr(bundle, name)) for name in lists})

    found, expected = score(other), score(bundle)

    in_order = sorted(found.items, key=lambda item: item.code)
    assert printed(replace(found, items=tuple(in_order))) == printed(expected)


@given(bundles(), st.data())
def test_order_of_domains_and_waves_changes_nothing_else(bundle, data):
    instrument = replace(bundle.instrument, domains=shuffled(data.draw, bundle.instrument.domains))
    found = score(replace(bundle, instrument=instrument, waves=bundle.waves[::-1]))
    expected = score(bundle)

    by_code = {domain.code: domain for domain in found.domains}
    in_order = replace(found, domains=tuple(by_code[domain.code] for domain in expected.domains), waves=found.waves[::-1])
    assert printed(in_order) == printed(expected)


@given(bundles())
def test_scoring_twice_gives_the_same_bytes(bundle):
    assert printed(score(bundle)) == printed(score(parse_bundle(bundle_document(bundle))))


def closer(draw, item, value):
    """Draw a value between a value and the need of its item."""
    if item.kind == "level":
        return draw(st.integers(min(int(value), item.need), max(int(value), item.need)))
    return value + draw(st.floats(0, 1)) * (item.need - value)


@given(bundles(), st.data())
def test_moving_an_answer_towards_its_need_lowers_nothing(bundle, data):
    index, answer = pick_answer(data.draw, bundle)
    item = next(item for item in bundle.instrument.items if item.code == answer.item)
    moved = replace(answer, value=closer(data.draw, item, answer.value))
    after = score(replace(bundle, answers=(*bundle.answers[:index], moved, *bundle.answers[index + 1 :])))
    before = score(bundle)

    assert_not_lower([item.fulfilment for item in before.items], [item.fulfilment for item in after.items])
    assert_not_lower([domain.score for domain in before.domains], [domain.score for domain in after.domains])
    assert_not_lower([before.overall.score], [after.overall.score])
    assert not [one for one, two in zip(before.items, after.items, strict=True) if one.gate == "passed" and two.gate == "failed"]


def assert_not_lower(before, after):
    for old, new in zip(before, after, strict=True):
        assert (old is None) == (new is None)
        assert old is None or new >= old - SLACK


@given(bundles(), st.data(), st.booleans())
def test_added_unknown_narrows_no_range(bundle, data, submitted):
    assume(bundle.instrument.items)
    item = data.draw(st.sampled_from(bundle.instrument.items))
    assume(item.code not in {reconciliation.item for reconciliation in bundle.reconciliations})
    state = "submitted" if submitted else "in_progress"
    newcomer = Respondent(id="new", role=data.draw(st.sampled_from(("lab_director", "executive_sponsor"))), state=state)
    added = Answer(item=item.code, respondent="new", unknown=True)
    after = score(replace(bundle, respondents=(*bundle.respondents, newcomer), answers=(*bundle.answers, added)))
    before = score(bundle)

    for old, new in [
        *zip(before.items, after.items, strict=True),
        *zip(before.domains, after.domains, strict=True),
        (before.overall, after.overall),
    ]:
        assert old.low is None or (new.low <= old.low + SLACK and new.high >= old.high - SLACK)


@given(bundles())
def test_figures_stay_in_bounds(bundle):
    result = score(bundle)

    for item in result.items:
        assert_between(0, item.low, item.fulfilment, item.high, 1)
        assert item.disagreement is None or item.disagreement.size >= 0
        assert all(mean >= 0 for mean in item.role_means.values())
    for figures in (*result.domains, result.overall, *(wave.overall for wave in result.waves)):
        assert_between(0, figures.low, figures.score, figures.high, 100)
        assert_between(0, figures.coverage, 1)
    for finding in result.findings:
        assert (finding.impact is None) == (finding.kind != "shortfall")
        assert_between(0, finding.impact, 5)


def assert_between(*figures):
    known = [figure for figure in figures if figure is not None]
    assert known == sorted(known)


@given(bundles())
def test_wave_of_every_site_sees_everything(bundle):
    everywhere = replace(bundle.waves[0], sites=tuple(site.code for site in bundle.sites)) if bundle.waves else None
    assume(everywhere)
    result = score(replace(bundle, waves=(everywhere,)))
    (wave,) = result.waves

    assert (wave.verdict, wave.overall, wave.gates) == (result.verdict, result.overall, result.gates)


@given(bundles())
def test_verdict_agrees_with_the_gates(bundle):
    result = score(bundle)
    states = {gate.state for gate in result.gates}

    assert "failed" not in states or result.verdict != "ready"
    assert "unknown" not in states or result.verdict in ("not_ready", "insufficient_evidence")
