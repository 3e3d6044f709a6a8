"""Steady: a practice room for hard conversations."""

__version__ = "0.1.0"
