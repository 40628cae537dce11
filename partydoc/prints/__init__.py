"""Forms to paper: the only place that knows how PDFs and printed sheets are drawn.

A `form` says what stands on the pages, in millimetres, and knows neither writer; `pdf` and `xlsx`
draw any form and know no archive. Nothing heavy is loaded before something is drawn.
"""
