"""Words with boxes in, a record out. The rules are tables, by era, with the clause they follow."""
