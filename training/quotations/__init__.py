"""Trains the French quotation model: pre-training on raw text, then tagging, linking and parsing together."""
