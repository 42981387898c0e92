"""Quotations to statements."""
