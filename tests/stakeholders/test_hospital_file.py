import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholders import hospital_file
from stakeholders.hospital_file import COLUMNS, HospitalFileError, HospitalRow, Problem, read_hospitals
from tests.conftest import shared

HEADER = ",".join(names[0] for names in COLUMNS.values())
MERCY = "010001,MERCY,1 A ST,DOTHAN,AL,36301,HOUSTON,(334) 793-8701,Acute Care Hospitals,Proprietary,Yes,4"
NORTH = "05031F,NORTH,2 B ST,PALO ALTO,CA,94304,SANTA CLARA,(650) 858-3939,Acute Care Hospitals,Proprietary,No,Not Available"


def file_of(*lines, head=HEADER, end="\n"):
    return (end.join([head, *lines]) + end).encode()


def mercy(**changes):
    names = list(COLUMNS)
    values = dict(zip(names, MERCY.split(","), strict=True)) | changes
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(values[name] for name in names)
    return text.getvalue().removesuffix("\n")


def reasons(data):
    return [reason for _line, reason in read_hospitals(data).problems]


def test_row_is_read_field_by_field():
    assert read_hospitals(file_of(MERCY)).rows == [
        HospitalRow(
            ccn="010001",
            name="MERCY",
            address="1 A ST",
            city="DOTHAN",
            state="AL",
            zip_code="36301",
            county="HOUSTON",
            telephone="(334) 793-8701",
            hospital_type="Acute Care Hospitals",
            ownership="Proprietary",
            emergency_services=True,
            overall_rating=4,
        )
    ]


def test_not_available_is_unknown():
    row = read_hospitals(file_of(mercy(overall_rating="Not Available", emergency_services="", county="Not Available"))).rows[0]
    assert (row.overall_rating, row.emergency_services, row.county) == (None, None, "")


def test_ccn_keeps_zeros_and_letters():
    assert [row.ccn for row in read_hospitals(file_of(MERCY, NORTH)).rows] == ["010001", "05031F"]


def test_ccn_in_small_letters_is_the_same_ccn():
    assert read_hospitals(file_of(NORTH.replace("05031F", "05031f"))).rows[0].ccn == "05031F"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_bom_and_line_ends_do_not_matter(end, bom):
    found = read_hospitals(bom + file_of(MERCY, NORTH, end=end))
    assert (len(found.rows), found.problems) == (2, [])


def test_quoted_commas_and_quotes_stay_in_the_field():
    assert read_hospitals(file_of(mercy(name='WOODLANDS, THE "OLD" ONE'))).rows[0].name == 'WOODLANDS, THE "OLD" ONE'


def test_quoted_line_end_becomes_a_space_and_lines_are_still_counted():
    found = read_hospitals(file_of(mercy(name="MERCY\nWEST"), "broken"))
    assert found.rows[0].name == "MERCY WEST"
    assert found.problems == [Problem(4, "it has 1 columns instead of 12")]


def test_columns_may_stand_in_any_order_with_others_between():
    names = list(reversed(HEADER.split(",")))
    values = list(reversed(MERCY.split(",")))
    assert read_hospitals(file_of(",".join([*values, "x"]), head=",".join([*names, "Other"]))).rows[0].ccn == "010001"


def test_older_column_names_are_known():
    head = HEADER.replace("Facility ID", "Provider ID").replace("City/Town", "City").replace("County/Parish", "County Name")
    assert read_hospitals(file_of(MERCY, head=head)).rows[0].city == "DOTHAN"


