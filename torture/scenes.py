"""Every operation that changes anything, each with what must be true when it has been done.

A scene says how an archive is prepared, which command a campaign then strikes, and what that
command owes. Each operation that partydoc gains joins them here.
"""

from __future__ import annotations

from torture import disposed, ordered, owed, paged, parted, spoiling
from torture.owed import NEW, SHEAVES
from torture.scene import Scene
from torture.spoiling import HURT, NAME
from torture.stock import FOLDER

_SIGNER = {"signer": NAME}
_ALL = ("one", "two", "three")
_NIGHT = ("nightly",)
_EDIT_ALL = ("edit", "{one}", "{two}", "{three}", f"signer={NAME}")

_ARRIVAL = ("register", "in", "issuer=Huyện uỷ", "subject=về Mới", "--quiet")
_FORWARD = ("register", "edit", "in", "1", "forward=Văn phòng")
#: Of a year that is over: a departure whose scan is there before it, an arrival that finds its own.
_DAY = "2024-12-30"
_SENT = ("register", "out", "type=Báo cáo", "symbol=BC/ĐU", "term=2020-2025", f"date={_DAY}",
         "subject=về Mới", "--quiet")  # fmt: skip
_SIGNED = ("edit", "{one}", "type=Báo cáo", "number=01", "symbol=BC/ĐU", f"date={_DAY}")
_STAMPED = ("edit", "{one}", "arrival_number=1", f"arrival_date={_DAY}")
_LAST = (*_ARRIVAL, f"arrival_date={_DAY}")
_CLOSE = ("register", "close", "in", "2024")
_ANOTHER = ("catalogue", "add", "folder", "A29-01-0004", "--title", "Mới")

#: A folder whose term has run out, with one document that a row of the register names.
_OLD = "A29-01-0004"
_EXPIRED = (_ANOTHER, ("catalogue", "move", f"{FOLDER}-001", "--to", _OLD),
            ("catalogue", "edit", _OLD, "retention=1", "end=2010"), ("catalogue", "close", _OLD),
            _ARRIVAL, ("register", "link", "in", "1", "{one}"))  # fmt: skip
_PROPOSE = ("dispose", "propose", _OLD)
_APPROVE = ("dispose", "approve", "1", *disposed.DECISION, "--scan", "{two}")

#: Papers that nobody has put into a folder, and that are known well enough for a rule.
_LOOSE = (_ANOTHER, ("scan", "--unclassified"), ("edit", "{four}", "type=Công văn"),
          ("edit", "{tree}", "type=Quyết định"))  # fmt: skip
_FILE, _LINK = ("catalogue", "file"), ("catalogue", "check", "--link", "--quiet")
_TWO = (FOLDER, "A29-01")

#: A scan with two papers, and where it is divided.
_SHEAF, _VEILED = ({name: SHEAVES[name]} for name in ("sheaf", "veiled"))
_SCAN = ("scan", "--folder", FOLDER)
_OPEN_SCAN = (*_SCAN, "--unclassified")
_INSERT = ("page", "insert", "{one}", "2", "{outside}/four.pdf")
_SPLIT = ("split", f"{FOLDER}-007", "--at", "2")
_MERGE = ("merge", "{one}", "{two}")

#: What is known of all, so that only two fields are asked for, and what is typed for each then.
_KNOWN = (*_EDIT_ALL[:-1], "type=Báo cáo", "number=12", "symbol=BC/ĐU", "date=2026-03-02",
          "superior=ĐẢNG BỘ HUYỆN MẪU SƠN", "issuer=ĐẢNG UỶ XÃ ĐỒNG MẪU",
          "place=Hà Mẫu")  # fmt: skip
_TYPED = f"về việc mẫu\n{NAME}\n"


