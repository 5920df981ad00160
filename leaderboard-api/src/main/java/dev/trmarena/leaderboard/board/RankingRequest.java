package dev.trmarena.leaderboard.board;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a board shall rank by.
 *
 * @param metric name of a score, like {@code strict}
 */
public record RankingRequest(@JsonProperty("metric") String metric) {
    public RankingRequest {
        if (metric == null || metric.isBlank()) {
            throw new IllegalArgumentException("'metric' is missing: the name of the score to rank by");
        }
    }
}
