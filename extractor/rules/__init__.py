"""Rules as data, each with the examples that prove it, and their loaders."""
