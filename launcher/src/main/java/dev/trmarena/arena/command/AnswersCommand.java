package dev.trmarena.arena.command;

import dev.trmarena.arena.client.AnswersOfApi;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.EnterAnswers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena answers}. */
@Command(
        name = "answers",
        sortOptions = false,
        description =
                "Uploads answers of another system and has them scored: an entry that was not run here, and takes no rank.",
        footer = {
            "",
            "Of ARC it takes a submission.json as Kaggle does, a folder of results with one JSON a task as arc-agi-benchmarking writes it,"
                    + " or predictions.jsonl as an evaluation is downloaded; of Sudokus and mazes a CSV id,answer or JSON lines of id and"
                    + " answer, as ./arena score --answers; of any puzzles a folder with preds.npy and q_halt_logits.npy, or a .npz of them, which"
                    + " vote and are ranked as those of a run: with puzzle_identifiers.npy and inputs.npy in any order, else in the"
                    + " order of the puzzle set. A folder is sent as one file, without transcripts."
        })
public final class AnswersCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE|DIR", description = "Answers of any system, in a form that is named below.")
    Path answers;

    @Option(
            names = "--puzzles",
            paramLabel = "NAME",
            required = true,
            description = "The puzzle set that was answered.")
    String puzzles;

    @Option(names = "--model", paramLabel = "NAME", required = true, description = "The system that answered.")
    String model;

    @Option(
            names = "--cost-per-task",
            paramLabel = "DOLLARS",
            description = "What a task cost (default: as the answers say it, if they do).")
    @Nullable
    Double costPerTask;

    @Option(names = "--paper", paramLabel = "URL", description = "What was published on them.")
    @Nullable
    String paper;

    @Option(names = "--code", paramLabel = "URL", description = "What made them.")
    @Nullable
    String code;

    @Option(
            names = "--lenient",
            description = "Count what is no answer as wrong, and say how often; otherwise it is refused by its place.")
    boolean lenient;

    @Option(names = "--again", description = "Make another entry although the same answers are there.")
    boolean again;

    @Option(names = "--wait", description = "Show the scores.")
    boolean wait;

    @Mixin
    Connection connection;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ArenaClient client = connection.client();
        try (var scratch = new ScratchFolder("arena-answers")) {
            Answer<Evaluation> entered = new EnterAnswers(client, connection.uploads())
                    .of(
                            answers,
                            puzzles,
                            scratch.path(),
                            upload -> new AnswersOfApi.Request(
                                    upload, puzzles, model, costPerTask, paper, code, lenient, again));
            return new FollowEvaluation(client, connection).started(entered, wait);
        }
    }
}
