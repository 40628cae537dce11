"""What the owner of an encrypted PDF lets nobody do with it (ISO 32000-2:2020, table 22).

Everybody can open such a file; a viewer that obeys refuses the rest. The right to read aloud is no
restriction any more (PDF 2.0 has every reader ignore its bit).
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

_FLAGS = {
    "extract": "no-copying",
    "modify_annotation": "no-annotating",
    "modify_assembly": "no-assembling",
    "modify_form": "no-filling-in",
    "modify_other": "no-changing",
}


def withheld(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield a flag for each right that the owner's password keeps from everybody else."""
    if not pdf.is_encrypted:
        return
    allowed = pdf.allow
    yield from (flag for name, flag in _FLAGS.items() if not getattr(allowed, name))
    if not allowed.print_lowres:
        yield "no-printing"
    elif not allowed.print_highres:
        yield "no-fine-printing"
