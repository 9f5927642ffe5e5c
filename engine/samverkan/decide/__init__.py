"""The decisions: plan, events and an instant in; what is due, for whom and why, out. Pure: no clock, no I/O, no randomness."""
