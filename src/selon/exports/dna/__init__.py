"""Files of Discourse Network Analyzer 3: a SQLite database, whose name ends in ``.dna``."""
