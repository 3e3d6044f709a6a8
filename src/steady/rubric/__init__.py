"""The rubric: moves over an attempt become levels, one thing to keep and one change."""
