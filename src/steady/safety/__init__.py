"""Safety: cleaning text for a terminal, noticing danger, hiding names and contact data."""
