package dev.trmarena.leaderboard;

import dev.trmarena.messages.Outcome;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What a dispatcher, the broker and a solver do before there is an answer: a unit is given out, and taken up. */
public final class TakeUp {
    private TakeUp() {}

    /** Whatever these answer, as far as the evaluation has such a unit; nothing else changes. */
    public static void all(Jdbi jdbi, List<Outcome.Solved> answers) {
        jdbi.useTransaction(handle -> {
            var givenOut = handle.prepareBatch(
                    "update work_unit set handouts = greatest(handouts, 1) where evaluation_id = :id and idx = :unit");
            var begun = handle.prepareBatch("""
                    insert into delivery (id, evaluation_id, idx, round, handout, solver, instance, device)
                    select :delivery, evaluation_id, idx, 1, handouts, :solver, :instance, :device
                    from work_unit where evaluation_id = :id and idx = :unit
                    on conflict do nothing""");
            for (Outcome.Solved answer : answers) {
                givenOut.bind("id", answer.evaluation())
                        .bind("unit", answer.unit())
                        .add();
                begun.bind("id", answer.evaluation())
                        .bind("unit", answer.unit())
                        .bind("delivery", answer.delivery())
                        .bind("solver", answer.solver())
                        .bind("instance", UUID.randomUUID())
                        .bind("device", answer.device())
                        .add();
            }
            givenOut.execute();
            begun.execute();
        });
    }

    /** The same of one. @return it */
    public static Outcome.Solved one(Jdbi jdbi, Outcome.Solved answer) {
        all(jdbi, List.of(answer));
        return answer;
    }
}
