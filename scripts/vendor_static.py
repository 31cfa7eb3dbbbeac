"""Fetch the pages' third-party static files through npm and write them under static/, with a manifest.

A tool for developers: the results are committed, so running Groundwork needs neither npm nor this file.
usage: .venv/bin/python scripts/vendor_static.py     (needs npm on the PATH and fontTools with brotli)
"""

import hashlib
import json
import re
import shutil
import subprocess  # nosec B404: runs npm with fixed arguments
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

STATIC = Path(__file__).resolve().parent.parent / "static"
FONTS = STATIC / "fonts"
BOOTSTRAP = ("bootstrap", "5.3.9")
INTER = ("inter-ui", "4.1.1")
PDF_WEIGHTS = ("Regular", "SemiBold", "Bold")
# Latin with its extensions (Vietnamese too), punctuation, currency and arrows; other scripts use the system's font.
PAGE_RANGES = ((0x20, 0x180), (0x218, 0x21C), (0x2B0, 0x330), (0x1E00, 0x1F00), (0x2000, 0x2070), (0x20A0, 0x20C0))
PAGE_SIGNS = "™Ω←↑→↓−≈≠≤≥×÷●○✓"
PAGE_FEATURES = ["kern", "mark", "mkmk", "calt", "ccmp", "locl", "tnum", "lnum", "case", "cv05", "zero"]
SOURCE_MAP = re.compile(r"\s*/\*# sourceMappingURL=.*?\*/\s*")


def unpack(package: tuple[str, str], into: Path) -> Path:
    """Download one published package with npm and return the directory of its files.

    Raises CalledProcessError when npm cannot find it; members that would leave the directory are refused by tarfile.
    """
    name, version = package
    command = ["npm", "pack", f"{name}@{version}", "--pack-destination", str(into), "--silent"]
    archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]  # nosec B603 B607
    target = into / name
    with tarfile.open(into / archive) as packed:
        packed.extractall(target, filter="data")  # nosec B202
    return target / "package"


def write_bootstrap(source: Path) -> list[Path]:
    """Write Bootstrap's minified stylesheet, without its source map's address, and its licence."""
    folder = STATIC / "vendor" / BOOTSTRAP[0] / BOOTSTRAP[1]
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True)
    stylesheet = folder / "bootstrap.min.css"
    text = (source / "dist/css/bootstrap.min.css").read_text(encoding="utf-8")
    # The manifest storage looks for every file a comment names, and the map is not shipped.
    stylesheet.write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8")
    licence = folder / "LICENSE"
    shutil.copyfile(source / "LICENSE", licence)
    return [stylesheet, licence]


def keep_words_even(font: TTFont) -> None:
    """Let tabular figures change digits only: Inter's also widen spaces, hyphens and brackets, which tears words apart."""
    digits = {font.getBestCmap()[ord(digit)] for digit in "0123456789"}
    table = font["GSUB"].table
    wanted = {
        place for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum" for place in record.Feature.LookupListIndex
    }
    for subtable in (each for place in wanted for each in table.LookupList.Lookup[place].SubTable):
        single = getattr(subtable, "ExtSubTable", subtable)
        single.mapping = {glyph: target for glyph, target in single.mapping.items() if glyph in digits}


def write_page_font(source: Path) -> Path:
    """Write the variable font of the pages: weight and optical size kept, glyphs cut to the Latin scripts."""
    font = TTFont(source / "variable/InterVariable.woff2", recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=PAGE_FEATURES, name_IDs=["*"], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    letters = {code for start, end in PAGE_RANGES for code in range(start, end)}
    subsetter.populate(unicodes=letters | {ord(sign) for sign in PAGE_SIGNS})
    subsetter.subset(font)
    keep_words_even(font)
    target = FONTS / "Inter-Variable.woff2"
    font.flavor = "woff2"
    font.save(target)
    return target


def write_pdf_fonts(source: Path) -> list[Path]:
    """Write the PDF's static fonts as TrueType: every script of Inter, because a report cannot fall back."""
    written = []
    for weight in PDF_WEIGHTS:
        font = TTFont(source / f"web/Inter-{weight}.woff2", recalcTimestamp=False)
        keep_words_even(font)
        font.flavor = None
        target = FONTS / f"Inter-{weight}.ttf"
        font.save(target)
        written.append(target)
    return written


def write_inter(source: Path) -> list[Path]:
    """Write Inter for pages and PDF with its licence beside it."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    licence = FONTS / "Inter-OFL.txt"
    shutil.copyfile(source / "LICENSE.txt", licence)
    return [write_page_font(source), *write_pdf_fonts(source), licence]


def write_favicon() -> None:
    """Draw the brand mark as favicon.ico for browsers that ask for it unprompted; static/img/mark.svg is the original."""
    scale = 8
    image = Image.new("RGBA", (32 * scale, 32 * scale))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, 32 * scale - 1, 32 * scale - 1), radius=7 * scale, fill="#0b6b62")
    draw.ellipse((12.2 * scale, 6 * scale, 19.8 * scale, 13.6 * scale), fill="#ffffff")
    for left, top, right in ((9, 16, 23), (5.5, 21.6, 26.5)):
        box = (left * scale, top * scale, right * scale, (top + 3.8) * scale)
        draw.rounded_rectangle(box, radius=1.9 * scale, fill="#ffffff")
    image.resize((64, 64), Image.Resampling.LANCZOS).save(STATIC / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


def entry(package: tuple[str, str], files: Iterable[Path]) -> dict[str, Any]:
    """Return the manifest's record of one library: paths are relative to static/."""
    digests = {path.relative_to(STATIC).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {"name": package[0], "version": package[1], "source": f"npm package {package[0]}", "sha256": digests}


def main() -> None:
    """Vendor everything and write static/vendor/manifest.json."""
    with tempfile.TemporaryDirectory() as folder:
        bootstrap = write_bootstrap(unpack(BOOTSTRAP, Path(folder)))
        inter = write_inter(unpack(INTER, Path(folder)))
    write_favicon()
    libraries = [entry(BOOTSTRAP, bootstrap), entry(INTER, inter)]
    (STATIC / "vendor/manifest.json").write_text(json.dumps({"libraries": libraries}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
