package dev.trmarena.db.board;

/** A protocol by which evaluations on a set have finished: one of its boards. */
public record ProtocolUse(ProtocolView protocol, int evaluations) {}
