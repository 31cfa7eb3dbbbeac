import pytest

from assessments.setup_steps import ORDER, Facts, Step, first_open_step, is_done, step_after, step_before, what_is_missing

NOTHING = Facts()
ALL = Facts(*[True] * len(Facts._fields))


def test_promise_is_the_first_step_and_check_the_last():
    assert (ORDER[0], ORDER[-1]) == (Step.PROMISE, Step.CHECK)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (NOTHING, Step.PROMISE),
        (Facts(promise=True), Step.SITES),
        (Facts(promise=True, sites=True), Step.WAVES),
        (Facts(promise=True, sites=True, waves=True, contract_date=True), Step.DATES),
        (ALL._replace(people=False), Step.PEOPLE),
        (ALL, Step.CHECK),
    ],
)
def test_set_up_goes_on_at_the_first_open_step(facts, expected):
    assert first_open_step(facts) == expected


def test_steps_lead_forth_and_back():
    assert (step_after(Step.PROMISE), step_after(Step.CHECK)) == (Step.PRODUCT, Step.CHECK)
    assert (step_before(Step.PRODUCT), step_before(Step.PROMISE)) == (Step.PROMISE, None)


def test_dates_are_done_with_contract_and_promise():
    assert not is_done(Step.DATES, Facts(contract_date=True))
    assert is_done(Step.DATES, Facts(contract_date=True, promised_go_live=True))


def test_nothing_is_missing_of_a_whole_set_up():
    assert what_is_missing(ALL) == []


def test_what_blocks_comes_first():
    missing = what_is_missing(NOTHING, silent_roles=["clinician"], idle_roles=["executive_sponsor"])
    assert [thing.code for thing in missing if thing.blocks] == ["promise", "sites", "host", "people", "idle_role"]
    assert [thing.code for thing in missing if not thing.blocks] == [
        "silent_role",
        "contract_date",
        "promised_go_live",
        "service_lines",
        "waves",
    ]
    assert [thing.blocks for thing in missing] == sorted((thing.blocks for thing in missing), reverse=True)


def test_missing_roles_are_named():
    assert what_is_missing(ALL, silent_roles=["clinician", "lab_director"])[0].roles == ("clinician", "lab_director")
