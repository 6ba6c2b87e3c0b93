"""Claims of kind policy: found in the text, checked against the tape."""
