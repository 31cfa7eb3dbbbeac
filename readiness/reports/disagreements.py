"""Where people, or sites, disagree: the requirements whose answers are flagged, widest apart first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from readiness.reports.findings import said_by_role
from readiness.reports.subject import Facts, Subject
from readiness.reports.words import number
from readiness.templatetags.charts import percent


@dataclass(frozen=True)
class DisagreementLine:
    """One requirement on which answers differ: what each role said, and how far apart they are."""

    code: str
    title: str
    between_sites: bool
    gate: str
    said: str
    size: str


def disagreement_lines(subject: Subject) -> tuple[DisagreementLine, ...]:
    """Return the flagged requirements; where figures may not be shown the size is left out, and they come last."""
    flagged = [item for item in subject.result["items"] if item["disagreement"] and item["disagreement"]["flagged"]]
    hidden = subject.withheld
    ordered = sorted(flagged, key=lambda item: (item["code"] in hidden, 0.0 if item["code"] in hidden else -item["disagreement"]["size"]))
    return tuple(
        DisagreementLine(
            code=item["code"],
            title=subject.title(item["code"]),
            between_sites=item["disagreement"]["between_sites"],
            gate=item["gate"] or "",
            said=said_by_role(subject, subject.items[item["code"]]),
            size="" if item["code"] in hidden else size_words(item["disagreement"]),
        )
        for item in ordered
        if item["code"] in subject.items
    )


def size_words(disagreement: Facts) -> str:
    """Return how far apart answers are: levels from their mean, or the share of the need between least and most."""
    size = disagreement["size"]
    return (
        _("%(size)s levels") % {"size": number(size)}
        if disagreement["measure"] == "ad"
        else _("%(share)s of need") % {"share": percent(size)}
    )
