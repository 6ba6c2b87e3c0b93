"""Claims and verdicts in SQLite: one file, one transaction an article, and nothing written twice."""
