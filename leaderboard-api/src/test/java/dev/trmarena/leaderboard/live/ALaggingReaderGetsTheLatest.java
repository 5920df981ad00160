package dev.trmarena.leaderboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ProtocolView;
import dev.trmarena.db.plan.Priority;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.score.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What waits for a reader of events is bounded: the latest state of each evaluation, and for no longer than is patient. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ALaggingReaderGetsTheLatest {
    private static final List<UUID> IDS =
            IntStream.range(0, 30).mapToObj(i -> new UUID(0, i)).toList();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<EventStream> cutOff = new ArrayList<>();
    private final Reader reader = new Reader();

    @Test
    void of_each_evaluation_however_many_states_there_were() {
        EventStream stream = stream(null);
        for (int done = 0; done < 1000; done++) {
            for (UUID id : IDS) {
                stream.changed(evaluation(id, done, EvaluationState.RUNNING));
            }
            stream.stillHere();
            assertThat(stream.waiting()).isEqualTo(IDS.size());
        }
        reader.asks(1000);
        assertThat(reader.signs).as("signs of life").isEqualTo(1);
        assertThat(reader.heard).extracting(EvaluationView::id).isEqualTo(IDS);
        assertThat(reader.heard).extracting(EvaluationView::unitsDone).containsOnly(999);
        assertThat(stream.waiting()).isZero();
        assertThat(cutOff).isEmpty();
    }

    @Test
    void and_who_reads_gets_all() {
        EventStream stream = stream(null);
        reader.asks(1001);
        for (int done = 0; done < 1000; done++) {
            stream.changed(evaluation(IDS.get(0), done, EvaluationState.RUNNING));
        }
        assertThat(reader.heard).hasSize(1000);
    }

    @Test
    void a_reader_who_asks_while_it_is_called_gets_on_without_end_of_stack() {
        EventStream stream = stream(null);
        reader.asksForEach = true;
        for (int id = 0; id < EventStream.MOST_WAITING; id++) {
            stream.changed(evaluation(new UUID(1, id), 0, EvaluationState.RUNNING));
        }
        reader.asks(1);
        assertThat(reader.heard).hasSize(EventStream.MOST_WAITING);
    }

    @Test
    void who_takes_nothing_for_long_is_cut_off() {
        EventStream stream = stream(null);
        reader.asks(1);
        pass(Duration.ofHours(1));
        stream.stillHere();
        assertThat(cutOff).as("nothing waited").isEmpty();
        pass(EventStream.LONGEST_LAG);
        reader.asks(1);
        stream.changed(evaluation(IDS.get(0), 1, EvaluationState.RUNNING));
        pass(EventStream.LONGEST_LAG);
        stream.stillHere();
        assertThat(cutOff).as("it was patient so far").isEmpty();
        pass(Duration.ofSeconds(1));
        stream.changed(evaluation(IDS.get(1), 1, EvaluationState.RUNNING));
        assertThat(cutOff).containsExactly(stream);
        stream.changed(evaluation(IDS.get(2), 1, EvaluationState.RUNNING));
        assertThat(cutOff).as("once").hasSize(1);
    }

    @Test
    void so_is_who_would_have_too_many_wait() {
        EventStream stream = stream(null);
        for (int id = 0; id <= EventStream.MOST_WAITING; id++) {
            assertThat(cutOff).isEmpty();
            stream.changed(evaluation(new UUID(1, id), 0, EvaluationState.RUNNING));
        }
        assertThat(cutOff).containsExactly(stream);
        assertThat(stream.waiting()).isZero();
    }

    @Test
    void a_stream_of_one_ends_with_its_last_state_and_says_nothing_twice() {
        EventStream stream = stream(IDS.get(3));
        stream.begins(evaluation(IDS.get(3), 1, EvaluationState.RUNNING));
        reader.asks(100);
        stream.changed(evaluation(IDS.get(3), 1, EvaluationState.RUNNING));
        stream.changed(evaluation(IDS.get(4), 1, EvaluationState.RUNNING));
        stream.changed(evaluation(IDS.get(3), 4, EvaluationState.FINISHED));
        stream.changed(evaluation(IDS.get(3), 4, EvaluationState.RUNNING));
        assertThat(reader.heard).extracting(EvaluationView::unitsDone).containsExactly(1, 4);
        assertThat(reader.complete).isTrue();
    }

    @Test
    void what_was_told_first_is_as_new_as_what_was_looked_up() {
        EventStream stream = stream(IDS.get(3));
        stream.changed(evaluation(IDS.get(3), 2, EvaluationState.RUNNING));
        stream.begins(evaluation(IDS.get(3), 1, EvaluationState.RUNNING));
        reader.asks(100);
        assertThat(reader.heard).extracting(EvaluationView::unitsDone).containsExactly(2);
    }

    private EventStream stream(@Nullable UUID only) {
        var stream = new EventStream(only, cutOff::add, nanos::get);
        stream.subscribe(reader);
        return stream;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static final class Reader implements Flow.Subscriber<Optional<EvaluationView>> {
        private final List<EvaluationView> heard = new ArrayList<>();
        private int signs;
        private boolean complete;
        private boolean asksForEach;
        private Flow.@Nullable Subscription stream;

        void asks(long items) {
            if (stream != null) {
                stream.request(items);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            stream = subscription;
        }

        @Override
        public void onNext(Optional<EvaluationView> item) {
            item.ifPresentOrElse(heard::add, () -> signs++);
            if (asksForEach) {
                asks(1);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            throw new AssertionError(thrown);
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private static EvaluationView evaluation(UUID id, int unitsDone, EvaluationState state) {
        return new EvaluationView(
                id,
                state,
                null,
                null,
                null,
                null,
                false,
                null,
                Priority.NORMAL,
                1,
                null,
                null,
                "model",
                "set",
                "sudoku",
                "checkpoint",
                "file",
                null,
                "trm",
                Map.of(),
                Map.of(),
                List.of(),
                null,
                ProtocolView.of(Protocol.whole(4, Dtype.FLOAT32)),
                null,
                1L,
                1L,
                100,
                unitsDone,
                4,
                unitsDone,
                0,
                Map.of(),
                Map.of(),
                "exact_accuracy",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
    }
}
