"""What to do next about an assessment, the most urgent first, from where its people and its gates stand. No database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, AssessmentState, FindingState, Verdict
from assessments.seats import BOARD_STATES, BOUNCED, IN_PROGRESS, OPENED, SILENT, Board
from assessments.wording import Asked, disagreement_words, listed, role_title
from readiness.reports.findings import UNLISTED_RULES, unlisted_name
from readiness.reports.subject import Facts, Gate, Subject

MOST_STEPS = 5
MOST_NAMED = 3
STILL_OPEN = (FindingState.DRAFT, FindingState.CONFIRMED)


@dataclass(frozen=True)
class NextStep:
    """One thing to do: what, why, and the link with its words that leads there."""

    what: str
    why: str
    url: str
    link: str


@dataclass(frozen=True)
class Standing:
    """Where an assessment stands: its people now, and what the latest score says (None before the first one)."""

    assessment: Assessment
    board: Board
    subject: Subject | None
    undecided_blockers: int = 0

    def url(self, name: str, *more: str, **query: str) -> str:
        """Return the address of one of the assessment's pages."""
        address = reverse(name, args=[self.assessment.pk, *more])
        return f"{address}?{urlencode(query)}" if query else address

    def seats(self, *states: str) -> int:
        """Return how many people stand at these places of the board."""
        return sum(self.board.totals[BOARD_STATES.index(state)] for state in states)

    def gates(self, kind: str, state: str) -> list[Gate]:
        """Return the gates of a kind in a state, gravest first."""
        return [gate for gate in self.subject.in_state(state) if gate.kind == kind] if self.subject else []


Steps = Iterator[NextStep]


def next_steps(standing: Standing) -> list[NextStep]:
    """Return at most five things to do; a draft is finished first, before its gates are looked at."""
    state = standing.assessment.state
    if state in (AssessmentState.SIGNED, AssessmentState.LOST):
        return []
    rules = DRAFT_RULES if state == AssessmentState.DRAFT else OPEN_RULES if state == AssessmentState.OPEN else CLOSED_RULES
    return [step for rule in rules for step in rule(standing)][:MOST_STEPS]


def finish_setup(standing: Standing) -> Steps:
    """Go on with a draft."""
    if not standing.board.total:
        why = _("Nobody is named yet. Nobody is written to before the host has approved.")
        yield NextStep(_("Name the people to ask."), why, standing.url("people"), _("Add people"))
    yield NextStep(_("Finish the set-up."), _("Then the host is asked, and invitations go out."), standing.url("setup"), _("Go on"))


def mend_addresses(standing: Standing) -> Steps:
    """Mend invitations that came back."""
    bounced = standing.seats(BOUNCED)
    if bounced:
        what = ngettext("Mend %(n)s address.", "Mend %(n)s addresses.", bounced) % {"n": bounced}
        yield NextStep(what, _("The invitation came back."), standing.url("people"), _("Open"))


def name_missing_roles(standing: Standing) -> Steps:
    """Name somebody for required roles that nobody is asked in."""
    roles = [role_title(role) for role in standing.board.missing_roles]
    if roles:
        what = _("Find somebody from %(roles)s.") % {"roles": listed(roles[:MOST_NAMED])}
        yield NextStep(what, _("The role is required, and nobody is asked."), standing.url("people"), _("Add people"))


def wait_for_the_first(standing: Standing) -> Steps:
    """Remind, while nobody has handed in anything."""
    silent = standing.seats(SILENT, OPENED, IN_PROGRESS)
    if silent and not standing.board.submitted:
        what = ngettext("Wait for %(n)s person, or remind.", "Wait for %(n)s people, or remind them.", silent) % {"n": silent}
        yield NextStep(what, _("Nobody has handed in an interview yet."), standing.url("people"), _("People"))


def ask_deeper(standing: Standing) -> Steps:
    """Ask the deeper questions that the rules open; only the lead can, and a report says it of those who did not."""
    subject = standing.subject
    unasked = subject.content["scope"].get("unasked") if subject else None
    if subject and unasked and unasked["count"]:
        n, titles = unasked["count"], [subject.domains[code]["title"] for code in unasked["domains"]]
        what = ngettext("Ask %(n)s deeper question.", "Ask %(n)s deeper questions.", n) % {"n": n}
        more = [_("others")] if len(titles) > MOST_NAMED else []
        short = _("The core is short or contested in %(domains)s.") % {"domains": listed(titles[:MOST_NAMED] + more)}
        why = short if titles else _("What is known about the place calls for it.")
        yield NextStep(what, why, standing.url("scope"), _("Scope"))


def win_champions(standing: Standing) -> Steps:
    """Talk to the services whose clinicians do not stand behind it."""
    for gate in standing.gates("champion", "failed")[:2]:
        service = standing.subject.service(gate.code) if standing.subject else gate.code
        what = _("Talk to %(service)s.") % {"service": service}
        why = _("No champion: its front-line clinicians do not stand behind it.")
        yield NextStep(what, why, standing.url("findings", rule="no_champion"), _("Open"))


