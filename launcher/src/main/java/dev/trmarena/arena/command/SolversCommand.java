package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Solver;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arena solvers}. */
@Command(name = "solvers", description = "Lists the solvers that were heard of within a day.")
public final class SolversCommand implements Callable<Integer> {
    @Mixin
    Connection connection;

    @Override
    public Integer call() throws InterruptedException {
        connection.print(connection.api().listSolvers(), SolversCommand::write);
        return 0;
    }

    private static void write(List<Solver> solvers, PrintStream out) {
        var table = new Table("solver", "", "device", "memory>", "units>", "examples>", "works on", "last heard");
        solvers.forEach(solver -> table.row(
                solver.name(),
                solver.alive() ? "alive" : "gone",
                solver.device(),
                memory(solver.memoryBytes()),
                String.valueOf(solver.unitsSolved()),
                String.valueOf(solver.examplesSolved()),
                solver.evaluation() == null ? "–" : solver.evaluation() + " unit " + EvaluationText.text(solver.unit()),
                solver.heartbeatAt()));
        table.print(out);
    }

    private static String memory(@Nullable Long bytes) {
        return bytes == null ? "–" : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
