"""Networks and timelines as files for other programs, and as pictures."""