def settle_contested_gates(standing: Standing) -> Steps:
    """Bring together the people who differ about gates."""
    subject = standing.subject
    contested = [item for item in subject.items.values() if item["gate"] and people_differ(subject, item)] if subject else []
    if subject and contested:
        worst = max(contested, key=lambda item: (subject.missing(item["code"]), item["weight"]))
        words = disagreement_words(asked_of(subject, worst))
        what = ngettext("Settle %(n)s contested gate.", "Settle %(n)s contested gates.", len(contested)) % {"n": len(contested)}
        why = f"{worst['code']}: {words}"
        yield NextStep(what, why, standing.url("answers", gate="any", contested="1"), _("See who says what"))


def people_differ(subject: Subject, item: Facts) -> bool:
    """Tell whether people, rather than sites, are too far apart about an item."""
    apart = subject.results[item["code"]]["disagreement"] if item["code"] in subject.results else None
    return bool(apart and apart["flagged"] and not apart["between_sites"])


def asked_of(subject: Subject, item: Facts) -> Asked:
    """Return an item of the report in the terms of the wording."""
    names = ("code", "title", "kind", "need", "floor", "gate", "unit", "direction", "accountable")
    return Asked(**{name: item[name] for name in names}, means=subject.means(item["code"]))


def answer_unknown_gates(standing: Standing) -> Steps:
    """Ask the accountable roles for the gates that are unknown."""
    gates = standing.gates("requirement", "unknown")
    if len(gates) == 1 and standing.subject:
        code = gates[0].code
        role = role_title(standing.subject.items[code]["accountable"])
        what = _("Ask %(role)s for %(code)s.") % {"role": role, "code": code}
        why = _("%(title)s: the only gate that nobody accountable could answer.") % {"title": gates[0].title}
        yield NextStep(what, why, standing.url("requirement", code), _("Open"))
    elif gates:
        what = _("Find who can answer %(n)s gates.") % {"n": len(gates)}
        why = listed([gate.code for gate in gates[:MOST_NAMED]] + ([_("others")] if len(gates) > MOST_NAMED else []))
        yield NextStep(what, _("Unknown: %(gates)s.") % {"gates": why}, standing.url("answers", gate="unknown"), _("Open"))


def hear_silent_services(standing: Standing) -> Steps:
    """Ask clinicians of services nobody spoke for."""
    gates = standing.gates("champion", "unknown")
    if gates and standing.subject:
        services = listed([standing.subject.service(gate.code) for gate in gates[:MOST_NAMED]])
        what = _("Hear a front-line clinician of %(services)s.") % {"services": services}
        yield NextStep(what, _("Nobody there has said where they stand."), standing.url("people"), _("People"))


def hear_silent_roles(standing: Standing) -> Steps:
    """Remind the roles that are required and silent."""
    roles = [role_title(gate.code) for gate in standing.gates("role", "unknown") if gate.code not in standing.board.missing_roles]
    if roles and standing.board.submitted:
        more = [_("others")] if len(roles) > MOST_NAMED else []
        what = _("Remind %(roles)s.") % {"roles": listed(roles[:MOST_NAMED] + more)}
        yield NextStep(what, _("Nobody in the role has handed in an interview."), standing.url("people"), _("People"))


def ask_who_else(standing: Standing) -> Steps:
    """Ask the roles and services that people named and nobody listed."""
    subject = standing.subject
    found = [f for f in subject.content["findings"] if f["rule"] in UNLISTED_RULES and f["state"] in STILL_OPEN] if subject else []
    if subject and found:
        names = [unlisted_name(subject, finding["rule"], finding["code"]) for finding in found]
        more = [_("others")] if len(names) > MOST_NAMED else []
        what = _("Ask %(names)s.") % {"names": listed(names[:MOST_NAMED] + more)}
        why = _("Two people or more say that it will touch them, and nobody there is asked.")
        yield NextStep(what, why, f"{standing.url('people')}#named", _("People"))


def decide_blockers(standing: Standing) -> Steps:
    """Confirm or dismiss what would stop a signature."""
    n = standing.undecided_blockers
    if n:
        what = ngettext("Confirm or dismiss %(n)s blocker.", "Confirm or dismiss %(n)s blockers.", n) % {"n": n}
        url = standing.url("findings", severity="blocker", state="draft")
        yield NextStep(what, _("Drafted from the score; nobody has looked at them yet."), url, _("Findings"))


def issue_report(standing: Standing) -> Steps:
    """Take it to the deal review."""
    known = standing.subject and standing.subject.result["verdict"] != Verdict.INSUFFICIENT_EVIDENCE
    if known and standing.board.submitted:
        why = _("One page for the deal review, with everything behind it.")
        yield NextStep(_("Issue the report."), why, standing.url("reports"), _("Report"))


Rules = Sequence[Callable[[Standing], Steps]]
DRAFT_RULES: Rules = (finish_setup,)
PEOPLE_RULES: Rules = (mend_addresses, name_missing_roles, wait_for_the_first)
ANSWER_RULES: Rules = (win_champions, settle_contested_gates, answer_unknown_gates, hear_silent_services)
OPEN_RULES: Rules = (*PEOPLE_RULES, ask_deeper, *ANSWER_RULES, hear_silent_roles, ask_who_else, decide_blockers, issue_report)
CLOSED_RULES: Rules = (*ANSWER_RULES, decide_blockers, issue_report)
