"""The waves of a report: what could be signed for each one's sites alone."""

from dataclasses import dataclass

from readiness.reports.subject import Facts, Subject


@dataclass(frozen=True)
class WaveLine:
    """One wave: score, low and high 0–100 (None: no score), coverage 0–1, and its gates."""

    title: str
    sites: str
    verdict: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float
    failed: int
    unknown: int
    gates: int


def wave_lines(subject: Subject) -> tuple[WaveLine, ...]:
    """Return the waves in their order."""
    return tuple(wave_line(subject, wave) for wave in subject.result["waves"])


def wave_line(subject: Subject, wave: Facts) -> WaveLine:
    """Return one wave's figures; a wave that is no longer in the assessment keeps its code."""
    known = subject.waves.get(wave["code"], {"title": wave["code"], "sites": []})
    states = [gate["state"] for gate in wave["gates"]]
    return WaveLine(
        title=known["title"],
        sites=", ".join(known["sites"]),
        verdict=wave["verdict"],
        failed=states.count("failed"),
        unknown=states.count("unknown"),
        gates=len(states),
        **wave["overall"],
    )
