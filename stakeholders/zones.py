"""States and territories of the United States with the time zone that most of their people live in. Pure: no clock, no database."""

from datetime import date, datetime, time
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones


class State(NamedTuple):
    """A state or territory: its name and the IANA time zone of most of its people."""

    name: str
    zone: str


EASTERN, CENTRAL, MOUNTAIN, PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

# By USPS code; where a state has two zones, that of most of its people: a site or a person may carry its own.
STATES: dict[str, State] = {
    "AL": State("Alabama", CENTRAL),
    "AK": State("Alaska", "America/Anchorage"),
    "AZ": State("Arizona", "America/Phoenix"),
    "AR": State("Arkansas", CENTRAL),
    "CA": State("California", PACIFIC),
    "CO": State("Colorado", MOUNTAIN),
    "CT": State("Connecticut", EASTERN),
    "DE": State("Delaware", EASTERN),
    "DC": State("District of Columbia", EASTERN),
    "FL": State("Florida", EASTERN),
    "GA": State("Georgia", EASTERN),
    "HI": State("Hawaii", "Pacific/Honolulu"),
    "ID": State("Idaho", "America/Boise"),
    "IL": State("Illinois", CENTRAL),
    "IN": State("Indiana", "America/Indiana/Indianapolis"),
    "IA": State("Iowa", CENTRAL),
    "KS": State("Kansas", CENTRAL),
    "KY": State("Kentucky", EASTERN),
    "LA": State("Louisiana", CENTRAL),
    "ME": State("Maine", EASTERN),
    "MD": State("Maryland", EASTERN),
    "MA": State("Massachusetts", EASTERN),
    "MI": State("Michigan", "America/Detroit"),
    "MN": State("Minnesota", CENTRAL),
    "MS": State("Mississippi", CENTRAL),
    "MO": State("Missouri", CENTRAL),
    "MT": State("Montana", MOUNTAIN),
    "NE": State("Nebraska", CENTRAL),
    "NV": State("Nevada", PACIFIC),
    "NH": State("New Hampshire", EASTERN),
    "NJ": State("New Jersey", EASTERN),
    "NM": State("New Mexico", MOUNTAIN),
    "NY": State("New York", EASTERN),
    "NC": State("North Carolina", EASTERN),
    "ND": State("North Dakota", CENTRAL),
    "OH": State("Ohio", EASTERN),
    "OK": State("Oklahoma", CENTRAL),
    "OR": State("Oregon", PACIFIC),
    "PA": State("Pennsylvania", EASTERN),
    "RI": State("Rhode Island", EASTERN),
    "SC": State("South Carolina", EASTERN),
    "SD": State("South Dakota", CENTRAL),
    "TN": State("Tennessee", CENTRAL),
    "TX": State("Texas", CENTRAL),
    "UT": State("Utah", MOUNTAIN),
    "VT": State("Vermont", EASTERN),
    "VA": State("Virginia", EASTERN),
    "WA": State("Washington", PACIFIC),
    "WV": State("West Virginia", EASTERN),
    "WI": State("Wisconsin", CENTRAL),
    "WY": State("Wyoming", MOUNTAIN),
    "AS": State("American Samoa", "Pacific/Pago_Pago"),
    "GU": State("Guam", "Pacific/Guam"),
    "MP": State("Northern Mariana Islands", "Pacific/Saipan"),
    "PR": State("Puerto Rico", "America/Puerto_Rico"),
    "VI": State("U.S. Virgin Islands", "America/St_Thomas"),
}


def zone_of_state(code: str, default: str = "") -> str:
    """Return the IANA time zone of a state or territory (two letters, any case), or the default for any other text."""
    state = STATES.get(code.strip().upper())
    return state.zone if state else default


def common_zones() -> list[str]:
    """Return the zones of the table, each once, in alphabetical order: what a form suggests first."""
    return sorted({state.zone for state in STATES.values()})


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all IANA time zones that this machine knows; looked up once, because it reads a folder."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Tell whether this machine knows an IANA time zone of that name."""
    return name in known_zones()


def today_in(zone: str, now: datetime) -> date:
    """Return the date in a time zone at an instant (`now` must carry its zone); an unknown zone counts as UTC."""
    return now.astimezone(ZoneInfo(zone if is_zone(zone) else "UTC")).date()


def zone_label(zone: str, day: date) -> str:
    """Return the short name of a zone on a day at noon, for example CST or CDT; the zone's own name where it has none."""
    if not is_zone(zone):
        return zone
    short = datetime.combine(day, time(12), ZoneInfo(zone)).tzname() or zone
    return zone.rsplit("/", 1)[-1].replace("_", " ") if short[:1] in "+-" else short
