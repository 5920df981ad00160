package dev.trmarena.ingest.plan;

import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.OutboxMessage;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.protocol.Protocol;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Cuts the examples that a protocol runs into work units and writes the message of each. */
@ApplicationScoped
class CutIntoUnits {
    private final PlanConfig config;
    private final SelectExamples selectExamples;

    CutIntoUnits(PlanConfig config, SelectExamples selectExamples) {
        this.config = config;
        this.selectExamples = selectExamples;
    }

    /** @param model name of the line of checkpoints */
    NewEvaluation cut(String checkpointManifest, PuzzleSetRow set, String model, Protocol protocol) {
        UUID evaluation = UUID.randomUUID();
        int[] examples = selectExamples.of(set, protocol);
        int size = Math.max(1, Math.min(config.unitExamples(), config.unitTokens() / set.seqLen()));
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (int from = 0; from < examples.length; from += size) {
            int index = units.size();
            int count = Math.min(size, examples.length - from);
            int first = examples[from];
            int end = examples[from + count - 1] + 1;
            var work = new WorkUnit(
                    evaluation,
                    index,
                    checkpointManifest,
                    set.manifestDigest(),
                    first,
                    end,
                    count,
                    protocol.key(),
                    config.filmTasks());
            var message = new OutboxMessage(Topics.WORK, evaluation + "/" + index, Json.write(work));
            units.add(new NewEvaluation.Unit(index, first, end, count, message));
        }
        return new NewEvaluation(evaluation, set.id(), model, protocol, examples.length, units);
    }
}
