"""A small picture, made up: every one another, so that what arrives can be told apart."""

import secrets
import struct
import zlib

WIDTH, HEIGHT = 96, 72


def made_up() -> bytes:
    """A PNG of two colours."""
    sky, ground = secrets.token_bytes(3), secrets.token_bytes(3)
    rows = b"".join(
        b"\0" + (sky if row < HEIGHT * 2 // 3 else ground) * WIDTH for row in range(HEIGHT)
    )
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
