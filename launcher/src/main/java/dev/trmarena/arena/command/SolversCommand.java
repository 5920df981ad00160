package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arena solvers}. */
@Command(name = "solvers", description = "Lists the solvers that were heard of within a day.")
public final class SolversCommand implements Callable<Integer> {
    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        JsonNode solvers = connection.client().get("/api/solvers");
        connection.print(solvers, out -> {
            var table = new Table("solver", "", "device", "units>", "examples>", "works on", "last heard");
            solvers.forEach(solver -> table.row(
                    EvaluationText.text(solver, "name"),
                    solver.path("alive").asBoolean() ? "alive" : "gone",
                    EvaluationText.text(solver, "device"),
                    EvaluationText.text(solver, "unitsSolved"),
                    EvaluationText.text(solver, "examplesSolved"),
                    solver.hasNonNull("evaluation")
                            ? EvaluationText.text(solver, "evaluation") + " unit " + EvaluationText.text(solver, "unit")
                            : "–",
                    EvaluationText.text(solver, "heartbeatAt")));
            table.print(out);
        });
        return 0;
    }
}
