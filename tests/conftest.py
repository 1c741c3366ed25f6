"""What every test run needs once."""

import hypothesis  # late, in a deep trace of a failure, its import crashes pytest
import pytest
import structlog

from tests.browser import chromium

hypothesis.settings.register_profile("ours", deadline=None)  # machines are shared: no timed tests
hypothesis.settings.load_profile("ours")
# Traces as the program writes them, without variables: drawing those takes seconds each, in the
# loop that is being tested.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)
collect_ignore = ["browser"] if chromium.left_out() else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium.left_out():
        terminalreporter.write_line(chromium.NOT_RUN, yellow=True)
