"""How it has gone: trends over attempts on a fixed scale."""
