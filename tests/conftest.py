"""What every test run needs once."""

import hypothesis  # noqa: F401 (late, in a deep trace of a failure, its import crashes pytest)
