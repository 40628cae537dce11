"""Every file ends with a look or a stable reason, whatever it is."""

from __future__ import annotations

import os
import signal
import zipfile
import zlib
from pathlib import Path
from unittest.mock import ANY

import drawn
import handmade
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from partydoc.document import Look, Refusal
from partydoc.ocr import Inspector
from partydoc.ocr.process import Confined


def save(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)
    return path


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return drawn.scan(tmp_path / "scan.pdf", drawn.sheet(100), drawn.sheet(100), dpi=100)


def test_scan_is_a_pdf_with_its_pages(look, scan):
    assert look(scan) == Look("application/pdf", "pdf", 2)


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("jpg", "image/jpeg"), ("png", "image/png"), ("tif", "image/tiff"), ("bmp", "image/bmp"),
     ("webp", "image/webp"), ("gif", "image/gif"), ("jp2", "image/jp2")],
)  # fmt: skip
def test_images_are_known_by_content(look, tmp_path, suffix, media_type):
    path = save(tmp_path / f"page.{suffix}", Image.new("RGB", (300, 400), "white"))
    assert look(path) == Look(media_type, suffix, 1)


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_an_image_longer_than_any_page_is_too_large(look, tmp_path, suffix):
    strip = Image.new("1", (60_000, 400), 1)
    assert look(save(tmp_path / f"strip.{suffix}", strip)) == Refusal("too-large", ANY)


def test_tiff_counts_its_pages(look, tmp_path):
    pages = [Image.new("1", (200, 300), 1) for _ in range(3)]
    path = tmp_path / "fax.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4")
    assert look(path) == Look("image/tiff", "tif", 3)


def test_wrong_extension_is_flagged_not_refused(look, tmp_path):
    path = save(tmp_path / "page.jpg", Image.new("L", (300, 400)))
    assert look(path, "công văn.pdf") == Look("image/jpeg", "jpg", 1, ("extension-mismatch",))


def test_empty_file(look, tmp_path):
    path = tmp_path / "nothing.pdf"
    path.touch()
    assert look(path) == Refusal("empty")


def test_zip_named_pdf(look, tmp_path):
    path = tmp_path / "archive.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "no document")
    assert look(path) == Refusal("not-a-document", "zip")


def test_word_document_is_named(look, tmp_path):
    path = tmp_path / "letter.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert look(path) == Refusal("not-a-document", "docx")


def test_plain_text(look, tmp_path):
    path = tmp_path / "notes.pdf"
    path.write_text("chỉ là chữ")
    assert look(path) == Refusal("not-a-document", "text")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_half_a_pdf_is_truncated(look, scan, share):
    scan.write_bytes(scan.read_bytes()[: int(scan.stat().st_size * share)])
    assert look(scan).reason == "truncated"


def test_names_that_are_no_text_do_no_harm(look, tmp_path):
    path = tmp_path / "names.pdf"
    content = handmade.stream(b"0 0 m 99 99 l S", b"/Subtype /#ba#ff /Filter /#ba")
    path.write_bytes(handmade.page(content, entries=b"/#ba /#fe"))
    assert look(path) == Look("application/pdf", "pdf", 1)


def test_lock_without_a_key_that_only_one_library_opens(look, scan, tmp_path):
    """With permissions that do not fit, pdfium takes the empty password for a wrong one."""
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(scan) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="", owner="owner", R=6))
    data = locked.read_bytes()
    start = data.index(b"/Perms <") + len(b"/Perms <")
    locked.write_bytes(data[:start] + b"00" * 16 + data[start + 32 :])
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(locked)
    found = look(locked)
    assert found.pages == 2 and "owner-password" in found.flags


def test_pdf_without_sense_is_damaged(look, tmp_path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"nonsense " * 500 + b"\n%%EOF\n")
    assert look(path).reason == "damaged-pdf"


