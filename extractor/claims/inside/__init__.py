"""What an article says beside a figure: level, change and percent that must agree, and a date with its weekday."""
