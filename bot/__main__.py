"""python -m bot …

`health` is asked every minute and `recognise` reads nothing but words: both are spared what the
others import. The watchdog has to work when something of the others does not.
"""

import os
import sys


def main() -> None:
    if sys.argv[1:] == ["health"]:
        from bot.health import ask

        sys.exit(ask(os.environ))
    if sys.argv[1:2] == ["recognise"]:
        from bot import recognise_command

        recognise_command.app(sys.argv[2:], prog_name="python -m bot recognise")
    if sys.argv[1:2] == ["watchdog"]:
        from bot import watchdog_command

        watchdog_command.app(sys.argv[2:], prog_name="python -m bot watchdog")
    from bot.commands import app

    app()


if __name__ == "__main__":
    main()
