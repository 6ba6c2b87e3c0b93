"""Pages of the public web, fetched politely, and from nowhere else (docs/adr/0008-fetching.md)."""
