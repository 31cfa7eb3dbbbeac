"""Question banks that ask the vendor, too, for the tests of its self-audit and of what it owes."""

from assessments.models import Assessment, InstrumentVersion, ItemEffort, ItemText
from tests import factories

CODES = ("VND-01", "VND-02", "VND-03")


def make_version_with_audit(codes=CODES) -> InstrumentVersion:
    """The tiny bank, and three items of the vendor's self-audit; LAB-01 costs the vendor 12 hours and 2–8 weeks."""
    version = factories.make_version(publish=False)
    for code in codes:
        item = factories.make_item(version, code, [], part="self_audit")
        ItemText.objects.create(item=item, field="usually_known_by", text=f"whoever knows {code}")
    for item in version.items.filter(part="requirement"):
        ItemText.objects.create(item=item, field="action_vendor", text=f"Help with {item.code}.")
        item.lead_optimistic, item.lead_likely, item.lead_pessimistic = 2, 4, 8
        item.save()
        ItemEffort.objects.create(item=item, pool="vendor", hours=12)
    version.publish()
    return version


def make_audited(organisation, **fields) -> Assessment:
    """An open assessment whose question bank asks the vendor."""
    return factories.make_open_assessment(organisation, version=make_version_with_audit(), **fields)
