#!/bin/sh
# Collects the messages of the code, merges them into the Vietnamese catalogue and compiles it. New
# messages come out empty: translate them in partydoc.po, then run this again.
set -eu
cd "$(dirname "$0")/.."
babel=${BABEL:-.venv/bin/pybabel}
catalogue=partydoc/locale/vi/LC_MESSAGES/partydoc
template=$(mktemp)
trap 'rm -f "$template"' EXIT

"$babel" -q extract -k ngettext:1,2 --add-location=file --sort-by-file --project=partydoc \
    -o "$template" partydoc tools/click_messages.py
"$babel" -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=100 \
    -l vi -i "$template" -o "$catalogue.po"
"$babel" -q compile --statistics -l vi -i "$catalogue.po" -o "$catalogue.mo"
