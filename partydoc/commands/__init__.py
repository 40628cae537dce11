"""One module a verb: options in, one call, lines out."""
