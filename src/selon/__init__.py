"""Who said what in a pile of news articles."""
