"""A published economic statistic."""
