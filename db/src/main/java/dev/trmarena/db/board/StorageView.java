package dev.trmarena.db.board;

/**
 * Storage of one kind that is in use.
 *
 * @param bytes in the database with indexes and what deleted rows left until it is used again
 */
public record StorageView(StorageKind kind, long bytes) {}
