"""PDFs signed in every way that is met, with keys kept nowhere; and PDFs restricted by an owner."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pikepdf

from samples.drawing.sheet import font_file

_DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_BOX = (300, 80, 520, 160)
_TEXT = (
    "ĐẢNG UỶ XÃ HƯƠNG CAU", "Số {number}-BC/ĐU", "BÁO CÁO", "về công tác lưu trữ của xã",
    "Đảng uỷ xã giao Văn phòng theo dõi việc thực hiện và báo cáo hằng quý.",
)  # fmt: skip
#: Rights by pikepdf's name -> the flag of the record where they are withheld.
RIGHTS: Mapping[str, str] = {
    "print_lowres": "no-printing", "extract": "no-copying", "modify_other": "no-changing",
    "modify_annotation": "no-annotating", "modify_form": "no-filling-in",
    "modify_assembly": "no-assembling",
}  # fmt: skip


@dataclass(frozen=True)
class Restricted:
    """A PDF that its owner has restricted, and the flags that have to stand in its record."""

    data: bytes
    flags: frozenset[str]


def page(number: int, pages: int = 1) -> bytes:
    """Return a born-digital report with a number of its own."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_creation_date(_DAY)
    pdf.add_font("Liberation Serif", "", font_file("regular"))  # type: ignore[arg-type]
    for at in range(pages):
        pdf.add_page()
        pdf.set_font("Liberation Serif", size=13)
        for row, line in enumerate(_TEXT):
            pdf.text(70, 80 + 30 * row, line.format(number=100 * number + at))
    return bytes(pdf.output())


@cache
def _signer(kind: str) -> Any:
    from asn1crypto import keys, x509
    from cryptography import x509 as make
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    curve = kind == "ec"
    key: Any = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(
        public_exponent=65537, key_size=2048
    )  # fmt: skip
    subject = make.Name([make.NameAttribute(make.NameOID.COMMON_NAME, f"Torture {kind}")])
    certificate = (
        make.CertificateBuilder(subject, subject, key.public_key(), make.random_serial_number())
        .not_valid_before(_DAY)
        .not_valid_after(_DAY + dt.timedelta(days=3650))
        .add_extension(make.KeyUsage(*(i < 2 for i in range(9))), critical=True)
        .sign(key, hashes.SHA256())
    )
    coding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(coding, form, serialization.NoEncryption())
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(coding)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
        prefer_pss=kind == "pss",
    )


def sign(data: bytes, name: str = "Signature1", kind: str = "rsa", box: Any = None, at: int = 0,
         **said: Any) -> bytes:  # fmt: skip
    """Return a PDF with one more signature, visible where it has a box; `said` as for pyHanko."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if writer.prev.encrypted:
        writer.encrypt("")
    metadata = {"field_name": name, "md_algorithm": "sha256", "reason": "kiểm thử", **said}
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(**metadata),
        signer=_signer(kind),
        new_field_spec=fields.SigFieldSpec(name, on_page=at, box=box),
    )
    out = io.BytesIO()
    signer.sign_pdf(writer, output=out)
    return out.getvalue()


def _twice(data: bytes) -> bytes:
    return sign(sign(data, box=_BOX), "Signature2", kind="ec")


def _thrice(data: bytes) -> bytes:
    return sign(_twice(data), "Signature3", box=(50, 80, 250, 160))


def _certified(data: bytes) -> bytes:
    from pyhanko.sign.fields import MDPPerm

    return sign(data, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)


def _certified_and_signed(data: bytes) -> bytes:
    from pyhanko.sign.fields import MDPPerm

    return sign(
        sign(data, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS), "Signature2", box=_BOX
    )


def _pades(data: bytes) -> bytes:
    from pyhanko.sign.fields import SigSeedSubFilter

    return sign(data, kind="ec", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha512")


def _changed_after(data: bytes) -> bytes:
    """Sign, then add something in an update of its own, as a viewer does with a note."""
    from pyhanko.pdf_utils.generic import NameObject, TextStringObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(sign(data, box=_BOX)))
    writer.root[NameObject("/Note")] = TextStringObject("đã xem")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _tampered(data: bytes) -> bytes:
    """Sign, then change a byte that is signed: no verdict may become better in an archive."""
    signed = sign(data)
    place = signed.index(b"/Producer") + len(b"/Producer") + 4
    return signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]


def _restricted_and_signed(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="chủ sở hữu", user="", R=6))
    return sign(out.getvalue(), box=_BOX)


Way = Callable[[bytes], bytes]

WAYS: Mapping[str, Way] = {
    "unseen": sign,
    "seen": lambda data: sign(data, box=_BOX),
    "twice": _twice,
    "thrice": _thrice,
    "certified": _certified,
    "certified and signed": _certified_and_signed,
    "PAdES, elliptic": _pades,
    "PSS": lambda data: sign(data, kind="pss"),
    "changed afterwards": _changed_after,
    "tampered with": _tampered,
    "restricted and signed": _restricted_and_signed,
    "on the last page": lambda data: sign(data, box=_BOX, at=-1),
}


def signed(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield (way, PDF), the ways in turn."""
    for number in range(count):
        way = [*WAYS][number % len(WAYS)]
        yield way, WAYS[way](page(number, 2 if way == "on the last page" else 1))


def restricted() -> Iterator[Restricted]:
    """Yield PDFs with each right withheld alone, none and all, in old and new encryption."""
    sets = [frozenset({right}) for right in RIGHTS] + [frozenset(), frozenset(RIGHTS)]
    number = 1000
    for revision in (3, 4, 6):
        for lacking in sets:
            number += 1
            yield _restricted(number, revision, lacking)


def _restricted(number: int, revision: int, lacking: frozenset[str]) -> Restricted:
    allowed = {right: right not in lacking for right in RIGHTS}
    rights = pikepdf.Permissions(**allowed, print_highres=allowed["print_lowres"])
    newer = revision >= 4
    lock = pikepdf.Encryption(
        owner="owner", user="", R=revision, allow=rights, aes=newer, metadata=newer
    )  # fmt: skip
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(number))) as pdf:
        pdf.save(out, encryption=lock)
    return Restricted(
        out.getvalue(), frozenset({"owner-password", *(RIGHTS[right] for right in lacking)})
    )
