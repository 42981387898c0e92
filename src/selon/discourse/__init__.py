"""Over a pile: what is claimed and by whom denied, who sides with whom, and how that changes over time."""
