"""Takes the pictures of reports of the analyst's command over made-up answers, for docs/ (needs Chromium)."""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.screenshots import CHROMIUM, CHROMIUM_ARGUMENTS  # noqa: E402  (found only from the root)
from xietong.web.cli import main as xietong  # noqa: E402

IMAGES = ROOT / "docs" / "images"
PERSONS, ITEMS, BOOKLETS, LARGE = 1800, 30, 3, 80
PICTURES = (
    ("method-items", "items", 0), ("method-fit", "irt", 2), ("method-map", "irt", 0),
    ("method-information", "irt", 1), ("method-link", "link", 0), ("method-sample", "sample", 0),
)  # fmt: skip
"""File, report, and which of its pictures."""

Rows = Iterable[Sequence[object]]


def main() -> None:
    with TemporaryDirectory() as name, sync_playwright() as browsers:
        folder = Path(name)
        reports(folder)
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1200, "height": 900}, device_scale_factor=1)
        for image, report, place in PICTURES:
            take(page, folder / f"{report}.html", place, IMAGES / f"{image}.png")
        page.goto((folder / "chinese.html").as_uri())
        page.screenshot(path=IMAGES / "guide-analysis.png")
        browser.close()


def take(page: Page, report: Path, place: int, image: Path) -> None:
    page.goto(report.as_uri())
    page.locator("figure").nth(place).screenshot(path=image)
    print(image.relative_to(ROOT))


def reports(folder: Path) -> None:
    """A paper that all had, the same in rotated booklets, two years with common items, and a frame of schools."""
    chance = np.random.default_rng(2026)
    slopes, places = chance.uniform(0.7, 1.9, ITEMS), chance.normal(0, 1, ITEMS)
    slopes[7] = 0.15
    whole = answers(chance, slopes, places, 0.0)
    # Of an item that the best think too much about, every other right answer of theirs is lost.
    best = whole.sum(axis=1) > np.quantile(whole.sum(axis=1), 0.6)
    whole[best, 12] *= chance.random(best.sum()) < 1 / 2
    names = [f"T{item + 1:02d}" for item in range(ITEMS)]
    write(folder / "paper.csv", names, whole.tolist())
    run("items", folder / "paper.csv", "--out", folder / "items")
    booklets = [
        ["" if item * BOOKLETS // ITEMS == row % BOOKLETS else code for item, code in enumerate(codes)]
        for row, codes in enumerate(whole.tolist())
    ]
    write(folder / "booklets.csv", names, booklets)
    run("irt", folder / "booklets.csv", "--sampled", "--out", folder / "irt")
    run("irt", folder / "booklets.csv", "--sampled", "--out", folder / "chinese", "--language", "zh")
    moved = places + np.where(np.arange(ITEMS) == 4, 1.2, 0.0)
    write(folder / "next.csv", names, answers(chance, slopes, moved, 0.4).tolist())
    for year in ("paper", "next"):
        run("irt", folder / f"{year}.csv", "--out", folder / f"{year}-items")
    run("link", folder / "next-items.xlsx", folder / "paper-items.xlsx", "--out", folder / "link")
    sizes = np.rint(chance.lognormal(4, 0.8, 40)).astype(int)
    kinds = np.where(sizes > LARGE, "town", "village").tolist()
    frame = [[f"School {place}", *own] for place, own in enumerate(zip(sizes.tolist(), kinds, strict=True), 1)]
    write(folder / "schools.csv", ["school", "pupils", "kind"], frame)
    run(
        "sample", folder / "schools.csv", "--id", "school", "--size", "pupils", "--stratum", "kind",
        "--schools", "town=6,village=8", "--booklets", "3", "--seed", "1", "--out", folder / "sample",
    )  # fmt: skip


def answers(chance: np.random.Generator, slopes: np.ndarray, places: np.ndarray, mean: float) -> np.ndarray:
    """Right and wrong answers of persons about a mean, shape (persons, items)."""
    logits = slopes * (chance.normal(mean, 1, PERSONS)[:, None] - places)
    found: np.ndarray = (chance.random(logits.shape) < 1 / (1 + np.exp(-logits))).astype(int)
    return found


def write(path: Path, header: list[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def run(*arguments: object) -> None:
    verb, *rest = map(str, arguments)
    if xietong(["quant", verb, "--language", "en", *rest]):
        sys.exit(f"xietong quant {verb} did not succeed")


if __name__ == "__main__":
    main()
