"""The room under every language model: one endpoint, what it costs, what may be sent to it.

Nothing here is imported before a model is used, and `openai` only by `endpoint` and below.
"""
