package dev.trmarena.arena.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arena show}. */
@Command(name = "show", description = "Shows an evaluation: its state, its scores, what it cost.")
public final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EVALUATION", description = "The id that submit printed.")
    String evaluation;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        connection.print(connection.api().getEvaluation(evaluation), EvaluationText::write);
        return 0;
    }
}
