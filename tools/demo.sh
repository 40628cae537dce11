#!/bin/sh
# Shows the whole line on the sample documents: a new archive, a scan, a search, one document.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH

say() { printf '\n==> %s\n' "$*"; }

run() {
    printf '$ %s\n' "$*"
    "$@"
}

say "Making a new archive in demo-archive"
rm -rf demo-archive
run partydoc init demo-archive --network connected --name "Kho lưu trữ mẫu"

say "Taking samples/scans in; two carry a secrecy mark and must end in hold"
run partydoc -a demo-archive scan samples/scans

say "Searching, typed without diacritics"
run partydoc -a demo-archive search so hoa tai lieu luu tru

say "Showing the first hit"
run partydoc -a demo-archive show 1

say "Go on by yourself: .venv/bin/partydoc -a demo-archive search …"