def test_blank_lines_are_skipped():
    found = read_hospitals(file_of("", MERCY, "   ", ""))
    assert (len(found.rows), found.problems) == (1, [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (mercy(ccn="10001"), "“10001” is not a CCN of six digits or capital letters; a spreadsheet may have taken leading zeros away"),
        (mercy(ccn="01-001"), "“01-001” is not a CCN of six digits or capital letters"),
        (mercy(ccn=""), "“” is not a CCN of six digits or capital letters"),
        (mercy(ccn="٠١٠٠٠١"), "“٠١٠٠٠١” is not a CCN of six digits or capital letters"),
        (mercy(name=" "), "it has no facility name"),
        (mercy(name="x" * 201), "“Facility Name” has 201 characters, at most 200 fit"),
        (mercy(state="ALA"), "“State” has 3 characters, at most 2 fit"),
        (mercy(state="1A"), "“1A” is not a state of two letters"),
        (mercy(overall_rating="9"), "“9” is not a value of “Hospital overall rating”"),
        (mercy(emergency_services="Perhaps now and then, or so"), "“Perhaps now and the…” is not a value of “Emergency Services”"),
        (mercy(city="A\x00B"), "it holds a NUL character"),
        (MERCY + ",more", "it has 13 columns instead of 12"),
        ("010001", "it has 1 columns instead of 12"),
        (mercy(name="x" * 1_000_000), "“Facility Name” has 1,000,000 characters, at most 200 fit"),
        (mercy(name="," * 1_000_000), "its quotes or fields cannot be read (field larger than field limit (131072))"),
        (mercy().replace("MERCY", '"MERCY'), "its quotes or fields cannot be read (unexpected end of data)"),
        (mercy().replace("MERCY", '"MER"CY'), "its quotes or fields cannot be read (',' expected after '\"')"),
    ],
)
def test_bad_row_is_named_by_line_and_reason_and_the_rest_stays(row, reason):
    found = read_hospitals(file_of(NORTH, row))
    assert found.problems == [Problem(3, reason)]
    assert [r.ccn for r in found.rows] == ["05031F"]


def test_row_after_an_open_quote_is_read():
    found = read_hospitals(file_of(mercy().replace("MERCY", '"MERCY'), NORTH))
    assert [row.ccn for row in found.rows] == ["05031F"]


def test_latin_1_row_is_left_out_alone():
    data = file_of(NORTH, mercy(name="CAÑON")).replace("Ñ".encode(), "Ñ".encode("latin-1"))
    found = read_hospitals(data)
    assert found.problems == [Problem(3, "it is not UTF-8 (perhaps Latin-1); save the file as “CSV UTF-8”")]
    assert len(found.rows) == 1


def test_second_row_of_a_ccn_is_left_out():
    found = read_hospitals(file_of(MERCY, mercy(name="OTHER")))
    assert found.problems == [Problem(3, "CCN 010001 is already in line 2")]
    assert [row.name for row in found.rows] == ["MERCY"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (b"\x7fELF\x00\x00", "The file is binary"),
        (b"PK\x03\x04zip", "The file is binary"),
        (b"%PDF-1.7", "The file is binary"),
        ("a,b".encode("utf-16"), "The file is UTF-16."),
        (b"caf\xe9,b", "The first line cannot be read: it is not UTF-8"),
        (b"a,b\n1,2", "the first line lacks the columns Facility ID, Facility Name, Address,"),
        (file_of(MERCY, head=HEADER.replace("State", "Province")), "the first line lacks the columns State."),
    ],
)
def test_file_that_is_not_the_list_is_refused(data, text):
    with pytest.raises(HospitalFileError) as error:
        read_hospitals(data)
    assert text in str(error.value)


def test_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(hospital_file, "LARGEST_FILE", 3 * 1024 * 1024)
    with pytest.raises(HospitalFileError, match="larger than 3 MB"):
        read_hospitals(b"x" * (3 * 1024 * 1024 + 1))


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_whatever_the_lines_hold_nothing_is_lost_silently(lines):
    lines = [line for line in lines if b"\x00" not in line]
    whole = [line for line in lines if b'"' not in line and b"\n" not in line and b"\r" not in line and line.strip()]
    found = read_hospitals(HEADER.encode() + b"\n" + b"\n".join(whole))
    assert len(found.rows) + len(found.problems) == len(whole)


def test_whole_cms_file_is_read():
    found = read_hospitals(shared("data/hospitals/cms_hospital_general_information_2025.csv").read_bytes())
    assert (len(found.rows), found.problems) == (5381, [])
    assert sum(not row.ccn.isdigit() for row in found.rows) == 164
