"""How fast the html page of a diff opens and filters in a headless Chromium.

Opening ends when the page is loaded, its script has run and a frame has been drawn. A filter
takes from the input until the next frame is ready, its layout included.
Usage: ``python benchmarks/page.py [COUNT]``
"""

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Final

from browser import CHROMIUM, Browser
from generator import generate

from munidx import diff
from munidx.report.changes import diff_file

ROUNDS: Final = 5
FILTERS: Final = {
    "words": 'form.elements.q.value = "窓口"',
    "effect": "form.elements.effect.selectedIndex = 1",
    "kind": "form.elements.kind.selectedIndex = 2",
    "department": "form.elements.owner.selectedIndex = 3",
    "all back": "for (const one of form.elements) one.value = ''",
}
_FILTERED: Final = """
new Promise((done) => {
  const form = document.querySelector(".tools form");
  const begun = performance.now();
  %s;
  form.dispatchEvent(new Event("input"));
  document.body.getBoundingClientRect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})
"""


def main() -> None:
    """Print the medians, in milliseconds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    if CHROMIUM is None:
        print("no chromium on this machine: nothing measured")
        return
    truth = generate(count, 5)
    found = diff(truth.old, truth.new)
    with tempfile.TemporaryDirectory() as folder, Browser(CHROMIUM) as browser:
        path = Path(folder) / "page.html"
        path.write_bytes(diff_file(found, truth.old, truth.new, "html"))
        browser.look(1280, 900)
        opened = statistics.median(browser.open(path.as_uri()) for _ in range(ROUNDS))
        told = [f"open {opened:.0f} ms"]
        for name, change in FILTERS.items():
            times = [browser.evaluate(_FILTERED % change) for _ in range(ROUNDS)]
            told.append(f"{name} {times[0]:.0f} ms (again {statistics.median(times[1:]):.0f})")
        size = path.stat().st_size / 1e6
        print(f"{count} measures, {len(found.changes)} changes, {size:.1f} MB: {', '.join(told)}")
        print(f"complaints: {browser.complaints() or 'none'}")


if __name__ == "__main__":
    main()
