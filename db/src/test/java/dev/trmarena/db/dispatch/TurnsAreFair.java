package dev.trmarena.db.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trmarena.db.dispatch.FairQueue.Claim;
import dev.trmarena.db.dispatch.FairQueue.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits gets the share of its weight, whatever the others have; a newcomer is next. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TurnsAreFair {
    private static final UUID HUGE = new UUID(0, 1);
    private static final UUID SMALL = new UUID(0, 2);
    private static final UUID IMPORTANT = new UUID(0, 3);

    @Test
    void a_newcomer_is_next_and_then_they_take_turns() {
        var claims = List.of(new Claim(SMALL, 1, 3, null), new Claim(HUGE, 1, 5000, 812.0));
        assertThat(FairQueue.share(claims, 1)).containsOnlyKeys(SMALL);
        assertThat(FairQueue.share(claims, 4))
                .containsEntry(SMALL, new Share(2, 814.0))
                .containsEntry(HUGE, new Share(2, 814.0));
    }

    @Test
    void what_one_does_not_need_the_others_get() {
        var claims = List.of(new Claim(SMALL, 1, 3, null), new Claim(HUGE, 1, 5000, 812.0));
        assertThat(FairQueue.share(claims, 100).values())
                .extracting(Share::units)
                .containsExactly(3, 97);
        assertThat(FairQueue.share(List.of(), 100)).isEmpty();
        assertThat(FairQueue.share(claims, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void in_the_long_run_each_has_the_share_of_its_weight_however_little_may_be_in_flight(int free) {
        Map<UUID, Integer> weights = new LinkedHashMap<>(Map.of(HUGE, 1, SMALL, 4, IMPORTANT, 16));
        Map<UUID, Double> turns = new LinkedHashMap<>();
        Map<UUID, Integer> got = new LinkedHashMap<>();
        int given = 0;
        while (given < 4200) {
            List<Claim> claims = new ArrayList<>();
            weights.forEach((id, weight) -> claims.add(new Claim(id, weight, 100, turns.get(id))));
            for (var share : FairQueue.share(claims, free).entrySet()) {
                turns.put(share.getKey(), share.getValue().turn());
                got.merge(share.getKey(), share.getValue().units(), Integer::sum);
                given += share.getValue().units();
            }
        }
        weights.forEach((id, weight) -> assertThat(got.get(id))
                .as("weight %d of 21, %d in flight", weight, free)
                .isCloseTo(4200 * weight / 21, within(20)));
    }
}
