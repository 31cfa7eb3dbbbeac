import pytest

from assessments.scope_outline import OutlineItem, outline_scope, required_roles

ITEMS = [
    OutlineItem("LAB-01", "LAB", ("lab_director", "clinician"), gate=True),
    OutlineItem("LAB-02", "LAB", ("lab_director",)),
    OutlineItem("CHG-01", "CHG", ("clinician",), gate=True),
]
TITLES = [("LAB", "Laboratory"), ("CHG", "Change"), ("AIG", "AI governance")]


def test_outline_counts_questions_and_gates():
    outline = outline_scope(ITEMS, TITLES)
    assert (outline.questions, outline.gates) == (3, 2)


def test_outline_lists_domains_with_items_and_what_each_role_has_there():
    domains = outline_scope(ITEMS, TITLES).domains
    assert [(d.code, d.title, d.questions, d.gates, d.on) for d in domains] == [
        ("LAB", "Laboratory", 2, 1, True),
        ("CHG", "Change", 1, 1, True),
    ]
    assert domains[0].by_role == (("clinician", 1), ("lab_director", 2))


def test_clinicians_are_asked_their_stance_as_well():
    roles = {r.role: r for r in outline_scope(ITEMS, TITLES).roles}
    assert (roles["lab_director"].questions, roles["clinician"].questions) == (2, 3)
    assert (roles["lab_director"].accountable, roles["clinician"].accountable) == (2, 1)


def test_domain_that_is_left_out_counts_in_its_own_row_only():
    outline = outline_scope(ITEMS, TITLES, left_out={"LAB"})
    assert (outline.questions, outline.gates, [r.role for r in outline.roles]) == (1, 1, ["clinician"])
    assert [(d.code, d.questions, d.on) for d in outline.domains] == [("LAB", 2, False), ("CHG", 1, True)]


def test_core_is_limited_and_its_minutes_are_those_of_the_core():
    many = [OutlineItem(f"LAB-{n}", "LAB", ("lab_director",)) for n in range(40)]
    role = outline_scope(many, TITLES).roles[0]
    assert (role.questions, role.core, role.minutes) == (40, 15, 6)


@pytest.mark.parametrize(
    ("left_out", "has_service_line", "expected"),
    [
        ((), False, ["clinician", "lab_director"]),
        (("CHG",), False, ["lab_director"]),
        (("CHG",), True, ["clinician", "lab_director"]),
        (("CHG", "LAB"), False, []),
    ],
)
def test_required_roles_are_the_accountable_ones_and_clinician_with_a_service_line(left_out, has_service_line, expected):
    assert required_roles(ITEMS, left_out=left_out, has_service_line=has_service_line) == expected


def divided(**changes):
    """Return items of a bank that says who is asked first: one of each role's core."""
    return [
        OutlineItem("LAB-01", "LAB", ("lab_director",), core=("lab_director",), seconds={"lab_director": 90}),
        OutlineItem("LAB-02", "LAB", ("lab_director",), kind="choice", core=("lab_director",), **changes),
    ]


def test_bank_that_divides_its_questions_asks_all_in_scope_first():
    many = [divided()[0]._replace(code=f"LAB-{n}") for n in range(20)]
    (role,) = outline_scope(many, TITLES).roles
    assert (role.questions, role.core, role.minutes, role.later) == (20, 20, 30, 0)


def test_seconds_of_a_role_count_before_those_of_the_kind():
    (role,) = outline_scope(divided(), TITLES).roles
    assert role.minutes == (90 + 15 + 30) // 60


def test_what_only_steers_makes_nobody_accountable():
    (role,) = outline_scope(divided(), TITLES).roles
    assert (role.questions, role.accountable) == (2, 1)
    assert required_roles([divided()[1]], has_service_line=False) == []


def test_what_could_be_asked_in_depth_counts_as_later():
    deeper = [*divided(), OutlineItem("LAB-07", "LAB", ("lab_director",)), OutlineItem("AIG-07", "AIG", ("lab_director",))]
    (role,) = outline_scope(divided(), TITLES, in_depth=deeper, left_out={"AIG"}).roles
    assert (role.deeper, role.later) == (1, 1)


def test_depth_that_was_not_given_is_never_less_than_nothing():
    (role,) = outline_scope(divided(), TITLES).roles
    assert role.deeper == 0


def test_outline_of_nothing_is_empty():
    outline = outline_scope([], TITLES)
    assert (outline.domains, outline.roles, outline.questions, outline.gates) == ((), (), 0, 0)
