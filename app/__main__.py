"""`python -m app` and the installed `unspool` command; everything else is `app.cli`."""

from __future__ import annotations

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
