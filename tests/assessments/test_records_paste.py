from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.records_paste import Known, day_in, parse_records, weeks_in

KNOWN = Known({"int 02": "INT-02", "lab 01": "LAB-01"}, date(2026, 6, 1), {("LAB-01", "elm ridge")})


def problems(text):
    return [problem.code for line in parse_records(text, KNOWN).faulty for problem in line.problems]


@pytest.mark.parametrize(
    "text",
    [
        "INT-02,North Valley,6.5,2026-03-31",
        "int 02\tNorth Valley\t6.5\t2026-03-31",
        "INT-02; North Valley; 6,5; 3/31/2026",
        "\ufeffCustomer,Weeks,Requirement,Finished on\nNorth Valley,6.5,INT-02,2026-03-31",
    ],
)
def test_line_is_read_however_it_is_separated(text):
    (record,) = parse_records(text, KNOWN).records
    assert (record.code, record.place, record.weeks, record.finished_on) == ("INT-02", "North Valley", 6.5, date(2026, 3, 31))


def test_day_may_be_missing():
    assert parse_records("INT-02,North Valley,6", KNOWN).records[0].finished_on is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (",North,6", ["code_missing"]),
        ("INT-99,North,6", ["code"]),
        ("INT-02,,6", ["place_missing"]),
        ("INT-02,…,6", ["place_missing"]),
        (f"INT-02,{'x' * 121},6", ["place_long"]),
        ("INT-02,North,", ["weeks_missing"]),
        ("INT-02,North,six", ["weeks"]),
        ("INT-02,North,-6", ["weeks"]),
        ("INT-02,North,521", ["weeks"]),
        ("INT-02,North,nan", ["weeks"]),
        ("INT-02,North,６", ["weeks"]),
        ("INT-02,North,6,31.3.2026", ["day"]),
        ("INT-02,North,6,2026-02-30", ["day"]),
        ("INT-02,North,6,1999-12-31", ["day_early"]),
        ("INT-02,North,6,2026-06-02", ["day_ahead"]),
        ("INT-02,North,6,2026-03-31,more", ["too_many_cells"]),
        ('INT-02,"North,6', ["quotes"]),
        ("LAB-01,Elm Ridge,6", ["twice"]),
        ("nowhere,,x", ["code", "place_missing", "weeks"]),
    ],
)
def test_every_reason_is_named(line, expected):
    assert problems(line) == expected


def test_same_place_twice_in_a_list_is_named_at_the_second():
    pasted = parse_records("INT-02,North,6\n\nINT-02,NORTH,7", KNOWN)
    assert ([r.weeks for r in pasted.records], [(f.line, f.text) for f in pasted.faulty]) == ([6], [(3, "INT-02,NORTH,7")])


def test_lines_after_the_five_hundredth_are_refused():
    pasted = parse_records("\n".join(f"INT-02,Place {n},6" for n in range(501)), KNOWN)
    assert (len(pasted.records), [f.line for f in pasted.faulty]) == (500, [501])


@given(st.text(max_size=200))
def test_every_line_of_any_text_ends_somewhere(text):
    pasted = parse_records(text, KNOWN)
    assert all(line.problems for line in pasted.faulty)
    assert len(pasted.records) + len(pasted.faulty) <= len(text.splitlines())


@given(st.text(alphabet="0123456789.,-/ e", max_size=12))
def test_numbers_and_days_are_read_or_refused_never_an_error(text):
    weeks, day = weeks_in(text), day_in(text)
    assert weeks is None or 0 <= weeks <= 520
    assert day is None or isinstance(day, date)
