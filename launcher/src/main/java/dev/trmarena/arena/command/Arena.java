package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.supervise.engine.BadLibtorch;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main class of the command line. */
@Command(
        name = "arena",
        description = "Scores tiny recursive reasoning models.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            PuzzlesCommand.class,
            PublishedCommand.class,
            SubmitCommand.class,
            AnswersCommand.class,
            InspectCommand.class,
            ShowCommand.class,
            LeaderboardCommand.class,
            WatchCommand.class,
            RerunCommand.class,
            RemoveCommand.class,
            CompareCommand.class,
            ScoreCommand.class,
            TopicsCommand.class,
            SolverCommand.class,
            SolversCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DoctorCommand.class
        },
        footer = {
            "",
            "Besides: `arena test` builds and runs all tests. Each command has --help.",
            "A token, when the platform wants one, is read from ARENA_TOKEN or ~/.config/arena/token."
        })
public final class Arena {
    /** Wrong usage ends with 2, everything else that went wrong with 1. */
    private static final int FAILED = 1;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    private Arena() {}

    public static void main(String[] args) {
        PrintableStream.install();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new Arena());
        ControlCommand.all().forEach(command -> line.addSubcommand(command.getCommandName(), command));
        return line.setExecutionExceptionHandler((problem, command, parsed) -> {
            System.out.flush();
            System.err.println(describe(problem));
            return FAILED;
        });
    }

    private static String describe(Exception problem) {
        if (problem instanceof ArenaProblem known) {
            return known.describe();
        }
        if (problem instanceof InputProblem input) {
            return new ArenaProblem(
                            "the puzzles cannot be used", input.file(), input.place(), input.problem(), input.remedy())
                    .describe();
        }
        if (problem instanceof BadLibtorch bad) {
            return new ArenaProblem("no solver can be started so", bad.file(), null, bad.problem(), bad.remedy())
                    .describe();
        }
        if (problem instanceof NoSuchFileException missing) {
            return new ArenaProblem("there is no such file", missing.getFile(), null, null, "check the path")
                    .describe();
        }
        if (problem instanceof FileSystemException file) {
            return new ArenaProblem(
                            "the file cannot be used",
                            file.getFile(),
                            null,
                            reasonOf(file),
                            "check permissions and free disk space")
                    .describe();
        }
        if (problem instanceof IOException io) {
            return "error: " + io.getMessage();
        }
        if (problem instanceof InterruptedException) {
            return "interrupted";
        }
        var trace = new java.io.StringWriter();
        problem.printStackTrace(new java.io.PrintWriter(trace));
        return "error: a fault of arena itself; please report it with these lines\n" + trace;
    }

    private static String reasonOf(FileSystemException problem) {
        @Nullable String reason = problem.getReason();
        return reason == null ? problem.getClass().getSimpleName() : reason;
    }
}
