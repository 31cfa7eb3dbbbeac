import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.people_paste import MAX_LINES, Known, parse_people, plain, read_header, split_cells

KNOWN = Known(
    roles={"lab director": "lab_director", "laboratory": "lab_director", "it": "it_integration_lead"},
    sites={"hub": "site-1", "north pass": "site-2"},
    service_lines={"oncology": "line-1"},
    people={"old@valley.example": "Olga Old"},
    seats=frozenset({("old@valley.example", "lab_director")}),
)


def codes(pasted):
    return [[problem.code for problem in line.problems] for line in pasted.faulty]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("Dana\td@v.example\tlab", ["Dana", "d@v.example", "lab"]),
        ("Dana; d@v.example ;lab", ["Dana", "d@v.example", "lab"]),
        ("Dana,d@v.example,lab", ["Dana", "d@v.example", "lab"]),
        ('"Reyes, Dana",d@v.example,lab', ["Reyes, Dana", "d@v.example", "lab"]),
        ("Reyes, Dana;d@v.example;lab", ["Reyes, Dana", "d@v.example", "lab"]),
        ('"open,d@v.example', None),
        ("", []),
    ],
)
def test_cells_are_separated_by_tab_else_semicolon_else_comma(line, cells):
    assert split_cells(line) == cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [("North-Pass", "north pass"), ("  IT/Integration ", "it integration"), ("ÉCOLE", "école"), ("实验室", "实验室"), ("…", "")],
)
def test_plain_keeps_letters_and_digits_only(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (["E-mail", "Name", "Shoe size"], ["email", "name", ""]),
        (["Role", "E-Mail Address"], ["role", "email"]),
        (["Name", "Role"], None),
        (["Dana", "d@v.example", "lab"], None),
        ([], None),
        (None, None),
    ],
)
def test_header_is_a_line_that_names_the_address_and_another_column(cells, columns):
    assert read_header(cells) == columns


def test_line_without_header_follows_the_columns_order():
    person = parse_people("Dana Reyes\td@v.example\tLab Director\tdirector\tHub\tOncology\tyes", KNOWN).people[0]
    assert (person.name, person.email, person.role, person.title) == ("Dana Reyes", "d@v.example", "lab_director", "director")
    assert (person.site, person.service_line, person.front_line, person.line) == ("site-1", "line-1", True, 1)


def test_header_puts_the_columns_in_another_order():
    pasted = parse_people("Role;Ignored;E-mail;Name\nIT;x;kim@v.example;Kim", KNOWN)
    assert [(p.name, p.email, p.role, p.line) for p in pasted.people] == [("Kim", "kim@v.example", "it_integration_lead", 2)]


@pytest.mark.parametrize("site", ["", "system", "Whole System", "-"])
def test_empty_site_is_the_whole_system(site):
    assert parse_people(f"Dana\td@v.example\tit\t\t{site}", KNOWN).people[0].site is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("\td@v.example\tit", ["name_missing"]),
        ("Dana\t\tit", ["email_missing"]),
        ("Dana\tnowhere\tit", ["email"]),
        ("Dana\td@v.example\t", ["role_missing"]),
        ("Dana\td@v.example\tking", ["role"]),
        ("Dana\td@v.example\tit\t\tMars", ["site"]),
        ("Dana\td@v.example\tit\t\t\tAstrology", ["service_line"]),
        ("Dana\td@v.example\tit\t\t\t\tperhaps", ["front_line"]),
        (f"{'D' * 121}\td@v.example\tit", ["name_long"]),
        (f"Dana\td@v.example\tit\t{'t' * 121}", ["title_long"]),
        ("Dana\td@v.example\tit\t\t\t\t\tmore", ["too_many_cells"]),
        ('"Dana\td@v.example', ["quotes"]),
        ("Dana\tking\tking", ["email", "role"]),
        ("Oskar Other\tOLD@valley.example\tit", ["other_name"]),
        ("olga old\tOld@Valley.example\tlaboratory", ["twice"]),
    ],
)
def test_faulty_line_says_every_reason(line, expected):
    assert codes(parse_people(line, KNOWN)) == [expected]


def test_person_on_file_may_take_another_role():
    assert [p.role for p in parse_people("Olga Old\told@valley.example\tit", KNOWN).people] == ["it_integration_lead"]


def test_same_person_twice_in_one_role_is_refused_once():
    pasted = parse_people("Dana\td@v.example\tit\nDana\tD@V.example\tit\nDana\td@v.example\tlaboratory", KNOWN)
    assert [p.role for p in pasted.people] == ["it_integration_lead", "lab_director"]
    assert [(line.line, line.problems[0].code) for line in pasted.faulty] == [(2, "twice")]


def test_one_address_under_two_names_is_refused():
    assert codes(parse_people("Dana\td@v.example\tit\nKim\td@v.example\tlaboratory", KNOWN)) == [["other_name"]]


def test_remaining_text_holds_header_and_faulty_lines_as_typed():
    text = "\ufeffName\tE-mail\tRole\r\nDana\td@v.example\tit\r\n\r\nKim\t\tit\r\n"
    pasted = parse_people(text, KNOWN)
    assert [p.name for p in pasted.people] == ["Dana"]
    assert pasted.remaining_text() == "Name\tE-mail\tRole\nKim\t\tit"


def test_remaining_text_is_empty_when_all_lines_are_valid():
    assert parse_people("Name\tE-mail\tRole\nDana\td@v.example\tit", KNOWN).remaining_text() == ""


def test_lines_beyond_the_limit_stay_for_the_next_round():
    text = "\n".join(f"P {n}\tp{n}@v.example\tit" for n in range(MAX_LINES + 2))
    pasted = parse_people(text, KNOWN)
    assert (len(pasted.people), codes(pasted)) == (MAX_LINES, [["too_many"], ["too_many"]])


def test_huge_cell_is_a_fault_not_a_crash():
    assert codes(parse_people("x" * 1_000_000 + "\td@v.example\tit", KNOWN)) == [["quotes"]]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_line_ends_among_people_or_faulty_lines(text):
    pasted = parse_people(text, KNOWN)
    typed = [line for line in text.lstrip("\ufeff").splitlines() if line.strip(" \t,;\u00a0")]
    assert len(pasted.people) + len(pasted.faulty) + bool(pasted.header) == len(typed)
