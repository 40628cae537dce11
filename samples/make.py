"""Draws the sample documents anew: `python samples/make.py [FOLDER]`.

Every file comes out byte for byte the same on one machine, but for `signed.pdf`: its key is made
for it alone and thrown away, so it is written only where it does not stand yet.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent))

from drawing import digital, scan, stamps  # noqa: E402
from drawing.draft import Draft, load  # noqa: E402
from drawing.ink import sign  # noqa: E402
from drawing.page import pages  # noqa: E402
from drawing.sheet import MM, Sheet  # noqa: E402
from drawing.typeset import typeset  # noqa: E402

HERE = Path(__file__).resolve().parent
DRAFTS = HERE / "drafts.toml"
Recipe = Callable[[Draft, Path], None]


def place(sheet: Sheet, name: str, right: float = 0, down: float = 0) -> tuple[float, float]:
    """Return a named place of the sheet in millimetres, moved to the right and down."""
    x, y = sheet.places[name]
    return x / MM + right, y / MM + down


def executed(draft: Draft, dpi: int = 200, sealed: bool = True) -> list[Image.Image]:
    """Return the pages of a draft, signed, and sealed over a third of the signature."""
    sheet = typeset(draft)[-1]
    *others, last = pages(draft, dpi)
    last = sign(last, draft.signer, place(sheet, "signature"))
    if draft.fellow:
        x, y = place(sheet, "signature")
        last = sign(last, draft.fellow[1], (x - 84, y))
    if sealed:
        last = seal_of(draft, last, place(sheet, "signature", -19))
    return [*others, last]


def seal_of(draft: Draft, image: Image.Image, centre: tuple[float, float]) -> Image.Image:
    """Return the image with the invented seal of the issuer."""
    top = "ĐẢNG CỘNG SẢN VIỆT NAM" if draft.layout == "party" else draft.place.upper()
    middle = tuple(textwrap.wrap(draft.issuer.replace("\n", " "), 12)[:3])
    return stamps.seal(image, centre, (top, "T. THỬ NGHIỆM"), middle)


def clean_scan(draft: Draft, path: Path) -> None:
    """A good colour scan with the shadow of the lid on one side."""
    images = [scan.scanned(image, i) for i, image in enumerate(executed(draft))]
    scan.save_scan_pdf([scan.shadow(image, reach_mm=3) for image in images], path)


def grey_scan(draft: Draft, path: Path) -> None:
    """A grey scan of many pages."""
    images = [scan.scanned(image, i, grey=True) for i, image in enumerate(executed(draft))]
    scan.save_scan_pdf(images, path, quality=68)


def yellowed(draft: Draft, path: Path) -> None:
    """Old paper at 150 dpi, coarsely compressed."""
    images = [scan.noise(scan.yellow(image, 3), 6) for image in executed(draft, 150)]
    scan.save_scan_pdf([scan.blur(image) for image in images], path, 150, quality=55)


def as_jpeg(draft: Draft, path: Path) -> None:
    """One colour page as a JPEG."""
    path.write_bytes(scan.jpeg(scan.scanned(executed(draft)[0], 5)))


def as_png(draft: Draft, path: Path) -> None:
    """One clean grey page as a PNG of sixteen greys, without seal or signature."""
    image = pages(draft)[0].convert("L").quantize(16, dither=Image.Dither.NONE).convert("L")
    image.save(path, "PNG", optimize=True, dpi=(200, 200))


def as_tiff(draft: Draft, path: Path) -> None:
    """Black and white pages in one TIFF."""
    images = [scan.paper(image, i) for i, image in enumerate(executed(draft))]
    scan.save_tiff([scan.bilevel(scan.blur(image)) for image in images], path)


def sealed_over_text(draft: Draft, path: Path) -> None:
    """Two more seals on the text, as papers bound together carry them; 300 dpi."""
    image = executed(draft, 300)[0]
    image = seal_of(draft, image, (66, 138))
    image = seal_of(draft, image, (182, 165))
    scan.save_scan_pdf([scan.scanned(image, 7)], path, 300, quality=62)


def skewed(draft: Draft, path: Path) -> None:
    """A page that went through the feeder at an angle."""
    image = scan.skew(scan.paper(executed(draft)[0], 11), 1.5)
    scan.save_scan_pdf([scan.noise(scan.blur(scan.shadow(image, "right", 4)), 4)], path)


def turned(draft: Draft, path: Path) -> None:
    """The first page on its side, the others upside down."""
    images = [scan.scanned(image, i, grey=True) for i, image in enumerate(executed(draft))]
    turns = [Image.Transpose.ROTATE_90] + [Image.Transpose.ROTATE_180] * (len(images) - 1)
    images = [image.transpose(turn) for image, turn in zip(images, turns, strict=True)]
    scan.save_scan_pdf(images, path, quality=70)


def arrived(draft: Draft, path: Path) -> None:
    """A letter with the stamp of the office that got it."""
    image = stamps.arrival_stamp(
        executed(draft)[0], (45, 63), "ĐẢNG UỶ XÃ ĐỒNG MẪU", "356", "14/8/2019"
    )
    scan.save_scan_pdf([scan.scanned(image, 13)], path)


def stamped(text: str, page: int = 0) -> Recipe:
    """Return the recipe of a scan with a red stamp on one page."""

    def recipe(draft: Draft, path: Path) -> None:
        sheet = typeset(draft)[page]
        centre = place(sheet, "under number", -3, 10) if page == 0 else (55.0, 14.0)
        images = executed(draft)
        images[page] = stamps.stamp(images[page], text, centre, angle=-1.5)
        scan.save_scan_pdf([scan.scanned(image, 17 + i) for i, image in enumerate(images)], path)

    return recipe


def born_digital(draft: Draft, path: Path) -> None:
    """Text set by a word processor, never printed."""
    digital.write_pdf(typeset(draft), path, draft.subject.replace("\n", " "))


def signed(draft: Draft, path: Path) -> None:
    """A born-digital PDF with a digital signature."""
    if path.exists():
        return
    born_digital(draft, path)
    x, y = typeset(draft)[0].places["signature"]
    digital.sign_pdf(path, "Ủy ban nhân dân xã Đồng Mẫu (chữ ký mẫu)", (x - 19 * MM, y))


def garbage_text(draft: Draft, path: Path) -> None:
    """A scan whose hidden text is worthless."""
    images = [scan.scanned(image, 19, grey=True) for image in executed(draft)]
    digital.write_scan_over_garbage(images, typeset(draft), path)


RECIPES: dict[str, Recipe] = {
    "party-2018-resolution.pdf": clean_scan,
    "party-1998-report.pdf": yellowed,
    "party-2026-plan.pdf": grey_scan,
    "party-2026-letter.jpg": as_jpeg,
    "party-minutes.pdf": lambda draft, path: scan.save_scan_pdf(
        [scan.scanned(image, 23) for image in executed(draft, sealed=False)], path
    ),
    "party-invitation.png": as_png,
    "state-2020-decision.pdf": sealed_over_text,
    "state-2011-letter.pdf": skewed,
    "state-2011-report.tif": as_tiff,
    "rotated-notice.pdf": turned,
    "born-digital.pdf": born_digital,
    "signed.pdf": signed,
    "garbage-text.pdf": garbage_text,
    "handwritten.pdf": clean_scan,
    "arrival-stamp.pdf": arrived,
    "ordinary-words.pdf": clean_scan,
    "declassified.pdf": stamped("GIẢI MẬT\nTừ: 05/9/2024"),
    "secret-stamp.pdf": stamped("MẬT"),
    "secret-second-page.pdf": stamped("TUYỆT MẬT", page=1),
}


def truth(draft: Draft, about: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of samples.json: what a perfect reader finds in the document."""
    subject = draft.subject.replace("\n", " ")
    if subject.startswith("Về việc"):  # a subject runs from "về" on, whatever case it is set in
        subject = "v" + subject[1:]
    text = [sheet.lines for sheet in typeset(draft)]
    return {
        "purpose": about["purpose"],
        "era": about["era"],
        "pages": len(text),
        "secrecy": about.get("secrecy"),
        "handwritten": sorted(draft.hand),
        "fields": {
            "type": draft.type or "Công văn",
            "number": draft.number,
            "symbol": draft.symbol,
            "code": draft.code,
            "date": draft.date,
            "place": draft.place,
            "superior": draft.superior and draft.superior.replace("\n", " "),
            "issuer": draft.issuer.replace("\n", " "),
            "subject": subject,
            "signer": draft.signer,
        },
        "text": text,
    }


def make(folder: Path = HERE, names: list[str] | None = None) -> None:
    """Draw the named samples, or all, into FOLDER/scans; with all, also write samples.json."""
    drafts = load(DRAFTS)
    (folder / "scans").mkdir(parents=True, exist_ok=True)
    for name in names or RECIPES:
        RECIPES[name](drafts[Path(name).stem][0], folder / "scans" / name)
    if names is None:
        truths = {name: truth(*drafts[Path(name).stem]) for name in RECIPES}
        content = {"version": 1, "documents": truths}
        written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (folder / "samples.json").write_text(written, "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
