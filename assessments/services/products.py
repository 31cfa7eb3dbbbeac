"""Keep what an organisation sells; a product's requirement profile starts from its type in a question bank."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import InstrumentVersion, Product, VersionState
from stakeholders.models import Organisation, User
from stakeholders.services.audit import record_event
from stakeholders.services.unique import refuse_duplicate

NAME_TAKEN = gettext_lazy("There is a product with this name already.")
CHANGED = ("name", "product_type", "claim", "version")


def _newest_bank() -> InstrumentVersion:
    try:
        return InstrumentVersion.objects.current()
    except InstrumentVersion.DoesNotExist as error:
        raise ValidationError(
            _("No question bank is published yet. Whoever runs this installation loads it with “manage.py load_instrument”.")
        ) from error


def _refuse_twin(product: Product) -> None:
    twins = Product.objects.filter(organisation=product.organisation, name__iexact=product.name).exclude(pk=product.pk)
    if twins.exists():
        raise ValidationError({"name": str(NAME_TAKEN)})


@dataclass(frozen=True, slots=True)
class ProductValues:
    """What is said of a product; of a change, None keeps the question bank or the modules that are saved."""

    name: str
    product_type: str
    claim: str = ""
    version: InstrumentVersion | None = None
    modules: Collection[Product] | None = None


@transaction.atomic
def create_product(*, organisation: Organisation, values: ProductValues, actor: User | None = None) -> Product:
    """Add a product under a published question bank, the newest unless one is named, sold together with its modules.

    Raises ValidationError for a taken name, without a bank, and for modules that cannot be combined.
    """
    version, modules = values.version or _newest_bank(), values.modules or ()
    product = Product(organisation=organisation, name=values.name, product_type=values.product_type, claim=values.claim, version=version)
    _refuse_version(product, version)
    _save(product, "product.created", actor)
    _set_modules(product, modules, _locked(product, modules))
    return product


@transaction.atomic
def change_product(*, product: Product, values: ProductValues, actor: User | None = None, seen: int | None = None) -> Product:
    """Change name, type, claim, question bank or modules. Drafts follow; frozen scopes stay.

    Raises ValidationError for a taken name and for modules that cannot be combined, SavedMeanwhileError when `seen` is not
    the current version.
    """
    locked = _locked(product, values.modules or ())
    product.raise_version(seen, CHANGED)
    product.name, product.product_type, product.claim = values.name, values.product_type, values.claim
    if values.version is not None and values.version.pk != product.version_id:
        _refuse_version(product, values.version)
        product.version = values.version
    _save(product, "product.changed", actor)
    if values.modules is not None:
        _set_modules(product, values.modules, locked)
    return product


def _save(product: Product, verb: str, actor: User | None) -> Product:
    _refuse_twin(product)
    with refuse_duplicate("name", NAME_TAKEN):
        product.save()
    record_event(organisation=product.organisation, verb=verb, subject=product, actor=actor)
    return product


def _refuse_version(product: Product, version: InstrumentVersion) -> None:
    """Refuse a version that is not published, and one that another organisation keeps to itself."""
    if version.state != VersionState.PUBLISHED or version.instrument.organisation_id not in (None, product.organisation_id):
        raise ValidationError({"version": _("Choose a published version of a question bank.")})


def _locked(product: Product, modules: Collection[Product]) -> dict[UUID, Product]:
    """Lock a product and its modules, in one order: of two who make each other's product a module, one waits and is refused."""
    keys = {product.pk, *(module.pk for module in modules)}
    return {row.pk: row for row in Product.objects.select_for_update().filter(pk__in=keys).order_by("pk")}


def _set_modules(product: Product, modules: Collection[Product], locked: Mapping[UUID, Product]) -> None:
    """Replace the modules. A module has none of its own, so that no circle can arise and every profile is one step deep."""
    keys = {module.pk for module in modules}
    if product.pk in keys:
        raise ValidationError({"modules": _("A product cannot be sold together with itself.")})
    chosen = [locked[key] for key in keys if key in locked]
    if len(chosen) < len(keys) or any(module.organisation_id != product.organisation_id for module in chosen):
        raise ValidationError({"modules": _("Choose products of your own organisation.")})
    _refuse_nesting(product, chosen)
    product.modules.set(chosen)


def _refuse_nesting(product: Product, modules: Collection[Product]) -> None:
    nested = Product.objects.filter(pk__in=[module.pk for module in modules], modules__isnull=False).distinct()
    if names := ", ".join(nested.values_list("name", flat=True)):
        told = _("%(names)s is itself sold together with other products. Choose those one by one instead.")
        raise ValidationError({"modules": told % {"names": names}})
    if modules and (holders := ", ".join(product.part_of.values_list("name", flat=True))):
        told = _("This product is an add-on of %(names)s, so it cannot have add-ons of its own. Add them there.")
        raise ValidationError({"modules": told % {"names": holders}})
