"""What `make test` plays a sample of: with EVERY=1, as in `make every`, all is played."""

import os

EVERY = os.environ.get("EVERY") == "1"
