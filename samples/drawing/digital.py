"""PDFs with text of their own: born digital, signed, or with a hidden layer of bad OCR."""

from __future__ import annotations

import datetime as dt
import io
import random
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageOps

from .scan import jpeg
from .sheet import HEIGHT, WIDTH, Sheet, font_file
from .stamps import RED, seal

if TYPE_CHECKING:
    from fpdf import FPDF

_STYLES = {"regular": "", "bold": "B", "italic": "I", "bold-italic": "BI"}
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # written into the PDF, so that bytes repeat

# What an English engine makes of Vietnamese letters; the rest loses its marks.
_MISREAD = {
    "ộ": "Q", "ồ": "6", "ố": "6", "ệ": "~", "ế": "6", "ề": "c", "ậ": "?", "ầ": "fr", "ấ": "6",
    "ự": "\\r", "ữ": "ii", "ư": "tr", "ơ": "o", "ợ": "g", "ạ": "?", "ả": "i", "đ": "d", "ị": "!",
    "ũ": "fi", "ụ": "\\l", "ủ": "t", "ì": "i", "ã": "d", "á": "6", "Ộ": "Q", "Ồ": "O", "Ế": "E",
    "Ệ": "~", "Ĩ": "i", "Ạ": "4", "Ủ": "U", "Ã": "A", "Đ": "D", "Ò": "O",
}  # fmt: skip


def write_pdf(sheets: Sequence[Sheet], path: Path, title: str) -> None:
    """Write the sheets as a born-digital PDF with embedded fonts."""
    pdf = _document(title)
    for style, letters in _STYLES.items():
        pdf.add_font("Liberation Serif", letters, font_file(style))  # type: ignore[arg-type]
    for sheet in sheets:
        pdf.add_page()
        for run in sheet.runs:
            pdf.set_font("Liberation Serif", _STYLES[run.style], run.size)
            pdf.text(run.x, run.y, run.text)
        for rule in sheet.rules:
            pdf.set_line_width(rule.thickness)
            pdf.line(rule.left, rule.y, rule.right, rule.y)
    path.write_bytes(bytes(pdf.output()))


def write_scan_over_garbage(
    images: Sequence[Image.Image], sheets: Sequence[Sheet], path: Path, dpi: int = 200
) -> None:
    """Write a scan with invisible text in place, misread as an English OCR misreads it."""
    from fpdf.enums import TextMode

    pdf = _document("scan")
    pdf.text_mode = TextMode.INVISIBLE
    for image, sheet in zip(images, sheets, strict=True):
        pdf.add_page()
        pdf.image(io.BytesIO(jpeg(image, dpi)), 0, 0, WIDTH, HEIGHT)
        for run in sheet.runs:
            pdf.set_font("Times", size=run.size)
            pdf.text(run.x, run.y, garble(run.text))
    path.write_bytes(bytes(pdf.output()))


def garble(text: str) -> str:
    """Return Vietnamese text as an engine without Vietnamese reads it; the same each time."""
    chance = random.Random(text)
    out = []
    for char in text:
        bare = unicodedata.normalize("NFD", char)[0]
        plain = bare if ord(bare) < 128 else _MISREAD.get(char, "?")
        out.append(_MISREAD.get(char, plain) if chance.random() < 0.7 else plain)
    return "".join(out)


def sign_pdf(path: Path, name: str, place: tuple[float, float]) -> None:
    """Sign the PDF in place with a key made for this once and kept nowhere.

    A red seal is the look of the signature, its centre at `place` in points from the top left.
    """
    from pyhanko import stamp
    from pyhanko.pdf_utils.images import PdfImage
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    x, y, reach = place[0], HEIGHT - place[1], 51
    box = (round(x - reach), round(y - reach), round(x + reach), round(y + reach))
    look = stamp.StaticStampStyle(
        border_width=0, background=PdfImage(_seal_picture()), background_opacity=1
    )
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Signature1", name=name, md_algorithm="sha256"),
        signer=_throwaway_signer(name),
        stamp_style=look,
        new_field_spec=fields.SigFieldSpec("Signature1", on_page=0, box=box),
    )
    out = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(path.read_bytes())), output=out)
    path.write_bytes(out.getvalue())


def _document(title: str) -> FPDF:
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(_MADE)
    pdf.set_title(title)
    return pdf


def _seal_picture() -> Image.Image:
    """Return the seal alone, transparent but for its ink."""
    page = seal(Image.new("RGB", (1654, 2339), "white"), (50, 50), middle=("UỶ BAN", "NHÂN DÂN"))
    edge = round(18 / 297 * 2339)
    middle = round(50 / 297 * 2339)
    cut = page.crop((middle - edge, middle - edge, middle + edge, middle + edge))
    picture = Image.new("RGB", cut.size, RED)
    picture.putalpha(ImageOps.invert(cut.getchannel("G")))
    return picture


def _throwaway_signer(name: str) -> Any:
    from asn1crypto import keys, x509
    from cryptography import x509 as make
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = make.Name([make.NameAttribute(make.NameOID.COMMON_NAME, name)])
    certificate = (
        make.CertificateBuilder(subject, subject, key.public_key(), make.random_serial_number())
        .not_valid_before(_MADE)
        .not_valid_after(_MADE + dt.timedelta(days=3650))
        .add_extension(make.KeyUsage(*(i < 2 for i in range(9))), critical=True)
        .sign(key, hashes.SHA256())
    )
    coding = serialization.Encoding.DER
    private = key.private_bytes(
        coding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(coding)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )
