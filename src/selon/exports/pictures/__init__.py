"""Networks and timelines as pictures for a paper: SVG written here, PNG made of it."""
