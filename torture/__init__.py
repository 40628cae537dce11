"""Campaigns that try to make partydoc lose a document, and an oracle that tells whether one did."""
