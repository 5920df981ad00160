package dev.trmarena.db.plan;

import static dev.trmarena.messages.EvaluationState.CANCELLED;
import static dev.trmarena.messages.EvaluationState.PAUSED;
import static dev.trmarena.messages.EvaluationState.QUEUED;
import static dev.trmarena.messages.EvaluationState.RUNNING;

import dev.trmarena.db.EvaluationHistory;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.db.record.UnsolvedUnit;
import dev.trmarena.db.record.WithdrawUnits;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.messages.HistoryEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Cancel, pause, resume, retry. Each is one transaction of the caller. */
public final class ControlEvaluation {
    private ControlEvaluation() {}

    /** What people may ask for. */
    public enum Command {
        CANCEL(HistoryEvent.CANCELLED, state -> !state.isOver()),
        PAUSE(HistoryEvent.PAUSED, EvaluationState::isWorking),
        RESUME(HistoryEvent.RESUMED, state -> state == PAUSED),
        RETRY(HistoryEvent.RETRIED, EvaluationState::endedEarly);

        private final HistoryEvent event;
        private final List<EvaluationState> from;

        Command(HistoryEvent event, Predicate<EvaluationState> from) {
            this.event = event;
            this.from = Arrays.stream(EvaluationState.values()).filter(from).toList();
        }

        /** As it stands in an address: {@code cancel}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it has been done to an evaluation in this state: somebody who did not hear the answer asks again. */
        public boolean isDone(EvaluationState state) {
            return switch (this) {
                case CANCEL -> state == CANCELLED;
                case PAUSE -> state == PAUSED;
                case RESUME, RETRY -> state.isWorking();
            };
        }

        /** The states in which it can be done. */
        public List<EvaluationState> from() {
            return from;
        }
    }

    /**
     * Another evaluation that does the same work as this one, when a retry would do it once more: the same was submitted again after
     * this one had failed or was cancelled. Whoever retries asks this first, in the same transaction.
     */
    public static Optional<UUID> doneElsewhere(Handle handle, UUID evaluation) {
        return SameWork.elsewhere(handle, evaluation);
    }

    /**
     * @return the state in which it cannot be done; empty when it was done
     * @throws IllegalArgumentException when there is no such evaluation
     */
    public static Optional<EvaluationState> control(Handle handle, UUID evaluation, Command command) {
        EvaluationState state = handle.createQuery("select state from evaluation where id = :id for update")
                .bind("id", evaluation)
                .mapTo(EvaluationState.class)
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("there is no evaluation " + evaluation));
        if (!command.from.contains(state)) {
            return Optional.of(state);
        }
        switch (command) {
            case CANCEL -> end(handle, evaluation);
            case PAUSE -> pause(handle, evaluation);
            case RESUME -> takeUp(handle, evaluation);
            case RETRY -> {
                dropPartialScores(handle, evaluation);
                RiskyWork.forget(handle, RiskyWork.Kind.SCORE, evaluation.toString());
                RiskyWork.forget(handle, RiskyWork.Kind.PLAN, evaluation.toString());
                takeUp(handle, evaluation);
            }
        }
        EvaluationHistory.add(handle, evaluation, command.event, null);
        return Optional.empty();
    }

    private static void end(Handle handle, UUID evaluation) {
        handle.createUpdate("""
                        update evaluation set state = :cancelled, finished_at = now(), since = now()
                        where id = :id""")
                .bind("cancelled", CANCELLED)
                .bind("id", evaluation)
                .execute();
        WithdrawUnits.of(handle, evaluation);
    }

    private static void pause(Handle handle, UUID evaluation) {
        handle.createUpdate("update evaluation set state = :paused, since = now() where id = :id")
                .bind("paused", PAUSED)
                .bind("id", evaluation)
                .execute();
        WithdrawUnits.of(handle, evaluation);
    }

    /** Another round of the missing units; what is solved stays. */
    private static void takeUp(Handle handle, UUID evaluation) {
        handle.createUpdate("""
                        update evaluation
                        set state = case when started_at is null then :queued else :running end,
                            failure = null, failure_kind = null, failure_log = null, finished_at = null,
                            partial = false, answered_tasks = null, round = round + 1, turn = null, since = now()
                        where id = :id""")
                .bind("queued", QUEUED)
                .bind("running", RUNNING)
                .bind("id", evaluation)
                .execute();
        handle.createUpdate("""
                        update work_unit set times_lost = 0, %s
                        where evaluation_id = :id and solved_at is null""".formatted(UnsolvedUnit.WAITS))
                .bind("id", evaluation)
                .execute();
        AdaptationStages.takeUp(handle, evaluation);
    }

    private static void dropPartialScores(Handle handle, UUID evaluation) {
        for (String table : List.of("score", "step_score", "test_output")) {
            handle.createUpdate("delete from " + table + " where evaluation_id = :id")
                    .bind("id", evaluation)
                    .execute();
        }
    }
}
