"""The therapist's screens."""
