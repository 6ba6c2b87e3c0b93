"""How good the extraction is: gold claims, one-to-one matching, scores at five depths, a baseline that only rises."""
