"""What the engine costs, beside its peers: `make bench`, or `python -m tests.benchmarks`. Run once in quick sizes by the suite."""
