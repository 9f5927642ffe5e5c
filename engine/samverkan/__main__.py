"""`python -m samverkan`, the same as the command `samverkan`."""

from __future__ import annotations

import sys

from samverkan.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
