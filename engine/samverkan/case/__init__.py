"""The living case: events are read, fired and replayed, and what people were shown is kept in a ledger."""
