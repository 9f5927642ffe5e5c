"""The plan: its words and rules as frozen data, read from YAML files with exact positions and checked before use."""
