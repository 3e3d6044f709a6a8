"""Homework: what a therapist assigns, and what a client chooses to send back."""
