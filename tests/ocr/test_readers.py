"""A document goes in; an access copy and its words come out, or one stable reason."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import drawn
import paper
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from test_sandbox import gone

from partydoc.document import Look
from partydoc.ocr import Readers, letters
from partydoc.page import Page, Reading
from partydoc.text import fold

pytestmark = pytest.mark.slow


def words(page: Page) -> set[str]:
    return {word.text for line in page.lines for word in line.words}


def share_read(page: Page, lines: tuple[str, ...] = drawn.BODY) -> float:
    wanted = {word for line in lines for word in line.split()}
    return len(wanted & words(page)) / len(wanted)


def access_text(folder: Path, page: int = 0) -> str:
    with pypdfium2.PdfDocument(folder / "access.pdf") as pdf:
        return pdf[page].get_textpage().get_text_range()


def good(result) -> tuple[Reading, Path]:
    finished, into = result
    assert finished.reading, finished.refusal
    pdfa = pytest.importorskip("pikepdf.pdfa")
    assert pdfa.validate_written(into / "access.pdf", "2b").passed
    stored = Reading.from_dict(__import__("json").loads((into / "pages.json").read_text()))
    assert stored.to_dict() == finished.reading.to_dict()
    with pikepdf.open(into / "access.pdf") as pdf:
        assert len(pdf.pages) == len(finished.reading.pages)
    return finished.reading, into


def test_scan_becomes_searchable(read, tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(), drawn.sheet())
    before = path.read_bytes()
    reading, into = good(read(path))
    for number, page in enumerate(reading.pages, 1):
        assert (page.number, page.rotation, page.origin) == (number, 0, "recognised")
        assert (round(page.width_mm), round(page.height_mm)) == (210, 297)
        assert share_read(page) > 0.95
    assert reading.confidence > 0.85
    assert fold("trông coi và ghi sổ mượn") in fold(" ".join(access_text(into, 1).split()))
    assert path.read_bytes() == before
    title = next(line for line in reading.pages[0].lines if "QUYẾT" in line.text)
    assert 0.15 < title.box.top < title.box.bottom < 0.25
    assert 0.3 < title.box.left < title.box.right < 0.7


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page_is_set_upright(read, tmp_path, turn):
    image = drawn.sheet().rotate(-turn, expand=True)
    reading, into = good(read(drawn.scan(tmp_path / f"turned{turn}.pdf", image)))
    (page,) = reading.pages
    assert page.rotation == (360 - turn) % 360
    assert share_read(page) > 0.95
    assert page.height_mm > page.width_mm
    assert min(line.box.top for line in page.lines) < 0.1
    with pypdfium2.PdfDocument(into / "access.pdf") as pdf:
        width, height = pdf[0].get_size()
        assert height > width
        text = pdf[0].get_textpage()
        start, _ = text.search("NGHỊ").get_next()
        left, _, _, top = text.get_charbox(start)
        seen = letters.displayed(pdf[0], left, top)
        box = next(word.box for line in page.lines for word in line.words if word.text == "NGHỊ")
        assert seen == pytest.approx((box.left, box.top), abs=0.02)  # where the reader sees it


def test_red_seal_over_text_hides_nothing(read, tmp_path):
    image = drawn.print_over(drawn.sheet(), drawn.seal(), (0.4, 0.38))
    reading, _ = good(read(drawn.scan(tmp_path / "sealed.pdf", image)))
    assert share_read(reading.pages[0]) > 0.95


def test_grey_seal_over_text_hides_little(read, tmp_path):
    image = drawn.print_over(drawn.sheet(), drawn.seal(ink=(120, 120, 120)), (0.4, 0.38))
    reading, _ = good(read(drawn.scan(tmp_path / "grey.pdf", image.convert("L").convert("RGB"))))
    assert share_read(reading.pages[0]) > 0.6


def test_secrecy_stamp_is_found_apart_from_the_text(read, tmp_path):
    image = drawn.print_over(drawn.sheet(), drawn.stamp("TỐI MẬT", tilt=3), (0.7, 0.4))
    reading, _ = good(read(drawn.scan(tmp_path / "stamped.pdf", image)))
    (page,) = reading.pages
    assert any("toi mat" in fold(line.text) for line in page.stamps)
    assert "toi mat" not in fold(page.text)


def test_garbage_layer_below_a_scan_is_replaced(read, tmp_path):
    path = drawn.add_text(
        drawn.scan(tmp_path / "layer.pdf", drawn.sheet()), b"XQZ garbage lsyer WVK\nQ7 zzzr"
    )
    reading, into = good(read(path))
    assert share_read(reading.pages[0]) > 0.95
    assert "garbage" not in access_text(into)


def test_visible_note_on_a_scan_is_kept_and_the_scan_read(read, tmp_path):
    path = drawn.add_text(drawn.scan(tmp_path / "note.pdf", drawn.sheet()), b"Copy 1", mode=0)
    reading, into = good(read(path))
    assert share_read(reading.pages[0]) > 0.9
    assert "Copy 1" in access_text(into)


@pytest.mark.parametrize("colour", [(200, 30, 40), (40, 40, 40)])
def test_a_mark_set_into_a_born_digital_page_is_read(read, tmp_path, colour):
    path = drawn.born_digital(tmp_path / "typed.pdf", [*[" "] * 12, *drawn.BODY])
    sheet = Image.new("RGB", (1654, 2339), "white")
    mark = paper.stamp(sheet, "TỐI MẬT", (40, 30), colour).crop((80, 130, 560, 340))
    paper.save_scan_pdf([mark], tmp_path / "mark.pdf", 200, 90)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        with pikepdf.open(tmp_path / "mark.pdf") as top:
            place = pikepdf.Rectangle(60, 735, 60 + 480 * 0.36, 735 + 210 * 0.36)
            pdf.pages[0].add_overlay(pikepdf.Page(top.pages[0]), place)
        pdf.save(path)
    reading, _ = good(read(path))
    (page,) = reading.pages
    assert page.origin == "text-layer"
    assert any("MAT" in fold(line.text).upper() for line in page.stamps)


def test_born_digital_text_is_kept_as_it_is(read, tmp_path):
    path = drawn.born_digital(tmp_path / "typed.pdf", drawn.BODY)
    reading, into = good(read(path))
    (page,) = reading.pages
    assert page.origin == "text-layer"
    assert page.confidence == 1.0
    assert share_read(page) == 1.0
    assert drawn.BODY[0] in access_text(into)
    top = page.lines[0].box
    assert 0 < top.top < top.bottom < 0.1


def test_legacy_encoding_is_read_from_the_page(read, tmp_path):
    """Text that shows Vietnamese and says TCVN3: here, Vietnamese drawn below such text."""
    said = ("§¶ng céng s¶n ViÖt Nam quang vinh mu«n n¨m", "§éc lËp tù do h¹nh phóc") * 4
    reading, into = good(read(drawn.born_digital(tmp_path / "tcvn3.pdf", said)))
    (page,) = reading.pages
    assert page.origin == "recognised"
    assert "¶ng céng s¶n" not in access_text(into)


def test_tiff_of_three_pages(read, tmp_path):
    pages = [drawn.sheet(150).convert("1", dither=Image.Dither.NONE) for _ in range(2)]
    blank = Image.new("1", pages[0].size, 1)
    path = tmp_path / "fax.tif"
    pages[0].save(
        path, save_all=True, append_images=[blank, pages[1]], compression="group4", dpi=(150, 150)
    )
    reading, into = good(read(path))
    assert [bool(page.lines) for page in reading.pages] == [True, False, True]
    assert share_read(reading.pages[2]) > 0.9
    assert access_text(into, 1).strip() == ""


@pytest.mark.parametrize("mode", ["I;16", "RGBA", "P", "CMYK", "LA"])
def test_images_of_every_mode_are_read(read, tmp_path, mode):
    page = drawn.sheet()
    if mode == "I;16":
        image = page.convert("L").convert("I").point(lambda level: level * 257).convert("I;16")
    elif mode in ("RGBA", "LA"):
        image = page.convert(mode)
        image.putalpha(page.convert("L").point(lambda level: 0 if level > 250 else 255))
    else:
        image = page.convert(mode)
    path = tmp_path / f"page-{mode[:1]}.{'jpg' if mode == 'CMYK' else 'png'}"
    image.save(path)
    reading, _ = good(read(path))
    (page,) = reading.pages
    assert share_read(page) > 0.9
    assert (round(page.width_mm), round(page.height_mm)) == (210, 297)


def test_exif_orientation_is_honoured(read, tmp_path):
    path = tmp_path / "phone.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn.sheet().rotate(90, expand=True).save(path, exif=exif, dpi=(200, 200))
    reading, _ = good(read(path))
    (page,) = reading.pages
    assert page.rotation == 0
    assert page.height_mm > page.width_mm
    assert share_read(page) > 0.95


def test_owner_password_is_not_in_the_access_copy(read, tmp_path):
    path = drawn.scan(tmp_path / "open.pdf", drawn.sheet())
    restricted = tmp_path / "restricted.pdf"
    with pikepdf.open(path) as pdf:
        pdf.save(restricted, encryption=pikepdf.Encryption(user="", owner="owner"))
    _, into = good(read(restricted))
    with pikepdf.open(into / "access.pdf") as pdf:
        assert not pdf.is_encrypted


def test_access_copy_carries_no_script_and_no_attachment(read, tmp_path):
    path = drawn.scan(tmp_path / "active.pdf", drawn.sheet(100), dpi=100)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        pdf.attachments["a.txt"] = b"hidden"
        pdf.save(path)
    _, into = good(read(path))
    with pikepdf.open(into / "access.pdf") as pdf:
        assert not len(pdf.attachments)
        assert "/OpenAction" not in pdf.Root
        assert "/AA" not in pdf.pages[0].obj


def test_what_a_layer_hides_is_neither_read_nor_copied(read, tmp_path):
    path = drawn.born_digital(tmp_path / "layers.pdf", drawn.HEADER + drawn.TITLE + drawn.BODY)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        off = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Ghi riêng"))
        config = pikepdf.Dictionary(OFF=pikepdf.Array([off]))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([off]), D=config)
        pdf.save(path)
    drawn.add_text(path, b"HIDDEN NOTE", mode=0)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(L=pdf.Root.OCProperties.OCGs[0])
        page.Contents[-1].write(b"/OC /L BDC " + page.Contents[-1].read_bytes() + b" EMC")
        pdf.save(path)
    reading, into = good(read(path))
    assert reading.pages[0].origin == "text-layer" and share_read(reading.pages[0]) == 1
    assert "HIDDEN" not in reading.pages[0].text + access_text(into)


def test_dynamic_xfa_is_refused(read, tmp_path):
    path = drawn.scan(tmp_path / "xfa.pdf", drawn.sheet(100), dpi=100)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pikepdf.String("<x/>"))
        pdf.Root.NeedsRendering = True
        pdf.save(path)
    finished, into = read(path)
    assert finished.refusal.reason == "xfa-form"
    assert not list(into.iterdir())


def test_program_reads_like_the_library(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet())
    into = tmp_path / "out"
    into.mkdir()
    with Readers(tmp_path, 1, ["vie"], fast=False) as readers:
        readers.submit("t", path, Look("application/pdf", "pdf", 1), into)
        (finished,) = readers.finished()
    assert share_read(finished.reading.pages[0]) > 0.95
    assert finished.reading.engine.startswith("tesseract ")


def test_hung_reader_is_killed_with_its_children_and_the_next_document_is_read(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet())
    outs = [tmp_path / name for name in ("first", "second")]
    for out in outs:
        out.mkdir()
    seen = Look("application/pdf", "pdf", 1)
    with Readers(tmp_path, 1, ["vie"], base_seconds=30, page_seconds=1) as readers:
        readers.submit("first", path, seen, outs[0])
        slot = readers._slots[0]
        hung = slot.child.pid
        os.kill(hung, signal.SIGSTOP)
        slot.job.deadline = time.monotonic() + 0.2
        readers.submit("second", path, seen, outs[1])
        assert readers.pending == 2
        (finished,) = readers.finished()
        assert (finished.ticket, finished.refusal.reason) == ("first", "time-limit")
        assert gone(hung)
        (finished,) = readers.finished()
        assert finished.ticket == "second" and finished.reading
        assert readers.pending == 0 and readers.finished() == []
    assert not list(outs[0].iterdir())
    assert not list(tmp_path.glob("reader-*"))


def test_reading_gives_way_to_whoever_works_at_the_machine(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet())
    with Readers(tmp_path, 1, ["vie"]) as readers:
        readers.submit("t", path, Look("application/pdf", "pdf", 1), tmp_path)
        (finished,) = readers.finished()
        reader = readers._slots[0].child.pid
        assert os.getpriority(os.PRIO_PROCESS, reader) > os.getpriority(os.PRIO_PROCESS, 0)
    assert finished.reading


def test_killed_reader_means_resources_ran_out(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet())
    with Readers(tmp_path, 1, ["vie"]) as readers:
        readers.submit("t", path, Look("application/pdf", "pdf", 1), tmp_path)
        os.kill(readers._slots[0].child.pid, signal.SIGKILL)
        (finished,) = readers.finished()
    assert finished.refusal.reason == "resource-limit"


def test_too_little_memory_is_a_reason(tmp_path):
    path = drawn.scan(tmp_path / "scan.pdf", drawn.sheet(300), dpi=300)
    with Readers(tmp_path, 1, ["vie"], memory=200 << 20) as readers:
        readers.submit("t", path, Look("application/pdf", "pdf", 1), tmp_path)
        (finished,) = readers.finished()
    assert finished.refusal.reason in ("resource-limit", "ocr-failed")


def test_two_processes_share_a_long_document(tmp_path):
    path = drawn.scan(tmp_path / "long.pdf", *[drawn.sheet()] * 6)
    into = tmp_path / "out"
    into.mkdir()
    with Readers(tmp_path, 2, ["vie"]) as readers:
        readers.submit("t", path, Look("application/pdf", "pdf", 6), into)
        (job, _), *_ = readers._jobs.values()
        assert [slot.job for slot in readers._slots] == [job, job]
        (finished,) = readers.finished()
        assert [slot.job for slot in readers._slots] == [None, None]
    reading, _ = good((finished, into))
    assert [page.number for page in reading.pages] == [1, 2, 3, 4, 5, 6]
    assert all(share_read(page) > 0.95 for page in reading.pages)


def test_a_document_whose_helper_dies_ends_with_a_reason_and_leaves_nothing(tmp_path):
    path = drawn.scan(tmp_path / "long.pdf", *[drawn.sheet()] * 8)
    into = tmp_path / "out"
    into.mkdir()
    with Readers(tmp_path, 2, ["vie"]) as readers:
        readers.submit("t", path, Look("application/pdf", "pdf", 8), into)
        os.kill(readers._slots[1].child.pid, signal.SIGKILL)
        (finished,) = readers.finished()
        assert finished.refusal.reason == "resource-limit"
        assert readers.pending == 0
        assert not any(list(slot.folder.iterdir()) for slot in readers._slots)
    assert not list(into.iterdir())
