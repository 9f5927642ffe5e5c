"""What a plan and its scenarios say of each other: clause → rules → scenarios and back, and what differs between two days."""
