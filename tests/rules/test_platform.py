"""What a platform can do is read off an address; nobody asks for its name."""

from bot.domain.platform import ALL, can


def test_telegram_can_everything_and_so_can_the_console() -> None:
    assert can("telegram:1:2") == can("") == ALL


def test_zalo_has_no_buttons_no_edits_and_no_files() -> None:
    there = can("zalo:1:6ede9afa66b88fe6d6a9")
    assert there == can("zalo:1:-4c440ce11c7f8a081e4e") == can("zalo")
    assert not any((there.buttons, there.edits, there.files, there.commands))