SCENES = (
    Scene("scan", ("scan", "--folder", FOLDER), owed.all_in, papers=NEW, codes=(0, 3), then=_NIGHT),
    Scene("scan declared open", ("scan", "--folder", FOLDER, "--unclassified"), owed.entered_once,
          papers={"four": NEW["four"], "marked": NEW["marked"]}, then=_NIGHT),
    Scene("ocr", ("ocr",), lambda now: owed.stands(now, "unread", "review")),
    Scene("nightly", ("nightly",), owed.all_in, papers=NEW, codes=(0, 3)),
    Scene("edit", ("edit", "{one}", f"signer={NAME}"), says={"one": _SIGNER}),
    Scene("edit in a new month", ("edit", "{one}", f"signer={NAME}"), says={"one": _SIGNER},
          spoil=spoiling.turn_the_month),
    Scene("edit many", _EDIT_ALL, says=dict.fromkeys(_ALL, _SIGNER)),
    Scene("edit by workbook", ("edit", "--from", "{memory}/filled-in.xlsx"),
          says=dict.fromkeys(_ALL, _SIGNER), spoil=spoiling.fill_in),
    Scene("undo", ("undo", "10"), owed.machine_again, codes=(0, 2), before=(_EDIT_ALL,),
          then=_NIGHT),
    Scene("classify as secret", ("classify", "{two}", "--secret", "mat"),
          lambda now: owed.stands(now, "two", "held")),
    Scene("classify as open", ("classify", "{unsure}", "--open"),
          lambda now: owed.stands(now, "unsure", "review"), codes=(0, 2), then=_NIGHT),
    Scene("hold release", ("hold", "release", "{secret}", "--reason", "Giải mật"),
          lambda now: owed.stands(now, "secret", "review"), codes=(0, 2), then=_NIGHT),
    Scene("hold export", ("hold", "export", "--all", "--to", "{work}"), owed.handed_over),
    Scene("hold purge", ("hold", "purge", "{secret}"), owed.purged, codes=(0, 2), gone=("secret",),
          before=(("hold", "purge", "{secret}"),), person="another"),
    Scene("catalogue add", ("catalogue", "add", "folder", "A29-01-0004", "--title", "Mới"),
          ordered.listed, codes=(0, 2)),
    Scene("catalogue edit", ("catalogue", "edit", FOLDER, "A29-01", "note=Mới"), ordered.noted),
    Scene("undo of a catalogue edit", ("undo", "10"), ordered.not_noted, codes=(0, 2), then=_NIGHT,
          before=(("catalogue", "edit", FOLDER, "A29-01", "note=Mới"),)),
    Scene("catalogue add entry",
          ("catalogue", "add", "entry", FOLDER, "--as", "2a", "sheets=9-11", "subject=về Mới"),
          ordered.entered_anew, codes=(0, 2), then=_NIGHT),
    Scene("catalogue move of an entry",
          ("catalogue", "move", f"{FOLDER}-001", "--to", "A29-01-0004"), ordered.moved,
          before=(_ANOTHER,), codes=(0, 2), then=_NIGHT),
    Scene("undo of a move", ("undo", "11"), ordered.moved_back, codes=(0, 2), then=_NIGHT,
          before=(_ANOTHER, ("catalogue", "move", f"{FOLDER}-001", "--to", "A29-01-0004"))),
    Scene("catalogue move of an inventory", ("catalogue", "move", "A29-01", "--to", "A29-02"),
          ordered.renamed, codes=(0, 2), then=_NIGHT),
    Scene("catalogue close", ("catalogue", "close", FOLDER), ordered.closed, codes=(0, 2),
          then=_NIGHT),
    Scene("catalogue close --reopen", ("catalogue", "close", *_TWO, "--reopen"), ordered.reopened,
          before=(("catalogue", "close", *_TWO),), codes=(0, 2), then=_NIGHT),
    Scene("catalogue file", _FILE, ordered.filed, papers=ordered.LOOSE, before=_LOOSE,
          spoil=ordered.write_rules, then=_NIGHT),
    Scene("undo of catalogue file", ("undo", "14"), ordered.not_filed, papers=ordered.LOOSE,
          before=_LOOSE, spoil=ordered.file_by_rule, codes=(0, 2), then=_NIGHT),
    Scene("catalogue check --link", _LINK, ordered.same_papers, papers=ordered.RESCANS,
          before=(_OPEN_SCAN,), then=_NIGHT),
    Scene("undo of links", ("undo", "11"), ordered.other_papers, papers=ordered.RESCANS,
          before=(_OPEN_SCAN, _LINK), codes=(0, 2), then=_NIGHT),
    Scene("page replace", ("page", "replace", "{one}", "1", "{outside}/four.pdf"), paged.replaced,
          outside={"four": NEW["four"]}, codes=(0, 2, 3), then=_NIGHT),
    Scene("page replace with a mark", ("page", "replace", "{one}", "1", "{memory}/page.pdf"),
          lambda now: owed.stands(now, "one", "held"), spoil=spoiling.bring_marked, codes=(0, 8),
          then=_NIGHT),
    Scene("undo of a page", ("undo", "10"), paged.bound_again, codes=(0, 2), then=_NIGHT,
          before=(("page", "rotate", "{one}", "1", "--by", "90"),)),
    Scene("page insert", _INSERT, paged.inserted, outside={"four": NEW["four"]}, codes=(0, 2, 3),
          then=_NIGHT),
    Scene("undo of a page insert", ("undo", "10"), paged.taken_out, before=(_INSERT,),
          outside={"four": NEW["four"]}, codes=(0, 2), then=_NIGHT),
    Scene("page remove", ("page", "remove", f"{FOLDER}-007", "1"), paged.removed,
          papers=paged.PAIR, before=(_OPEN_SCAN,), codes=(0, 2), then=_NIGHT),
    Scene("page move", ("page", "move", f"{FOLDER}-007", "1", "--to", "3"), paged.rolled,
          papers=paged.TRIO, before=(_OPEN_SCAN,), then=_NIGHT),
    Scene("scan --replaces", ("scan", "--replaces", "{one}", "{outside}/four.pdf"), paged.replaced,
          outside={"four": NEW["four"]}, codes=(0, 2, 3), then=_NIGHT),
    Scene("attach", ("attach", "{one}", "{outside}/four.pdf", "--role", "annex"), owed.attached,
          outside={"four": NEW["four"]}, codes=(0, 3), then=_NIGHT),
    Scene("split", _SPLIT, parted.divided, papers=_SHEAF, before=(_SCAN,), codes=(0, 2),
          then=_NIGHT),
    Scene("split with a mark", _SPLIT, parted.divided_with_mark, papers=_VEILED,
          before=(_SCAN,), codes=(0, 2, 8), then=_NIGHT),
    Scene("undo of a split", ("undo", "11"), parted.whole_again, papers=_SHEAF,
          before=(_SCAN, _SPLIT), codes=(0, 2), then=_NIGHT),
    Scene("merge", _MERGE, parted.merged, codes=(0, 2), then=_NIGHT),
    Scene("undo of a merge", ("undo", "10"), parted.apart, before=(_MERGE,), codes=(0, 2),
          then=_NIGHT),
    Scene("register in", _ARRIVAL, ordered.registered, then=_NIGHT),
    Scene("register edit", _FORWARD, ordered.forwarded, before=(_ARRIVAL,)),
    Scene("register void", ("register", "void", "in", "1", "--reason", "Mới"), ordered.voided,
          before=(_ARRIVAL,), codes=(0, 2), then=_NIGHT),
    Scene("register link", ("register", "link", "in", "1", "{one}"), ordered.linked,
          before=(_ARRIVAL,), codes=(0, 2), then=_NIGHT),
    Scene("register unlink", ("register", "unlink", "in", "1/2024"), ordered.unlinked,
          before=(_STAMPED, _LAST), codes=(0, 2), then=_NIGHT),
    Scene("register out", _SENT, ordered.departed, before=(_SIGNED,), then=_NIGHT),
    Scene("register gap", ("register", "gap", "in", ordered.GAP, "--reason", "Mới"),
          ordered.without_document, before=(_ARRIVAL,), codes=(0, 2), then=_NIGHT),
    Scene("register close", _CLOSE, ordered.ended, before=(_LAST,), codes=(0, 2), then=_NIGHT),
    Scene("undo of register close", ("undo", "11"), ordered.begun_again, before=(_LAST, _CLOSE),
          codes=(0, 2), then=_NIGHT),
    Scene("undo of a register edit", ("undo", "11"), ordered.not_forwarded, codes=(0, 2),
          then=_NIGHT, before=(_ARRIVAL, _FORWARD)),
    Scene("dispose propose", _PROPOSE, disposed.proposed, before=_EXPIRED,
          codes=(0, 2), then=_NIGHT),
    Scene("dispose approve", _APPROVE, disposed.approved, before=(*_EXPIRED, _PROPOSE),
          codes=(0, 2), person="another", then=_NIGHT),
    Scene("dispose withdraw", ("dispose", "withdraw", "1"), disposed.taken_back, codes=(0, 2),
          before=(*_EXPIRED, _PROPOSE), then=_NIGHT),
    Scene("dispose execute", ("dispose", "execute", "1"), disposed.destroyed, codes=(0, 2),
          before=(*_EXPIRED, _PROPOSE), spoil=disposed.approve, person="another", gone=("one",),
          then=_NIGHT),
    Scene("index update", ("index",), owed.indexed, spoil=spoiling.lose_index),
    Scene("index --rebuild", ("index", "--rebuild"), owed.indexed),
    Scene("index --engine", ("index", "--engine", "tantivy"), owed.by_tantivy),
    Scene("catalogue rebuild", ("index",), owed.indexed, spoil=spoiling.lose_catalogue),
    Scene("init", ("init", "{work}", "--network", "connected", "--engine", "whoosh"), owed.begun,
          codes=(0, 2)),
    Scene("scan from a folder", ("scan", "{outside}", "--folder", FOLDER), owed.brought,
          outside={name: NEW[name] for name in ("four", "marked", "again")}, then=_NIGHT),
    Scene("ocr again", ("ocr", "{one}"), lambda now: owed.stands(now, "one", "review")),
    Scene("review", ("review", "--picture-dir", "{memory}"), before=(_KNOWN,), typed=_TYPED * 3,
          says=dict.fromkeys(_ALL, _SIGNER), then=_NIGHT),
    Scene("hold purge, asked for", ("hold", "purge", "{secret}"), owed.asked),
    Scene("hold purge --withdraw", ("hold", "purge", "--withdraw", "{secret}"), owed.withdrawn,
          before=(("hold", "purge", "{secret}"),)),
    Scene("repair", ("verify", "--repair-from", "{memory}/copy"), owed.whole, hurt=HURT,
          spoil=spoiling.damage),
)  # fmt: skip