def test_half_a_jpeg_is_truncated(look, tmp_path):
    path = tmp_path / "half.jpg"
    data = drawn.jpeg(drawn.sheet(100))
    path.write_bytes(data[: len(data) // 2])
    assert look(path).reason == "truncated"


def test_png_with_a_broken_body_is_damaged(look, tmp_path):
    path = save(tmp_path / "broken.png", drawn.sheet(50))
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = b"\0" * (len(data) // 2 - len(data) // 3)
    path.write_bytes(data)
    assert look(path).reason in ("damaged-image", "truncated")


def test_password_is_needed(look, scan, tmp_path):
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(scan) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert look(locked) == Refusal("needs-password")


def test_owner_password_is_a_flag(look, scan, tmp_path):
    restricted = tmp_path / "restricted.pdf"
    with pikepdf.open(scan) as pdf:
        pdf.save(restricted, encryption=pikepdf.Encryption(user="", owner="owner"))
    assert look(restricted).flags == ("no-assembling", "owner-password")


def test_scripts_and_attachments_are_flagged(look, scan, tmp_path):
    active = tmp_path / "active.pdf"
    with pikepdf.open(scan) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
        )
        pdf.attachments["a.txt"] = b"hidden"
        pdf.save(active)
    assert look(active).flags == ("active-content", "attachments")


def test_signature_and_form_are_flagged(look, scan, tmp_path):
    signed = tmp_path / "signed.pdf"
    with pikepdf.open(scan) as pdf:
        value = pdf.make_indirect(
            pikepdf.Dictionary(ByteRange=pikepdf.Array([0, 1, 2, 3]), Contents=pikepdf.String("x"))
        )
        field = pdf.make_indirect(
            pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"), V=value)
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        pdf.save(signed)
    assert look(signed).flags == ("acroform", "signed")


def test_xfa_is_flagged(look, scan, tmp_path):
    form = tmp_path / "form.pdf"
    with pikepdf.open(scan) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pikepdf.String("<x/>"))
        pdf.save(form)
    assert look(form).flags == ("acroform", "xfa-form")


def declared(path: Path, *, width: int, height: int) -> Path:
    """Write a PDF whose picture says it is this big."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        picture = pikepdf.Stream(
            pdf, b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width,
            Height=height, BitsPerComponent=1, ColorSpace=pikepdf.Name.DeviceGray,
        )  # fmt: skip
        page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Im)
        pdf.save(path)
    return path


def test_a0_at_600_dpi_passes_and_more_does_not(look, tmp_path):
    assert isinstance(look(declared(tmp_path / "a0.pdf", width=19_866, height=28_087)), Look)
    assert look(declared(tmp_path / "xl.pdf", width=40_000, height=40_000)).reason == "too-large"


def test_a_page_larger_than_pdf_allows_is_too_large(look, tmp_path):
    path = tmp_path / "wall.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_000, 14_000))
        pdf.pages[0].obj.UserUnit = 50
        pdf.save(path)
    assert look(path).reason == "too-large"


def test_image_bomb_is_refused_before_it_is_decoded(look, tmp_path):
    path = save(tmp_path / "bomb.png", Image.new("1", (8, 8)))
    data = bytearray(path.read_bytes())
    data[16:24] = (40_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)
    assert look(path).reason == "too-large"


def test_too_many_pages(look, tmp_path):
    path = tmp_path / "long.pdf"
    with pikepdf.new() as pdf:
        leaf = pdf.add_blank_page()
        for _ in range(2_000):
            pdf.pages.append(leaf)
        pdf.save(path)
    assert look(path) == Refusal("too-large", "2001 pages")


def test_animation_is_no_document(look, tmp_path):
    frames = [Image.new("L", (50, 50), shade) for shade in (0, 100, 200)]
    path = tmp_path / "film.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert look(path) == Refusal("not-a-document", "animation")


def test_a_hanging_look_ends_and_the_next_one_works(tmp_path, scan):
    with Inspector(tmp_path / "desk", seconds=0.5) as inspector:
        (inspector.folder / "x").write_bytes(scan.read_bytes())
        os.kill(inspector._child.pid, signal.SIGSTOP)
        assert inspector.look("x", "x.pdf").reason == "time-limit"
    with Inspector(tmp_path / "desk") as inspector:
        (inspector.folder / "x").write_bytes(scan.read_bytes())
        os.kill(inspector._child.pid, signal.SIGKILL)
        assert inspector.look("x", "x.pdf").reason == "resource-limit"
        assert isinstance(inspector.look("x", "x.pdf"), Look)


@pytest.mark.parametrize(
    "said",
    [
        {"look": ["application/pdf", "../../elsewhere", 1, []]},
        {"look": "anything"},
        {"refusal": "archived", "detail": "\x1b[2J"},
        {},
    ],
)
def test_what_cannot_be_is_not_believed(tmp_path, scan, monkeypatch, said):
    code = "from partydoc.ocr import worker; handle = lambda request: {0}\n"
    code += "worker._handler = lambda *_: handle; worker.main()"
    monkeypatch.setattr(Confined, "program", ("-P", "-c", code.format(said)))
    with Inspector(tmp_path / "desk") as inspector:
        (inspector.folder / "x").write_bytes(scan.read_bytes())
        refusal = inspector.look("x", "x.pdf")
    assert refusal.reason == "damaged-pdf" and refusal.detail.isprintable()


def test_the_copy_cannot_be_changed_by_who_looks_at_it(tmp_path, scan, monkeypatch):
    code = (
        "from partydoc.ocr import worker\ndef handle(request):\n    open('x', 'r+b').write(b'y')\n"
    )
    code += "worker._handler = lambda *_: handle; worker.main()"
    monkeypatch.setattr(Confined, "program", ("-P", "-c", code))
    before = scan.read_bytes()
    with Inspector(tmp_path / "desk") as inspector:
        (inspector.folder / "x").write_bytes(before)
        assert "Error" in inspector.look("x", "x.pdf").detail
        assert (inspector.folder / "x").read_bytes() == before
