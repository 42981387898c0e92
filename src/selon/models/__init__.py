"""Small protocols for models, and their adapters."""
