"""How a page of a report looks: on a screen by day and by night, on a phone, on A4 paper."""

from __future__ import annotations

#: No font, picture or script from anywhere; colours are named once for light and once for dark.
STYLE = """
:root { color-scheme: light dark; --page: #fff; --card: #f5f7f9; --text: #1b1f24; --soft: #59616b;
  --rule: #d5dae0; --fill: #1f5fa8; --second: #7fa9d6; --wait: #c26a00; --late: #8a929c;
  --kept: #b9c0c8; --gap: #b3261e; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --card: #1d2228; --text: #e7eaee;
  --soft: #a4adb8; --rule: #3a424c; --fill: #8abcf2; --second: #4a7cb0; --wait: #f0ae4a;
  --late: #7d8792; --kept: #525c67; --gap: #ff8a80; --on: #10151a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 61rem; background: var(--page);
  color: var(--text);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; padding-bottom: .25rem;
  border-bottom: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 0 0 .4rem; }
p { margin: .4rem 0; }
.soft, .figure p, .about { color: var(--soft); font-size: .9rem; }
code { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: .9em; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17.5rem, 100%), 1fr));
  gap: .75rem; padding: 0; margin: .75rem 0; list-style: none; }
.figure { background: var(--card); border: 1px solid var(--rule); border-radius: .5rem;
  padding: .75rem .9rem; }
.figure b { display: block; font-size: 1.7rem; line-height: 1.2; }
.figure span { font-variant-numeric: tabular-nums; }
.figure p { margin: .4rem 0 0; line-height: 1.4; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; font-weight: normal; padding: .2rem .6rem .2rem 0;
  vertical-align: middle; }
thead th.n { white-space: normal; }
tbody th { overflow-wrap: anywhere; min-width: 6.5rem; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.b { width: 30%; min-width: 3.5rem; }
tr + tr > * { border-top: 1px solid var(--rule); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  gap: 1.75rem; }
.counts > .whole { grid-column: 1 / -1; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0; margin: .5rem 0;
  list-style: none; }
.wide { overflow-x: auto; }
svg { display: block; }
svg.swatch { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; }
svg.bar { width: 100%; height: .6rem; border-radius: .2rem; }
.figure svg.bar { margin: .35rem 0 .5rem; }
section > svg.bar { height: 1.4rem; }
svg.strip { width: 100%; height: .8rem; }
svg text { font-size: 12px; fill: var(--text); font-family: inherit; }
svg text.head { fill: var(--soft); font-size: 11px; }
svg text.middle { fill: #10151a; } svg text.light { fill: var(--on); }
.track { fill: var(--rule); } .fill, .shade, .reviewed { fill: var(--fill); }
.by-machine { fill: var(--second); } .review { fill: var(--wait); } .pending { fill: var(--late); }
.original-only { fill: var(--kept); } .here { fill: var(--second); }
.gap, .lacking { fill: var(--gap); }
.gaps { padding: 0; list-style: none; } .gaps li { margin: .7rem 0; } .gaps p { margin: 0 0 .2rem; }
@media print {
  @page { size: A4; margin: 15mm 12mm; }
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --rule: #bbb;
    --fill: #1f5fa8; --second: #7fa9d6; --wait: #c26a00; --late: #8a929c; --kept: #b9c0c8;
    --gap: #b3261e; --on: #fff; }
  body { padding: 0 1px; max-width: none; font-size: 10pt; }
  .figures { grid-template-columns: repeat(4, 1fr); gap: 2.5mm; }
  .counts { grid-template-columns: repeat(2, 1fr); gap: 4mm 8mm; }
  .figure { padding: 2mm 2.5mm; font-size: 9pt; } .figure b { font-size: 14pt; }
  .figure p { font-size: 8pt; line-height: 1.3; } .soft, .about { font-size: 8.5pt; }
  h2 { margin-top: 1.4rem; } table { font-size: 9pt; }
  .figure, .gaps li, tr, .counts > * { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  .wide { overflow: visible; } .wide svg { max-width: 100%; height: auto; }
  svg.bar, .figure, svg.strip { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
