from datetime import UTC, date, datetime

import pytest

from stakeholders.zones import STATES, common_zones, is_zone, today_in, zone_label, zone_of_state

NOON_IN_GREENWICH = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_every_state_has_a_known_zone():
    assert [code for code, state in STATES.items() if not is_zone(state.zone)] == []


def test_table_holds_states_district_and_territories():
    assert len(STATES) == 56


@pytest.mark.parametrize(
    ("code", "zone"),
    [("IL", "America/Chicago"), (" az ", "America/Phoenix"), ("PR", "America/Puerto_Rico"), ("HI", "Pacific/Honolulu")],
)
def test_zone_of_state(code, zone):
    assert zone_of_state(code) == zone


@pytest.mark.parametrize("code", ["", "XX", "Illinois", "慶"])
def test_zone_of_unknown_state_is_the_default(code):
    assert zone_of_state(code, "America/Denver") == "America/Denver"


def test_common_zones_stand_once_in_order():
    zones = common_zones()
    assert zones == sorted(set(zones))
    assert "America/Chicago" in zones


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("America/New_York", NOON_IN_GREENWICH, date(2026, 12, 1)),
        ("Pacific/Honolulu", datetime(2026, 12, 1, 9, 59, tzinfo=UTC), date(2026, 11, 30)),
        ("Pacific/Honolulu", datetime(2026, 12, 1, 10, 0, tzinfo=UTC), date(2026, 12, 1)),
        ("Pacific/Guam", datetime(2026, 12, 1, 14, 0, tzinfo=UTC), date(2026, 12, 2)),
        ("Nowhere/Land", datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_today_is_the_date_in_the_zone(zone, now, day):
    assert today_in(zone, now) == day


@pytest.mark.parametrize(
    ("zone", "day", "label"),
    [
        ("America/Chicago", date(2026, 12, 7), "CST"),
        ("America/Chicago", date(2026, 7, 7), "CDT"),
        ("America/Phoenix", date(2026, 7, 7), "MST"),
        ("America/Sao_Paulo", date(2026, 7, 7), "Sao Paulo"),
        ("Nowhere/Land", date(2026, 7, 7), "Nowhere/Land"),
    ],
)
def test_zone_label_is_short(zone, day, label):
    assert zone_label(zone, day) == label
