"""Products: what is being sold, under which question bank, and what it is sold together with."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from assessments.models import InstrumentVersion, Product, ProductType, VersionState
from stakeholders.forms.fields import HouseForm, Text
from stakeholders.models import Membership


class ProductForm(HouseForm):
    """Name, type and claim of a product; its requirements follow from the type, the question bank and the add-ons."""

    name = Text(label=gettext_lazy("Name"), max_length=120)
    product_type = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[("", gettext_lazy("Choose a type")), *ProductType.choices],
        help_text=gettext_lazy("What it requires of a health system follows from it."),
    )
    claim = Text(
        label=gettext_lazy("What it promises"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("One sentence, as it is said in a sales talk."),
    )
    modules = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sold together with"),
        queryset=Product.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Add-ons: their requirements are asked with this product's, each once, and the stricter counts."),
    )
    version = forms.ModelChoiceField(
        label=gettext_lazy("Question bank"),
        queryset=InstrumentVersion.objects.none(),
        required=False,
        empty_label=None,
        help_text=gettext_lazy("Drafts follow another version. Assessments that are open stay on theirs."),
    )

    def __init__(self, data: Any = None, *, membership: Membership, product: Product | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer_modules(membership, product)
        self.offer_versions(membership, product)

    def offer_modules(self, membership: Membership, product: Product | None) -> None:
        """Offer the organisation's other products that have no add-ons of their own; no field where there is none."""
        field: Any = self.fields["modules"]
        others = Product.objects.for_member(membership).filter(modules=None)
        field.queryset = (others.exclude(pk=product.pk) if product else others).order_by("name")
        if not field.queryset:
            del self.fields["modules"]

    def offer_versions(self, membership: Membership, product: Product | None) -> None:
        """Offer the published versions, and the one that the product is under; no field where there is no choice."""
        field: Any = self.fields["version"]
        offered = Q(state=VersionState.PUBLISHED) | Q(pk=product.version_id if product else None)
        versions = InstrumentVersion.objects.for_member(membership).filter(offered).select_related("instrument")
        field.queryset = versions.order_by("instrument__organisation", "instrument__title", "-published_at")
        field.widget.choices = field.choices
        if product is None:
            field.empty_label = gettext_lazy("The newest")
        if len(field.queryset) < 2:
            del self.fields["version"]
