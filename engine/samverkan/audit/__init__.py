"""What a plan owes whatever its rules are: its requirements, checked on cases and on generated situations (semantics §9)."""
