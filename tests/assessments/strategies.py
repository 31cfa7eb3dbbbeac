"""Hypothesis strategies: any bundle that the format allows, small enough to shrink well."""

from hypothesis import strategies as st

from assessments.scored import (
    ROLES,
    AgreedPlan,
    Answer,
    Bundle,
    Domain,
    Instrument,
    Item,
    Reconciliation,
    Respondent,
    Service,
    Site,
    Wave,
)

SITES = ("hub", "north-pass", "south-bay")
DOMAINS = ("LAB", "SPC", "INT")
SERVICES = ("oncology", "surgery")
levels = st.integers(0, 4)
amounts = st.one_of(st.integers(0, 50), st.floats(0, 50).map(abs))
some_roles = st.lists(st.sampled_from(ROLES), min_size=1, max_size=4, unique=True).map(tuple)
some_sites = st.lists(st.sampled_from(SITES), unique=True).map(tuple)


def values_of(item):
    return levels if item.kind == "level" else amounts


@st.composite
def items(draw, code="X-1", kind=None):
    kind = kind or draw(st.sampled_from(["level", "quantity"]))
    direction = "at_least" if kind == "level" else draw(st.sampled_from(["at_least", "at_most"]))
    need = draw(st.integers(1, 4) if kind == "level" else st.one_of(st.integers(1, 40), st.floats(0.01, 40)))
    least, most = (0, need) if direction == "at_least" else (need, need + 20)
    floor = draw(st.none() | (st.integers(least, most) if kind == "level" else st.floats(least, most)))
    roles = draw(some_roles)
    return Item(
        code=code,
        domain=draw(st.sampled_from(DOMAINS)),
        kind=kind,
        direction=direction,
        weight=draw(st.integers(1, 5)),
        need=need,
        floor=floor,
        gate=floor is not None and draw(st.booleans()),
        roles=roles,
        accountable=draw(st.sampled_from(roles)),
    )


@st.composite
def respondents(draw, name):
    return Respondent(
        id=name,
        role=draw(st.sampled_from(ROLES)),
        state=draw(st.sampled_from(["submitted", "submitted", "in_progress", "invited"])),
        site=draw(st.none() | st.sampled_from(SITES)),
        service=draw(st.none() | st.sampled_from(SERVICES)),
        front_line=draw(st.booleans()),
        stance=draw(st.none() | levels),
    )


@st.composite
def answers(draw, item, respondent):
    kind = draw(st.sampled_from(["value", "value", "value", "unknown", "not_applicable"]))
    who = {"item": item.code, "respondent": respondent.id}
    if kind == "value":
        return Answer(**who, value=draw(values_of(item)), evidence=draw(st.booleans()))
    if kind == "unknown":
        return Answer(**who, unknown=True)
    return Answer(**who, not_applicable=True, reason="not offered here")


@st.composite
def bundles(draw, most_items=5, most_people=6):
    asked = [draw(items(code=f"X-{number}")) for number in range(draw(st.integers(0, most_items)))]
    people = [draw(respondents(name=f"r{number}")) for number in range(draw(st.integers(0, most_people)))]
    said = [draw(answers(item, one)) for item in asked for one in people if draw(st.booleans())]
    settled = [item for item in asked if draw(st.integers(0, 9)) == 0]
    plans = {("shortfall", item.code) for item in asked if draw(st.booleans())}
    plans |= {("no_champion", code) for code in SERVICES if draw(st.booleans())}
    return Bundle(
        instrument=Instrument(
            code="RANDOM",
            version="1",
            domains=tuple(Domain(code=code, weight=draw(st.sampled_from([0.07, 1.0, 2.5]))) for code in DOMAINS),
            items=tuple(asked),
        ),
        required_roles=draw(some_roles),
        services=tuple(Service(code=code, sites=draw(some_sites)) for code in SERVICES),
        sites=tuple(Site(code=code) for code in SITES),
        waves=tuple(Wave(code=f"wave-{number}", sites=draw(some_sites)) for number in range(draw(st.integers(0, 2)))),
        respondents=tuple(people),
        answers=tuple(said),
        reconciliations=tuple(Reconciliation(item=item.code, value=draw(values_of(item))) for item in settled),
        agreed_plans=tuple(AgreedPlan(kind=kind, code=code) for kind, code in sorted(plans)),
    )
