"""Claims of kind quote: found in the text, checked against the tape."""
