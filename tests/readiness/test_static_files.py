"""The vendored files are those of the manifest, and the stylesheets hold no address of another host."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
MANIFEST = json.loads((STATIC / "vendor/manifest.json").read_text(encoding="utf-8"))
VENDORED = {path: digest for library in MANIFEST["libraries"] for path, digest in library["sha256"].items()}


@pytest.mark.parametrize("path", VENDORED)
def test_vendored_file_is_the_one_of_the_manifest(path):
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == VENDORED[path]


def test_every_vendored_file_is_in_the_manifest():
    present = {
        path.relative_to(STATIC).as_posix() for folder in ("vendor", "fonts") for path in (STATIC / folder).rglob("*") if path.is_file()
    }

    assert present == set(VENDORED) | {"vendor/manifest.json"}


def test_manifest_names_every_library_with_its_version():
    assert [library["name"] for library in MANIFEST["libraries"]] == ["bootstrap", "inter-ui"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", library["version"]) for library in MANIFEST["libraries"])


@pytest.mark.parametrize("path", [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")], ids=lambda path: path.name)
def test_static_file_fetches_nothing_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")

    assert "sourceMappingURL" not in text
    assert not re.search(r"(url\(|@import|fetch\()\s*[\"']?(https?:)?//", text)


def test_fonts_of_the_pdf_have_their_licence_beside_them():
    assert {"Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf", "Inter-OFL.txt"} <= {
        path.name for path in (STATIC / "fonts").iterdir()
    }
