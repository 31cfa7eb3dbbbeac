"""The rules of the house that linters do not know."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.db.models import CASCADE

from assessments.models.frozen import Frozen, FrozenQuerySet
from stakeholders.models import WrittenOnce, WrittenOnceQuerySet

ROOT = Path(settings.BASE_DIR)
APPS = ("stakeholders", "assessments", "readiness")
SOURCES = [p for app in APPS for p in sorted((ROOT / app).rglob("*.py")) if "migrations" not in p.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
WORKPLACE = re.compile(r"/work/(main|shared)|/tmp/brief|/root/|\.library\b|farm-(studio|bench)|subagent")


def functions(tree):
    return [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_source_file_is_short_and_its_functions_too(path):
    source = path.read_text()
    long = [f.name for f in functions(ast.parse(source)) if f.end_lineno - f.lineno >= 60]
    assert len(source.splitlines()) <= 400
    assert long == []


@pytest.mark.parametrize("path", [p for p in SOURCES if "views" in p.parts or "pages" in p.parts], ids=lambda p: str(p.relative_to(ROOT)))
def test_view_file_holds_at_most_twelve_views(path):
    tree = ast.parse(path.read_text())
    views = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.args.args and n.args.args[0].arg == "request"]
    assert len(views) <= 12


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_template_is_short_and_free_of_inline_style_and_script(path):
    text = path.read_text()
    assert text.count("\n") < 200
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*json)", text)


def test_no_signal_receivers_on_our_models():
    assert [p for p in SOURCES if re.search(r"^@receiver|\.connect\(", p.read_text(), re.MULTILINE)] == []


def test_no_app_has_a_name_that_says_nothing():
    assert not {p.name for app in APPS for p in (ROOT / app).rglob("*") if p.stem in ("core", "common", "utils", "helpers")}


def test_project_names_no_workplace():
    tracked = [
        p
        for folder in (*APPS, "tests", "templates", "docs", "scripts", "benchmarks", "static/js", "static/css")
        for p in (ROOT / folder).rglob("*")
        if p.is_file()
    ]
    tracked += [
        ROOT / name
        for name in ("README.md", "Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt")
        if (ROOT / name).exists()
    ]
    named = [
        str(p)
        for p in tracked
        if p.suffix in (".py", ".html", ".md", ".txt", ".yaml", ".sh", ".toml", ".js", ".css", "")
        and p != Path(__file__)
        and WORKPLACE.search(p.read_text(errors="replace"))
    ]
    assert named == []


def test_system_checks_find_nothing():
    assert run_checks() == []


def test_every_view_of_ours_has_a_policy():
    from readiness.checks import LIBRARY_ROUTES, routes

    without = [route for route, view in routes() if not route.startswith(LIBRARY_ROUTES) and not hasattr(view, "policy")]
    assert without == []


# Resolved by their token or by the visitor's own seat, before there is a member to ask for.
WITHOUT_MEMBER = {"AccessLink"}


def of_a_tenant(model):
    named = {f.related_model.__name__ for f in model._meta.concrete_fields if f.is_relation}
    return not model.__name__.startswith("Historical") and named & {"Organisation", "HealthSystem", "Assessment", "Interview"}


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if of_a_tenant(m) and m.__name__ not in WITHOUT_MEMBER], ids=lambda m: m.__name__
)
def test_rows_of_a_tenant_are_read_for_a_member(model):
    assert callable(getattr(model._default_manager.all(), "for_member", None))


def guarded(base):
    return [m for m in apps.get_models() if issubclass(m, base)]


@pytest.mark.parametrize("model", guarded(WrittenOnce), ids=lambda m: m.__name__)
def test_written_once_model_is_guarded_on_every_way_in(model):
    assert isinstance(model._base_manager.all(), WrittenOnceQuerySet)
    assert isinstance(model._default_manager.all(), WrittenOnceQuerySet)


@pytest.mark.parametrize("model", guarded(Frozen), ids=lambda m: m.__name__)
def test_part_of_a_question_bank_is_guarded_on_every_way_in(model):
    assert isinstance(model._base_manager.all(), FrozenQuerySet)
    assert isinstance(model._default_manager.all(), FrozenQuerySet)


@pytest.mark.parametrize("model", guarded(WrittenOnce) + guarded(Frozen), ids=lambda m: m.__name__)
def test_written_once_rows_are_never_deleted_by_a_cascade(model):
    cascading = [
        f.name for f in model._meta.concrete_fields if f.is_relation and f.remote_field.on_delete is CASCADE and f.name != "organisation"
    ]
    assert cascading == []
