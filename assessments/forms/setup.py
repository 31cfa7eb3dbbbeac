"""The steps of setting an assessment up that are plain forms: promise, product and customer, dates, host and terms."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.versioned import AssessmentForm, Day, plain_number
from assessments.models import Assessment, Product, ProductType, Promise
from assessments.services.products import ProductValues, create_product
from assessments.services.setup import (
    DETAILS,
    TERMS,
    is_tied_to_system,
    save_details,
    save_host,
    save_promise,
    save_terms,
    start_assessment,
)
from stakeholders.forms.fields import HouseForm, Text, state_choices
from stakeholders.models import HealthSystem, Membership, User, Visibility
from stakeholders.services.health_systems import create_health_system

PROMISE = ("metric", "unit", "baseline", "target", "by", "constraint", "owner")


class PromiseFields(HouseForm):
    """The operational promise: a metric that moves from a baseline to a target by a date under a constraint."""

    metric = Text(
        label=gettext_lazy("What will be measurably better?"),
        max_length=200,
        help_text=gettext_lazy("One figure, for example “share of patients with a complete profile before first treatment”."),
    )
    baseline = forms.DecimalField(label=gettext_lazy("Today"), max_digits=12, decimal_places=2, required=False)
    target = forms.DecimalField(label=gettext_lazy("Promised"), max_digits=12, decimal_places=2)
    unit = Text(label=gettext_lazy("Unit"), max_length=30, required=False, help_text=gettext_lazy("For example %, days."))
    by = Day(label=gettext_lazy("By"))
    constraint = Text(
        label=gettext_lazy("Under which constraint?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("What must not happen for it, for example “no added pathology staff”."),
    )
    owner = Text(label=gettext_lazy("Who answers for it at the health system?"), max_length=120, required=False)

    promise_rows: tuple[Any, ...] = (
        "metric",
        Row(*(Column(name, css_class="col-6 col-md-3") for name in ("baseline", "target", "unit", "by"))),
        "constraint",
        "owner",
    )


class PromiseForm(AssessmentForm, PromiseFields):
    """The promise of an assessment that exists."""

    rows = PromiseFields.promise_rows

    def saved_values(self) -> dict[str, Any]:
        """Return the promise as it is saved."""
        promise = Promise.objects.filter(assessment=self.assessment).first()
        values = {name: getattr(promise, name) for name in PROMISE} if promise else {}
        return {name: Decimal(plain_number(v)) if isinstance(v, Decimal) else v for name, v in values.items()}

    def save(self, actor: User) -> None:
        """Save the promise."""
        save_promise(assessment=self.assessment, values=self.values, actor=actor, seen=self.cleaned_data["version"])


class PartiesFields(HouseForm):
    """Product and health system, chosen from those of the organisation or named for the first time."""

    membership: Membership
    product = forms.ModelChoiceField(
        label=gettext_lazy("Product"), queryset=Product.objects.none(), required=False, empty_label=gettext_lazy("Choose a product")
    )
    new_product = Text(label=gettext_lazy("… or a new product"), max_length=120, required=False)
    new_product_type = forms.ChoiceField(
        label=gettext_lazy("Its type"), choices=[("", gettext_lazy("Choose a type")), *ProductType.choices], required=False
    )
    health_system = forms.ModelChoiceField(
        label=gettext_lazy("Health system"),
        queryset=HealthSystem.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose a health system"),
    )
    new_health_system = Text(label=gettext_lazy("… or a new health system"), max_length=160, required=False)
    state = forms.ChoiceField(label=gettext_lazy("Its state"), choices=state_choices, required=False)

    product_rows: tuple[Any, ...] = (
        "product",
        Row(Column("new_product", css_class="col-md-7"), Column("new_product_type", css_class="col-md-5")),
    )
    system_rows: tuple[Any, ...] = (
        "health_system",
        Row(Column("new_health_system", css_class="col-md-7"), Column("state", css_class="col-md-5")),
    )

    def offer(self, membership: Membership) -> None:
        """Offer the organisation's products and health systems."""
        self.membership = membership
        for name, model in (("product", Product), ("health_system", HealthSystem)):
            field: Any = self.fields[name]
            field.queryset = model.objects.for_member(membership).order_by("name")

    def clean(self) -> dict[str, Any]:
        """Check that each of the two is either chosen or named, and that a new name is new."""
        data = super().clean() or {}
        self._one_of(data, "product", "new_product")
        self._one_of(data, "health_system", "new_health_system")
        if data.get("new_product") and not data.get("new_product_type"):
            self.add_error("new_product_type", _("Choose the type of the new product: its requirements follow from it."))
        return data

    def _one_of(self, data: dict[str, Any], chosen: str, named: str) -> None:
        if {chosen, named} & set(self.errors):
            return
        if bool(data.get(chosen)) == bool(data.get(named)):
            both = _("Either choose one or name a new one, not both.")
            self.add_error(chosen, both if data.get(chosen) else _("Choose one, or name a new one below."))
        elif data.get(named) and self._names(chosen).filter(name__iexact=data[named]).exists():
            self.add_error(named, _("There is one with this name already: choose it above."))

    def _names(self, chosen: str) -> Any:
        field: Any = self.fields[chosen]
        return field.queryset

    def parties(self, actor: User) -> dict[str, Any]:
        """Return product and health system, made where they are new, inside the caller's transaction."""
        data, organisation = self.cleaned_data, self.membership.organisation
        product = data["product"] or create_product(
            organisation=organisation, actor=actor, values=ProductValues(name=data["new_product"], product_type=data["new_product_type"])
        )
        system = data["health_system"] or create_health_system(
            organisation=organisation, name=data["new_health_system"], state=data["state"], time_zone="", actor=actor
        )
        return {"product": product, "health_system": system}


