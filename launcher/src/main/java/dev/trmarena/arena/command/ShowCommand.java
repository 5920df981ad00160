package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena show}. */
@Command(name = "show", description = "Shows an evaluation: its state, its scores, what it cost.")
public final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EVALUATION", description = "The id that submit printed.")
    String evaluation;

    @Option(
            names = "--as",
            paramLabel = "FORM",
            description = "In a form that others collect: ${COMPLETION-CANDIDATES}.")
    @Nullable
    ReportForm form;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        if (form == null) {
            connection.print(connection.api().getEvaluation(evaluation), EvaluationText::write);
            return 0;
        }
        ArenaClient client = connection.client();
        String path = "/api/evaluations/" + ArenaClient.segment(evaluation) + "/";
        connection.print(client.text(
                switch (form) {
                    case EVERY_EVAL_EVER -> path + "every-eval-ever.json";
                    case MODEL_INDEX ->
                        path + "model-index.yaml?source="
                                + ArenaClient.segment(client.url() + "/evaluations/" + evaluation);
                }));
        return 0;
    }
}
