"""The exercise room: scenarios read, played step by step, judged, and told in plain Swedish."""
