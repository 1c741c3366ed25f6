"""Which browser the tests use, and whether they may do without."""

import os
import shutil

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NOT_RUN = (
    "Chưa chạy tests/browser (trang mô phỏng trên trình duyệt) vì không có Chromium;"
    " cài: apt-get install chromium, hoặc BROWSER_TESTS=required make test"
    " · Not run: tests/browser, for want of Chromium"
)


def found() -> str | None:
    """The program of the browser that is installed; none is fetched."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def left_out() -> bool:
    return found() is None and os.environ.get("BROWSER_TESTS") != "required"
