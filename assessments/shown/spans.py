"""The lowest and the highest value that each role gave to each item, counted by the database."""

from collections import defaultdict

from django.db.models import Case, F, FloatField, Max, Min, When
from django.db.models.functions import Cast, Coalesce

from assessments.fulfilment import HIGHEST_WITHOUT_EVIDENCE
from assessments.models import Answer, Assessment, Kind
from assessments.services.exemptions import exemptions_now

Spans = dict[tuple[str, str], dict[str, tuple[float, float]]]


def role_spans(assessment: Assessment) -> Spans:
    """Return (lowest, highest) by item and kind, then role, over the answers that enter the score, as the rules read them.

    A level of 4 without evidence counts as 3; two queries, up to five where items have conditions. The kind is in the key
    because an old answer may be of another kind than the item is now.
    """
    proven = Case(
        When(level__gt=HIGHEST_WITHOUT_EVIDENCE, has_evidence=False, then=float(HIGHEST_WITHOUT_EVIDENCE)),
        default=Coalesce(Cast("level", FloatField()), F("quantity")),
        output_field=FloatField(),
    )
    rows = Answer.objects.filter(interview__assessment=assessment, kind__in=(Kind.LEVEL, Kind.QUANTITY)).scored().with_evidence()
    exempt = exemptions_now(assessment)
    if exempt.pairs:
        kept = rows.filter(item_code__in={code for _, code in exempt.pairs}).values_list("pk", "interview_id", "item_code")
        rows = rows.exclude(pk__in=[pk for pk, interview, code in kept if exempt.covers(interview, code)])
    found = rows.order_by().values("item_code", "kind", "interview__role").annotate(low=Min(proven), high=Max(proven))
    spans: Spans = defaultdict(dict)
    for row in found:
        spans[row["item_code"], row["kind"]][row["interview__role"]] = (row["low"], row["high"])
    return spans
