"""A superlative or a streak: record, all-time, 52-week, highest since, third in a row."""
