"""Measures what is read off official papers, on labelled pages that are drawn for it.

What draws knows nothing of the rules that read: nothing here but `reading` and `calibrate` uses
`partydoc.metadata`.
"""
