"""Price sources of the network: what each is asked and how its answers are read, behind one cache of raw answers."""
