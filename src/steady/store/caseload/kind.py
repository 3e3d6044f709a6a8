"""What marks a caseload's file."""

from steady.store.connection import Kind

FORMAT = 1
"""How many steps of `schema` lead to today's tables."""

CASELOAD = Kind("caseload", 0x53546361, FORMAT, "steady.store.caseload.schema")  # "STca"
"""A therapist's clients, what was assigned to them and what they shared."""
