"""Draws office documents: typeset a draft, paint its sheets, put ink on them, scan the paper."""
