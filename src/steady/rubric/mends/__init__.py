"""Mends: small changes to the client's own words, each with its data in `data/mends.toml`."""
