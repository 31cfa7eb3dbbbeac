"""The smallest bank that can be published, to be spoiled by one thing at a time."""

from dataclasses import replace

from assessments.bank.version import (
    CHOICE,
    CONTEXT,
    LEVEL,
    QUANTITY,
    SELF_AUDIT,
    BankDomain,
    BankItem,
    BankUse,
    BankVersion,
    Choice,
)

STEPS = ("Nobody knows", "Somebody knows", "It is written", "It is practised", "It is shown")
LAB, IT = "lab_director", "it_integration_lead"
TYPE, OTHER_TYPE = "send_out_test", "in_house_assay"


def requirement(code="LAB-01", **values):
    """Return a requirement without a defect."""
    asked = {"roles": (LAB,), "uses": (BankUse(TYPE, core=(LAB,)),), "questions": {"": "How far are you?"}}
    words = {"title": "Title", "requirement": "It is so.", "why": "Because.", "action_health_system": "Do.", "action_vendor": "Help."}
    return BankItem(**{"code": code, "domain": "LAB", "steps": STEPS, **asked, **words, **values})


def quantity(code="LAB-02", **values):
    """Return a requirement that is answered by a number."""
    return requirement(code, **{"kind": QUANTITY, "steps": (), "unit": "hours a week", "need": 8, **values})


def context(code="CTX-01", **values):
    """Return a context item in the laboratory's domain; put it before what it steers."""
    choices = (Choice("epic", "Epic"), Choice("other", "Another one"))
    defaults = {
        "part": CONTEXT,
        "kind": CHOICE,
        "title": "Record",
        "questions": {"": "Which record?"},
        "why": "To know.",
        "choices": choices,
    }
    return BankItem(**{"code": code, "domain": "LAB", "roles": (IT,), "uses": (BankUse(TYPE),), **defaults, **values})


def audit(code="VND-01", **values):
    """Return an item of the vendor's own audit."""
    defaults = {
        "part": SELF_AUDIT,
        "kind": LEVEL,
        "title": "Before",
        "questions": {"": "When do you look?"},
        "why": "To know.",
        "steps": STEPS,
    }
    return BankItem(**{"code": code, "domain": "LAB", "uses": (BankUse(TYPE),), **defaults, **values})


def bank(*items, **values):
    """Return a version with these items, one requirement unless some are given."""
    version = BankVersion(code="own", number="1", title="Own", domains=(BankDomain("LAB", "Laboratory"),))
    return replace(version, **{"items": items or (requirement(),), **values})
