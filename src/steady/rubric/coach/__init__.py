"""The coach that a language model can be: it proposes, code checks, and code alone rates."""
