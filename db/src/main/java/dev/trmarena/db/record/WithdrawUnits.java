package dev.trmarena.db.record;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.OutboxMessage;
import dev.trmarena.db.adapt.AdaptationStages;
import dev.trmarena.db.canary.CanaryUnits;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.Withdrawal;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells the solvers that nobody waits for the units of an evaluation that were given out so far. */
public final class WithdrawUnits {
    private WithdrawUnits() {}

    /** Must run in the transaction that ends or interrupts the evaluation. */
    public static void of(Handle handle, UUID evaluation) {
        int round = handle.createQuery("select round from evaluation where id = :id")
                .bind("id", evaluation)
                .mapTo(Integer.class)
                .one();
        var message = new OutboxMessage(
                Topics.WITHDRAWN, evaluation.toString(), Json.write(new Withdrawal(evaluation, round)));
        Outbox.add(handle, List.of(message));
        // Whoever had them lets go of them: they wait again, in case the evaluation is taken up again.
        handle.createUpdate("""
                        update work_unit set %s
                        where evaluation_id = :id and %s""".formatted(UnsolvedUnit.WAITS, UnsolvedUnit.IS_IN_FLIGHT))
                .bind("id", evaluation)
                .execute();
        CanaryUnits.giveBack(handle, evaluation);
        AdaptationStages.giveBack(handle, evaluation);
    }
}
