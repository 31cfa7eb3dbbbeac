from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from stakeholders.models import Hospital
from stakeholders.zones import STATES
from tests.conftest import shared
from tests.stakeholders.test_hospital_file import MERCY, NORTH, file_of, mercy

EXTRACT = Path(settings.BASE_DIR) / "stakeholders" / "data" / "hospitals_extract.csv"


@pytest.fixture
def load(db, tmp_path):
    """Return a function that loads bytes or a path and returns what was printed and what was reported."""

    def load(data):
        path = data
        if isinstance(data, bytes):
            path = tmp_path / "hospitals.csv"
            path.write_bytes(data)
        out, err = StringIO(), StringIO()
        call_command("load_hospitals", str(path), stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return load


def test_load_adds_hospitals(load):
    out, _err = load(file_of(MERCY, NORTH))
    assert out == "2 hospitals read: 2 added, 0 changed, 0 as they were.\n"
    assert Hospital.objects.get(pk="05031F").city == "PALO ALTO"


def test_load_again_changes_nothing(load, django_assert_num_queries):
    load(file_of(MERCY, NORTH))
    with django_assert_num_queries(3):
        out, _err = load(file_of(MERCY, NORTH))
    assert out == "2 hospitals read: 0 added, 0 changed, 2 as they were.\n"


def test_load_updates_by_ccn(load):
    load(file_of(MERCY, NORTH))
    out, _err = load(file_of(mercy(name="MERCY WEST")))
    assert out == "1 hospitals read: 0 added, 1 changed, 0 as they were.\n"
    assert Hospital.objects.get(pk="010001").name == "MERCY WEST"


def test_hospital_missing_from_the_file_stays(load):
    load(file_of(MERCY, NORTH))
    load(file_of(MERCY))
    assert Hospital.objects.filter(pk="05031F").exists()


def test_bad_row_is_reported_and_the_rest_loaded(load):
    out, err = load(file_of(mercy(ccn="1"), NORTH))
    assert "line 2: “1” is not a CCN" in err
    assert "1 hospitals read: 1 added" in out
    assert "1 rows were left out" in out


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"a,b\n", file_of(), file_of("x,y"), file_of(MERCY).replace(b",AL,", b",\xff,")])
def test_file_without_a_usable_row_is_an_error_and_changes_nothing(load, data):
    with pytest.raises(CommandError, match="Nothing was changed"):
        load(data)
    assert Hospital.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "reason"),
    [("no/such/file.csv", "No such file"), ("/", "Is a directory"), ("a\x00b", "not a file name"), ("x" * 5000, "name too long")],
)
def test_path_that_cannot_be_opened_is_a_clear_error(load, path, reason):
    with pytest.raises(CommandError, match=reason):
        load(path)


def test_extract_that_ships_loads_whole(load):
    _out, err = load(EXTRACT)
    assert err == ""
    assert 50 <= Hospital.objects.count() <= 80
    assert set(Hospital.objects.values_list("state", flat=True)) == set(STATES)
    assert [ccn for ccn in Hospital.objects.values_list("pk", flat=True) if not ccn.isdigit()] != []


def test_whole_cms_file_loads_in_batches(load, django_assert_max_num_queries):
    path = shared("data/hospitals/cms_hospital_general_information_2025.csv")
    with django_assert_max_num_queries(100):
        out, err = load(path)
    assert (out, err) == ("5,381 hospitals read: 5,381 added, 0 changed, 0 as they were.\n", "")
