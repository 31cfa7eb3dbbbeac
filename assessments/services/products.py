"""Keep what an organisation sells; a product's requirement profile starts from its type in the newest question bank."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import InstrumentVersion, Product
from stakeholders.models import Organisation, User
from stakeholders.services.audit import record_event
from stakeholders.services.unique import refuse_duplicate

NAME_TAKEN = gettext_lazy("There is a product with this name already.")


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


@transaction.atomic
def create_product(*, organisation: Organisation, name: str, product_type: str, claim: str = "", actor: User | None = None) -> Product:
    """Add a product under the newest published question bank. Raises ValidationError for a taken name or without a bank."""
    product = Product(organisation=organisation, name=name, product_type=product_type, claim=claim, version=_newest_bank())
    return _save(product, "product.created", actor)


@transaction.atomic
def change_product(
    *, product: Product, name: str, product_type: str, claim: str = "", actor: User | None = None, seen: int | None = None
) -> Product:
    """Change name, type or claim. Drafts follow a changed type; frozen scopes stay.

    Raises ValidationError for a taken name, SavedMeanwhileError when `seen` is not the current version.
    """
    product.raise_version(seen, ("name", "product_type", "claim"))
    product.name, product.product_type, product.claim = name, product_type, claim
    return _save(product, "product.changed", actor)


def _save(product: Product, verb: str, actor: User | None) -> Product:
    _refuse_twin(product)
    with refuse_duplicate("name", NAME_TAKEN):
        product.save()
    record_event(organisation=product.organisation, verb=verb, subject=product, actor=actor)
    return product
