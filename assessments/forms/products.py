"""Products: what is being sold."""

from django import forms
from django.utils.translation import gettext_lazy

from assessments.models import ProductType
from stakeholders.forms.fields import HouseForm, Text


class ProductForm(HouseForm):
    """Name, type and claim of a product; its requirements follow from the type."""

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
