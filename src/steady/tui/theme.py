"""Colors: a quiet dark and a quiet light room, one accent for what can be done next."""

from textual.theme import Theme

DARK = Theme(
    name="steady-dark",
    primary="#8fb8a8",
    accent="#d9b779",
    foreground="#d8d6cf",
    background="#191c1e",
    surface="#1f2325",
    panel="#272c2f",
    success="#8fb8a8",
    warning="#d9b779",
    error="#d08770",
    dark=True,
    variables={"border": "#3b4347", "border-blurred": "#2f3639"},
)

LIGHT = Theme(
    name="steady-light",
    primary="#2f6b57",
    accent="#8a5a12",
    foreground="#2b2f31",
    background="#f6f4ee",
    surface="#efece4",
    panel="#e6e2d8",
    success="#2f6b57",
    warning="#8a5a12",
    error="#a1442f",
    dark=False,
    variables={"border": "#c3beb1", "border-blurred": "#d6d1c5"},
)
