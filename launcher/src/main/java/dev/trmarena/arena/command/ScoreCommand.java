package dev.trmarena.arena.command;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.limits.Printable;
import dev.trmarena.puzzles.answers.AnsweredTasks;
import dev.trmarena.puzzles.answers.ScoreAnswers;
import dev.trmarena.puzzles.answers.ScoredAnswers;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.score.PredictionArrays;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.Submissions;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.LooseArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena score}: from predictions on disk to scores, without a platform. */
@Command(
        name = "score",
        sortOptions = false,
        description =
                "Scores predictions in .npy files, or the answers of any system, by the same code that scores evaluations.",
        footer = {
            "",
            "Without --identifiers and --inputs the predictions are taken as those of DIR's test split, in its order:"
                    + " DIR is then a built dataset directory (ARC, Sudoku, maze) or a compact set.",
            "--answers takes, of ARC, a submission.json as Kaggle does, a folder of results with one JSON a task as arc-agi-benchmarking"
                    + " writes it, or predictions.jsonl as an evaluation is downloaded; of Sudokus and mazes a CSV id,answer or JSON"
                    + " lines of id and answer; and the folders and .npz files of predictions that ./arena answers takes. A task that is not answered is wrong. DIR may then also be test_puzzles.json, a"
                    + " …_challenges.json with its …_solutions.json, or a folder of one JSON a task.",
            "",
            "The scores are defined in docs/scoring.md; intervals are at 95 %%. accuracy, exact_accuracy and q_halt_accuracy of ARC"
                    + " need the labels of such a directory or set, the mean steps a --q-halt of steps x E."
        })
public final class ScoreCommand implements Callable<Integer> {
    @Option(
            names = "--puzzles",
            required = true,
            paramLabel = "DIR",
            description = "Folder with identifiers.json and test_puzzles.json, or a dataset directory.")
    Path puzzles;

    @Option(
            names = "--identifiers",
            paramLabel = "FILE",
            description = "Puzzle identifier of each prediction, E integers.")
    @Nullable
    Path identifiers;

    @Option(names = "--inputs", paramLabel = "FILE", description = "What the model was given, E x 900 tokens.")
    @Nullable
    Path inputs;

    @ArgGroup(exclusive = true, multiplicity = "1")
    Scored scored = new Scored();

    /** What is scored. */
    static final class Scored {
        @ArgGroup(exclusive = false, multiplicity = "1")
        @Nullable
        Arrays arrays;

        @ArgGroup(exclusive = false, multiplicity = "1")
        @Nullable
        Answered answered;
    }

    /** What a network gave. */
    static final class Arrays {
        @Option(names = "--preds", required = true, paramLabel = "FILE", description = "Predicted tokens, E x L.")
        Path predictions;

        @Option(
                names = "--q-halt",
                required = true,
                paramLabel = "FILE",
                description = "Halt logits, E floats, or steps x E.")
        Path qHalt;
    }

    /** What another system answered. */
    static final class Answered {
        @Option(
                names = "--answers",
                required = true,
                paramLabel = "FILE|DIR",
                description = "Answers of any system, in a form that is named below.")
        Path answers;

        @Option(
                names = "--lenient",
                description =
                        "Count what is no answer as wrong, and say how often; otherwise it is refused by its place.")
        boolean lenient;
    }

    @Option(
            names = "--augmentations",
            paramLabel = "N",
            description = "ARC: only the first N augmentations of each task vote beside it; 0 turns voting off"
                    + " (default: all).")
    @Nullable
    Integer augmentations;

    @Option(names = "--submission", paramLabel = "FILE", description = "ARC: write a submission in the Kaggle format.")
    @Nullable
    Path submission;

    @Option(
            names = "--as-authors",
            description =
                    "Leave test outputs without a prediction out of the submission, as the authors' evaluator does;"
                            + " otherwise they are there as [[0]].")
    boolean asAuthors;

    @Mixin
    ResultOptions result;

    @Override
    public Integer call() throws IOException {
        try (var scratch = new ScratchFolder("arena-score")) {
            if (scored.answered != null) {
                return answers(scored.answered, scratch.path());
            }
            Arrays given = Objects.requireNonNull(scored.arrays);
            PuzzleSet set = open(scratch.path());
            VoteProtocol protocol = augmentations == null ? VoteProtocol.ALL : new VoteProtocol(augmentations);
            Scoring scoring = Scoring.of(set);
            var arrays = new PredictionArrays(set, given.predictions, given.qHalt);
            ScoreSheet sheet = scoring.score(arrays, protocol);
            OptionalDouble steps = arrays.meanSteps(protocol);
            if (submission != null) {
                write(set, sheet, submission);
            }
            var text = new ScoreText(sheet, scoring.intervals(sheet), result.json);
            if (set.manifest().kind().augmented()) {
                text.votes(set::taskName);
            }
            steps.ifPresent(text::steps);
            text.print(System.out);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ArenaProblem(String.valueOf(e.getMessage()), "see ./arena score --help");
        }
    }

    private int answers(Answered given, Path scratch) throws IOException {
        if (augmentations != null || identifiers != null || inputs != null || asAuthors) {
            throw new ArenaProblem(
                    "--identifiers, --inputs, --augmentations and --as-authors are about predictions",
                    "leave them away with --answers");
        }
        AnsweredTasks tasks = AnsweredTasks.read(puzzles, scratch, ScoreCommand::warn);
        ScoredAnswers answers = ScoreAnswers.score(tasks, given.answers, scratch.resolve("answers"), given.lenient);
        if (submission != null) {
            write(answers.sheet(), submission, tasks);
        }
        var text = new ScoreText(answers.sheet(), answers.intervals(), result.json);
        text.answers(answers.report());
        text.print(System.out);
        return 0;
    }

    private static void warn(String warning) {
        System.err.println("warning: " + Printable.line(warning));
    }

    private PuzzleSet open(Path scratch) throws IOException {
        if (identifiers != null && inputs != null) {
            return LooseArcSet.open(puzzles, identifiers, inputs);
        }
        if (identifiers != null || inputs != null) {
            throw new ArenaProblem("--identifiers and --inputs belong together", "name both, or none");
        }
        var imported = PuzzleSetImport.read(puzzles, null, scratch);
        imported.warnings().forEach(ScoreCommand::warn);
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private void write(PuzzleSet set, ScoreSheet sheet, Path file) throws IOException {
        Submission attempts = Submissions.of(set, sheet, asAuthors).orElseThrow(ScoreCommand::noSubmission);
        Files.write(file, attempts.toJson());
    }

    private static void write(ScoreSheet sheet, Path file, AnsweredTasks answered) throws IOException {
        if (answered.tasks().isEmpty()) {
            throw noSubmission();
        }
        Files.write(
                file,
                Submissions.of(task -> answered.tasks().get(task).name(), sheet).toJson());
    }

    private static ArenaProblem noSubmission() {
        return new ArenaProblem("only ARC sets have submissions", "leave --submission away");
    }
}
