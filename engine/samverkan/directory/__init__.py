"""Who answers now: units, opening hours, holidays, stand-ins, and the calendar arithmetic of deadlines."""
