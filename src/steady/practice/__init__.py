"""One rehearsal from the opening line to the feedback; knows no screen, SQL or socket."""
