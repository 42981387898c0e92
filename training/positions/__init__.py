"""Training of what decides where statements stand: relevance, signs, and the judge of pairs of texts."""
