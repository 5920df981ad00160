package dev.trmarena.leaderboard.record;

import java.util.UUID;

/** A message is about an evaluation that the database does not have. */
final class UnknownEvaluation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownEvaluation(UUID evaluation) {
        super("there is no evaluation " + evaluation);
    }
}
