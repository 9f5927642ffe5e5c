"""The command line: a thin skin over the library, one file for each group of commands."""
