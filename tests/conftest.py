"""What every test run needs once."""

import gc

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
LONG = {"test_kill", "test_rig", "test_page_states", "test_gate", "test_zalo"}
collect_ignore = ["browser"] if chromium.left_out() else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left with it alone in the end."""
    items.sort(key=lambda item: item.path.stem not in LONG)


def pytest_collection_finish() -> None:
    """The collector spares what the imports have made, and comes less often: a sixth of the time
    of a run went into it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium.left_out():
        terminalreporter.write_line(chromium.NOT_RUN, yellow=True)
