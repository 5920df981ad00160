package dev.trmarena.leaderboard.board;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trmarena.http.refuse.JsonRequest;
import jakarta.validation.constraints.NotBlank;

/**
 * What a board shall rank by.
 *
 * @param metric name of a score, like {@code strict}
 */
@JsonRequest(mostBytes = 4096)
public record RankingRequest(
        @NotBlank(message = "name the score to rank by") @JsonProperty("metric")
        String metric) {}
