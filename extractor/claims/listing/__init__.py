"""Claims of kind listing: found in the text, checked against the tape."""
