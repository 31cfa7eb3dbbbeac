"""Small forms of a draft: what it says of itself, its domains, and a new item by code and title."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.bank.marks import MOST_BYTES
from assessments.bank.version import BankDomain, BankItem
from assessments.forms.bank_fields import LongText, Number, domain_code, item_code, version_number
from assessments.models import Domain
from stakeholders.forms.fields import HouseForm, Text


class HeadForm(HouseForm):
    """What a version says of itself; the title is the whole bank's."""

    title = Text(label=gettext_lazy("Title of the question bank"), max_length=160)
    number = version_number()
    description = LongText(label=gettext_lazy("Description"))
    note = LongText(label=gettext_lazy("Note"), rows=4, help_text=gettext_lazy("Where the facts come from, and what they do not claim."))

    @property
    def head(self) -> dict[str, str]:
        """Return what was typed."""
        return {name: self.cleaned_data[name] for name in ("title", "number", "description", "note")}


class DomainForm(HouseForm):
    """A domain's code, title, description and weight."""

    code = domain_code()
    title = Text(label=gettext_lazy("Title"), max_length=80)
    description = Text(label=gettext_lazy("Description"), max_length=300, required=False)
    weight = Number(
        label=gettext_lazy("Weight"),
        min_value=0.01,
        max_value=100,
        initial=1.0,
        help_text=gettext_lazy("Its part in the overall score; 1 for an ordinary domain."),
    )
    rows = (Row(Column("code", css_class="col-4"), Column("title", css_class="col-8")), "description", "weight")

    @classmethod
    def start(cls, domain: Domain) -> dict[str, Any]:
        """Return the values that the form of a domain starts from."""
        return {name: getattr(domain, name) for name in ("code", "title", "description", "weight")}

    @property
    def value(self) -> BankDomain:
        """Return the domain as it was typed."""
        typed = self.cleaned_data
        return BankDomain(typed["code"], typed["title"], typed["description"], 1 if typed["weight"] is None else typed["weight"])


class NewDomainForm(HouseForm):
    """A new domain: code and title are enough to start."""

    code = domain_code()
    title = Text(label=gettext_lazy("Title"), max_length=80)
    rows = (Row(Column("code", css_class="col-4"), Column("title", css_class="col-8")),)

    @property
    def value(self) -> BankDomain:
        """Return the domain as it was typed."""
        return BankDomain(self.cleaned_data["code"], self.cleaned_data["title"])


class NewItemForm(HouseForm):
    """A new item: domain, code and title are enough to start; everything else is missing and listed as that."""

    domain = forms.ChoiceField(label=gettext_lazy("Domain"))
    code = item_code()
    title = Text(label=gettext_lazy("Title"), max_length=200)
    rows = (Row(Column("domain", css_class="col-md-4"), Column("code", css_class="col-md-3"), Column("title", css_class="col-md-5")),)

    def __init__(self, data: Any = None, *, domains: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        domain_field: Any = self.fields["domain"]
        domain_field.choices = domains

    @property
    def value(self) -> BankItem:
        """Return the item as it was typed."""
        return BankItem(code=self.cleaned_data["code"], domain=self.cleaned_data["domain"], title=self.cleaned_data["title"])


class ImportForm(HouseForm):
    """A file with a version of a question bank."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A YAML file of at most 2 MB, as “Export” makes it."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,application/yaml,text/yaml"}),
        allow_empty_file=True,
    )
    replace_draft = forms.BooleanField(label=gettext_lazy("Replace the draft that the question bank has, if there is one"), required=False)

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB."))
        return upload
