"""Doc to claims, and claims to verdicts: one folder a kind, each with its finder, its checker and its cases."""
