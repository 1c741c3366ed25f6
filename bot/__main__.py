"""python -m bot …: `health` is asked every minute, so it is spared what the others import."""

import os
import sys


def main() -> None:
    if sys.argv[1:] == ["health"]:
        from bot.health import ask

        sys.exit(ask(os.environ))
    from bot.commands import app

    app()


if __name__ == "__main__":
    main()
