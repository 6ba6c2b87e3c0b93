"""Text to Doc: figures, instruments, dates, cues and policies, before any date or price is known."""
