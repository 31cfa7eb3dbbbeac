"""How long scoring takes: one assessment of 120 items × 40 respondents, without and with three waves.

usage: python benchmarks/scoring.py [--seed 7] [--runs 100]
"""

import argparse
import os
import platform
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assessments.scored import ROLES, Answer, Bundle, Domain, Instrument, Item, Respondent, Service, Site, Wave
from assessments.scoring import score

ITEMS, RESPONDENTS, DOMAINS, SITES = 120, 40, 14, 3


def make_item(chance: random.Random, index: int) -> Item:
    """Return a random requirement: one in six is a quantity, one in four a gate."""
    roles = tuple(chance.sample(ROLES, chance.randint(1, 3)))
    quantity, gate = chance.random() < 1 / 6, chance.random() < 1 / 4
    need = chance.randint(5, 40) if quantity else chance.randint(2, 4)
    return Item(
        code=f"X-{index:03}",
        domain=f"D{index % DOMAINS:02}",
        kind="quantity" if quantity else "level",
        weight=chance.randint(1, 5),
        need=need,
        floor=need // 2 if gate else None,
        gate=gate,
        roles=roles,
        accountable=roles[0],
    )


def make_answer(chance: random.Random, item: Item, respondent: Respondent) -> Answer:
    """Return a random answer: three in four are values."""
    kind = chance.random()
    if kind < 0.15:
        return Answer(item=item.code, respondent=respondent.id, unknown=True)
    if kind < 0.25:
        return Answer(item=item.code, respondent=respondent.id, not_applicable=True)
    value = chance.uniform(0, 2 * item.need) if item.kind == "quantity" else chance.randint(0, 4)
    return Answer(item=item.code, respondent=respondent.id, value=value, evidence=chance.random() < 0.5)


def make_bundle(seed: int, waves: int) -> Bundle:
    """Return a full assessment in which everybody answers everything, so that none can be slower."""
    chance = random.Random(seed)
    sites = [f"site-{number}" for number in range(SITES)]
    items = tuple(make_item(chance, index) for index in range(ITEMS))
    respondents = tuple(
        Respondent(
            id=f"r{number}",
            role=ROLES[number % len(ROLES)],
            state="submitted",
            site=chance.choice([None, *sites]),
            service="oncology",
            front_line=True,
            stance=chance.randint(0, 4),
        )
        for number in range(RESPONDENTS)
    )
    answers = [make_answer(chance, item, respondent) for item in items for respondent in respondents]
    chance.shuffle(answers)
    return Bundle(
        instrument=Instrument(
            code="BENCH",
            version="1",
            domains=tuple(Domain(code=f"D{number:02}") for number in range(DOMAINS)),
            items=items,
        ),
        required_roles=ROLES,
        services=(Service(code="oncology"),),
        sites=tuple(Site(code=site) for site in sites),
        waves=tuple(Wave(code=f"wave-{number}", sites=(sites[number],)) for number in range(waves)),
        respondents=respondents,
        answers=tuple(answers),
    )


def measure(bundle: Bundle, runs: int) -> list[float]:
    """Return how many milliseconds each of several runs took, after one that is not counted."""
    score(bundle)
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        score(bundle)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def machine() -> str:
    """Return processor, number of processors and Python version."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} CPUs, Python {platform.python_version()}"


def main() -> None:
    """Print median, fastest and slowest run."""
    parser = argparse.ArgumentParser(description="Time the scoring of one assessment.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=100)
    options = parser.parse_args()
    print(f"{ITEMS} items × {RESPONDENTS} respondents, every one answered, seed {options.seed}, {options.runs} runs")
    for waves in (0, SITES):
        taken = measure(make_bundle(options.seed, waves), options.runs)
        print(f"{waves} waves: median {statistics.median(taken):.1f} ms, min {min(taken):.1f} ms, max {max(taken):.1f} ms")
    print(machine())


if __name__ == "__main__":
    main()
