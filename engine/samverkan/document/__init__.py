"""The plan as a document that people read: per event, function and phase, with its sources and what is still to be confirmed."""
