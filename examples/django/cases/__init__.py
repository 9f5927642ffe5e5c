"""Cases of samverkan, kept as rows of steps."""
