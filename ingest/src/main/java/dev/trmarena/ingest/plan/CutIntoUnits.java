package dev.trmarena.ingest.plan;

import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.OutboxMessage;
import dev.trmarena.messages.Json;
import dev.trmarena.messages.Topics;
import dev.trmarena.messages.WorkUnit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Cuts the examples of a puzzle set into work units and writes the message of each. */
@ApplicationScoped
class CutIntoUnits {
    private final PlanConfig config;

    CutIntoUnits(PlanConfig config) {
        this.config = config;
    }

    /**
     * @param seqLen L
     * @param exampleCount examples of the set
     * @param steps improvement steps, exactly
     */
    List<NewEvaluation.Unit> cut(
            UUID evaluation, String checkpointManifest, String setManifest, int seqLen, int exampleCount, int steps) {
        int size = Math.max(1, Math.min(config.unitExamples(), config.unitTokens() / seqLen));
        List<NewEvaluation.Unit> units = new ArrayList<>();
        for (int first = 0; first < exampleCount; first += size) {
            int index = units.size();
            int count = Math.min(size, exampleCount - first);
            var work = new WorkUnit(evaluation, index, checkpointManifest, setManifest, first, count, steps);
            var message = new OutboxMessage(Topics.WORK, evaluation + "/" + index, Json.write(work));
            units.add(new NewEvaluation.Unit(index, first, count, message));
        }
        return units;
    }
}
