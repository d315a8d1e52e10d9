"""Takes the pictures of the reports in ``docs/reports``.

They show a made plan of 1,000 measures, revised, and the examples: their history, and what an
auditor would ask about one of them.

Usage: ``python benchmarks/pictures.py``, with chromium, and pdftoppm for the printed table.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from browser import CHROMIUM, Browser
from generator import generate

from munidx import diff, lineage, load
from munidx.report.changes import diff_file
from munidx.report.history import history_file

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "docs" / "reports"


def main() -> None:
    """Write light, dark, phone, history, findings, and a sheet of the 新旧対照表 as printed."""
    if CHROMIUM is None:
        raise SystemExit("no chromium on this machine")
    truth = generate(1000, 5)
    found = diff(truth.old, truth.new)
    with tempfile.TemporaryDirectory() as folder, Browser(CHROMIUM) as browser:
        pages = {}
        for lang, form in (("en", "html"), ("ja", "html"), ("ja", "taishohyo")):
            path = Path(folder) / f"{form}-{lang}.html"
            path.write_bytes(diff_file(found, truth.old, truth.new, form, lang=lang))
            pages[form, lang] = path.as_uri()
        browser.look(1280, 860)
        browser.open(pages["html", "en"] + "#kind=target-lowered")
        browser.picture(DOCS / "page-light.png")
        browser.look(1280, 860, dark=True)
        browser.open(pages["html", "ja"] + "#kind=reworded")
        browser.picture(DOCS / "page-dark.png")
        browser.look(390, 844, phone=True)
        browser.open(pages["html", "ja"] + "#effect=weakened&kind=target-postponed")
        browser.picture(DOCS / "page-phone.png")
        editions = [load(ROOT / "examples" / f"nawate-{name}.toml") for name in ("r6", "r7")]
        history = Path(folder) / "history.html"
        history.write_bytes(history_file(lineage(editions), "html"))
        browser.look(1200, 760)
        browser.open(history.as_uri())
        browser.picture(DOCS / "history-light.png")
        asked = Path(folder) / "findings.html"
        munidx = [sys.executable, "-m", "munidx", "--lang", "en", "validate", "--format", "html"]
        with asked.open("wb") as page:  # it ends with 1, for there are findings
            subprocess.run([*munidx, "examples/nawate-r7.txt"], check=False, cwd=ROOT, stdout=page)
        browser.look(1280, 860)
        browser.open(asked.as_uri())
        browser.picture(DOCS / "findings-light.png")
        browser.look(1280, 860)
        browser.open(pages["taishohyo", "ja"])
        sheets = Path(folder) / "taishohyo.pdf"
        browser.print(sheets)
        one = ["-f", "1", "-l", "1", "-r", "90", "-gray", "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *one, str(sheets), str(DOCS / "taishohyo")], check=True)


if __name__ == "__main__":
    main()
