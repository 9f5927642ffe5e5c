"""A new county: the first files of a plan that builds on the national one, and the list of what is left to bind."""
