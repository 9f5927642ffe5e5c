"""The deep profile: for as long as it is given, states through all matchers and stories through the engine and the oracle."""