class StartForm(PartiesFields, PromiseFields):
    """The first page of a new assessment: the promise first, then the product and the customer."""

    rows = (
        Fieldset(gettext_lazy("The promise"), *PromiseFields.promise_rows, css_class="form-section"),
        Fieldset(gettext_lazy("The product"), *PartiesFields.product_rows, css_class="form-section"),
        Fieldset(gettext_lazy("The customer"), *PartiesFields.system_rows, css_class="form-section"),
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(membership)

    @transaction.atomic
    def save(self) -> Assessment:
        """Start the assessment, with product and health system where they are new."""
        promise = {name: self.cleaned_data[name] for name in PROMISE}
        return start_assessment(membership=self.membership, promise=promise, **self.parties(self.membership.user))


class PartiesForm(AssessmentForm, PartiesFields):
    """Product and health system of a draft."""

    rows = (*PartiesFields.product_rows, *PartiesFields.system_rows)

    def prepare(self) -> None:
        """Offer the organisation's own; a health system stays once sites, host or people hang on it."""
        self.offer(self.membership)
        if is_tied_to_system(self.assessment):
            self.fields["health_system"].disabled = True
            self.fields["health_system"].help_text = _("It stays, because sites, people or the host are chosen already.")
            for name in ("new_health_system", "state"):
                del self.fields[name]
            self.rows = (*self.product_rows, "health_system")

    def saved_values(self) -> dict[str, Any]:
        """Return product and health system as they are saved."""
        return {"product": self.assessment.product, "health_system": self.assessment.health_system}

    def clean(self) -> dict[str, Any]:
        """A new name wins over what was chosen before."""
        data = self.cleaned_data
        for chosen, named in (("product", "new_product"), ("health_system", "new_health_system")):
            if data.get(named) and data.get(chosen) == self.initial[chosen]:
                data[chosen] = None
        return super().clean()

    @transaction.atomic
    def save(self, actor: User) -> None:
        """Save product and health system."""
        values = self.parties(actor)
        save_details(assessment=self.assessment, values=values, actor=actor, seen=self.cleaned_data["version"])


class DatesForm(AssessmentForm):
    """The dates of a deal, plain dates in the health system's time zone."""

    contract_date = Day(label=gettext_lazy("Contract"), help_text=gettext_lazy("When the contract is to be signed."))
    promised_go_live = Day(
        label=gettext_lazy("Promised go-live"), help_text=gettext_lazy("What has been said aloud: the forecast is held against it.")
    )
    target_go_live = Day(
        label=gettext_lazy("Target go-live"), help_text=gettext_lazy("What the health system would like, if it is another day.")
    )
    rows = (Row(*(Column(name, css_class="col-md-4") for name in ("contract_date", "promised_go_live", "target_go_live"))),)

    def saved_values(self) -> dict[str, Any]:
        """Return the dates as they are saved."""
        return {name: getattr(self.assessment, name) for name in DETAILS[2:]}

    def clean(self) -> dict[str, Any]:
        """Check that nothing goes live before it is signed."""
        data = super().clean() or {}
        contract = data.get("contract_date")
        for name in ("promised_go_live", "target_go_live"):
            if contract and data.get(name) and data[name] <= contract:
                self.add_error(name, _("A go-live is after the contract. Move this date, or the contract's."))
        return data

    def save(self, actor: User) -> None:
        """Save the dates."""
        save_details(assessment=self.assessment, values=self.values, actor=actor, seen=self.cleaned_data["version"])


class TermsFields(HouseForm):
    """Who sees what, whether files may be attached, and how long answers are kept."""

    visibility_vendor = forms.ChoiceField(
        label=gettext_lazy("What the vendor sees of an answer"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    visibility_health_system = forms.ChoiceField(
        label=gettext_lazy("What the health system sees of an answer"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    uploads_allowed = forms.BooleanField(label=gettext_lazy("Files may be attached as evidence"), required=False)
    retention_months = forms.IntegerField(label=gettext_lazy("Answers are kept for (months)"), min_value=1, max_value=120)


class HostForm(AssessmentForm, TermsFields):
    """The host, and the terms that are proposed to them."""

    name = Text(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    title = Text(label=gettext_lazy("Job title"), max_length=120, required=False)
    rows = (
        Fieldset(
            gettext_lazy("The host at the health system"),
            "name",
            Row(Column("email", css_class="col-md-6"), Column("title", css_class="col-md-6")),
            css_class="form-section",
        ),
        Fieldset(
            gettext_lazy("Terms that you propose; the host can make them stricter"),
            Row(Column("visibility_vendor", css_class="col-md-6"), Column("visibility_health_system", css_class="col-md-6")),
            "uploads_allowed",
            "retention_months",
            css_class="form-section",
        ),
    )

    def prepare(self) -> None:
        """Say how long answers are kept in plain numbers."""
        self.fields["retention_months"].widget.attrs["inputmode"] = "numeric"

    def saved_values(self) -> dict[str, Any]:
        """Return host and terms as they are saved."""
        host = self.assessment.host
        person = {name: getattr(host, name) for name in ("name", "email", "title")} if host else {}
        return person | {name: getattr(self.assessment, name) for name in TERMS}

    def clean_email(self) -> str:
        """Refuse one of the vendor's own: the host is somebody at the health system."""
        email = str(self.cleaned_data["email"])
        if self.membership.organisation.memberships.filter(user__email__iexact=email).exists():
            raise ValidationError(_("This is a member of your own organisation. The host is somebody at the health system."))
        return email

    @transaction.atomic
    def save(self, actor: User) -> None:
        """Save host and terms."""
        person = {name: self.cleaned_data[name] for name in ("name", "email", "title")}
        save_host(assessment=self.assessment, **person, actor=actor, seen=self.cleaned_data["version"])
        save_terms(assessment=self.assessment, values=self.values, actor=actor)
