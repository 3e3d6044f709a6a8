"""Lines that clients say in the tests of homework."""

KIND = "I hear how hard today was for you. I need 20 minutes, then I'll come to you."
DANGER = "I want to kill myself"
