package dev.trmarena.db.board;

import org.jdbi.v3.core.mapper.Nested;

/** A protocol by which evaluations on a set have finished: one of its boards. */
public record ProtocolUse(@Nested ProtocolView protocol, int evaluations) {}
