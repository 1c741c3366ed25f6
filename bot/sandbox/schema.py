"""The sandbox's own tables: a small SQLite file, nothing of the rows of storage/."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, username TEXT UNIQUE,
    started INTEGER NOT NULL DEFAULT 0, blocked INTEGER NOT NULL DEFAULT 0, zalo_id TEXT);
CREATE TABLE IF NOT EXISTS groups (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, bot_status TEXT NOT NULL, zalo_id TEXT);
CREATE TABLE IF NOT EXISTS members (
    group_id INTEGER NOT NULL REFERENCES groups (id),
    person_id INTEGER NOT NULL REFERENCES people (id), PRIMARY KEY (group_id, person_id));
CREATE TABLE IF NOT EXISTS shut (
    chat_id INTEGER PRIMARY KEY, why TEXT NOT NULL, moved_to INTEGER);
CREATE TABLE IF NOT EXISTS topics (
    group_id INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (group_id, id));
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL, sender_id INTEGER NOT NULL,
    date INTEGER NOT NULL, edit_date INTEGER, edits INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL, text TEXT NOT NULL, entities TEXT NOT NULL, markup TEXT,
    silent INTEGER NOT NULL, protected INTEGER NOT NULL, reply_to INTEGER, extra TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS messages_by_chat ON messages (chat_id, id);
CREATE TABLE IF NOT EXISTS updates (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body TEXT NOT NULL,
    at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS callbacks (
    id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL, data TEXT NOT NULL, at REAL NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0, text TEXT, alert INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS seen (
    person_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
    PRIMARY KEY (person_id, chat_id));
CREATE TABLE IF NOT EXISTS commands (
    scope TEXT NOT NULL, language TEXT NOT NULL, commands TEXT NOT NULL,
    PRIMARY KEY (scope, language));
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, method TEXT NOT NULL, chat INTEGER,
    message INTEGER, ok INTEGER NOT NULL, code INTEGER, description TEXT,
    network TEXT NOT NULL DEFAULT 'telegram');
CREATE TABLE IF NOT EXISTS zalo_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
    body TEXT NOT NULL, handed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
    size INTEGER NOT NULL, body BLOB);
"""

ADDED = (  # to a file that an older sandbox has left
    ("people", "zalo_id", "TEXT"),
    ("groups", "zalo_id", "TEXT"),
    ("calls", "network", "TEXT NOT NULL DEFAULT 'telegram'"),
)
INDICES = """
CREATE UNIQUE INDEX IF NOT EXISTS people_by_zalo ON people (zalo_id);
CREATE UNIQUE INDEX IF NOT EXISTS groups_by_zalo ON groups (zalo_id);
"""
