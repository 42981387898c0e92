"""Passages to quotations."""
