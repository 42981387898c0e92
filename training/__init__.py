"""Training of every shipped model, from the data beside the project; see README.md."""
