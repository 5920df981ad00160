package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.limits.Printable;
import dev.trmarena.puzzles.arc.Submission;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.PredictionArrays;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.Submissions;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.LooseArcSet;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code arena score}: from predictions on disk to scores, without a platform. */
@Command(
        name = "score",
        sortOptions = false,
        description = "Scores predictions in .npy files, by the same code that scores evaluations.",
        footer = {
            "",
            "Without --identifiers and --inputs the predictions are taken as those of DIR's test split, in its order:"
                    + " DIR is then a built dataset directory (ARC, Sudoku, maze) or a compact set.",
            "The scores are defined in docs/scoring.md; intervals are at 95 %%. accuracy, exact_accuracy and q_halt_accuracy of ARC"
                    + " need the labels of such a directory or set, the mean steps a --q-halt of steps x E."
        })
public final class ScoreCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

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

    @Option(names = "--preds", required = true, paramLabel = "FILE", description = "Predicted tokens, E x L.")
    Path predictions;

    @Option(
            names = "--q-halt",
            required = true,
            paramLabel = "FILE",
            description = "Halt logits, E floats, or steps x E.")
    Path qHalt;

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
            PuzzleSet set = open(scratch.path());
            VoteProtocol protocol = augmentations == null ? VoteProtocol.ALL : new VoteProtocol(augmentations);
            Scoring scoring = Scoring.of(set);
            var arrays = new PredictionArrays(set, predictions, qHalt);
            ScoreSheet sheet = scoring.score(arrays, protocol);
            OptionalDouble steps = arrays.meanSteps(protocol);
            if (submission != null) {
                write(set, sheet, submission);
            }
            SortedMap<String, Interval> intervals = scoring.intervals(sheet);
            if (result.json) {
                System.out.println(json(sheet, steps, intervals));
            } else {
                print(set, sheet, intervals, System.out);
                steps.ifPresent(mean ->
                        System.out.println("the examples took " + number(mean) + " improvement steps in the mean"));
            }
            System.out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ArenaProblem(String.valueOf(e.getMessage()), "see ./arena score --help");
        }
    }

    private PuzzleSet open(Path scratch) throws IOException {
        if (identifiers != null && inputs != null) {
            return LooseArcSet.open(puzzles, identifiers, inputs);
        }
        if (identifiers != null || inputs != null) {
            throw new ArenaProblem("--identifiers and --inputs belong together", "name both, or none");
        }
        var imported = PuzzleSetImport.read(puzzles, null, scratch);
        imported.warnings().forEach(warning -> System.err.println("warning: " + Printable.line(warning)));
        return PuzzleSet.ofFiles(imported.manifest(), role -> imported.files().get(role));
    }

    private void write(PuzzleSet set, ScoreSheet sheet, Path file) throws IOException {
        Submission attempts = Submissions.of(set, sheet, asAuthors)
                .orElseThrow(() -> new ArenaProblem("only ARC sets have submissions", "leave --submission away"));
        Files.write(file, attempts.toJson());
    }

    private static ObjectNode json(ScoreSheet sheet, OptionalDouble steps, SortedMap<String, Interval> intervals) {
        ObjectNode answer = JSON.createObjectNode();
        sheet.metrics().forEach(answer::put);
        steps.ifPresent(mean -> answer.put("steps", mean));
        ObjectNode ends = answer.putObject("intervals");
        intervals.forEach(
                (name, interval) -> ends.putArray(name).add(interval.low()).add(interval.high()));
        return answer;
    }

    private static void print(PuzzleSet set, ScoreSheet sheet, SortedMap<String, Interval> intervals, PrintStream out) {
        if (set.manifest().kind().augmented()) {
            var tasks = new Table("task", "output>", "candidates>", "rank of the solution>", "first: votes>", "halt>");
            for (OutputResult output : sheet.outputs()) {
                boolean any = !output.top().isEmpty();
                tasks.row(
                        set.taskName(output.task()),
                        String.valueOf(output.output() + 1),
                        String.valueOf(output.candidates()),
                        output.solutionRank() == null ? "–" : String.valueOf(output.solutionRank()),
                        any ? String.valueOf(output.top().get(0).votes()) : "–",
                        any ? number(output.top().get(0).meanHalt()) : "–");
            }
            tasks.print(out);
            out.println();
        }
        var scores = new Table("score", "value>", "95 % interval");
        sheet.metrics().forEach((name, value) -> {
            Interval interval = intervals.get(name);
            scores.row(
                    name,
                    number(value),
                    interval == null ? "–" : number(interval.low()) + " to " + number(interval.high()));
        });
        scores.print(out);
        if (sheet.metrics().isEmpty()) {
            out.println("the solutions of this set are not known: there is a submission but no score");
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
