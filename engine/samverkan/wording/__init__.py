"""What a plan decides and a case tells, said in Swedish sentences: every room that writes for people takes its words from here."""
