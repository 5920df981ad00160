package dev.trmarena.puzzles.answers;

import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.score.AttemptScoring;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.ScoreSheet;
import dev.trmarena.puzzles.score.Scoring;
import dev.trmarena.puzzles.score.VoteProtocol;
import dev.trmarena.puzzles.set.ArcSet;
import dev.trmarena.puzzles.set.LabelledSet;
import dev.trmarena.puzzles.set.Metric;
import dev.trmarena.puzzles.set.PuzzleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From answers of another system to their scores. The form is known by the name and the puzzle set: of ARC {@code submission.json}, a
 * folder of results, or {@code predictions.jsonl}; of other puzzles a CSV or JSON lines; of all of them predicted arrays.
 */
public final class ScoreAnswers {
    private ScoreAnswers() {}

    /**
     * @param source a file or a folder
     * @param scratch where arrays are unpacked; what is scored reads them afterwards, too, even when they are removed
     * @param lenient count what is no answer as wrong, and say how often, where it is refused otherwise
     * @throws InputProblem naming file, task and place, with the first problems
     */
    public static ScoredAnswers score(AnsweredTasks answered, Path source, Path scratch, boolean lenient)
            throws IOException {
        String name = String.valueOf(source.getFileName());
        if (!Files.exists(source)) {
            throw new InputProblem(name, null, "there is no such file", "Name the file or the folder of the answers.");
        }
        PuzzleSet set = answered.set();
        boolean lines = name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
        LabelledSet puzzles = set == null ? null : set.match(arc -> null, labelled -> labelled);
        if (name.endsWith(PredictionFiles.ARCHIVE) || Files.isDirectory(source) && PredictionFiles.isIn(source)) {
            PuzzleSet predicted = puzzles == null ? arc(set, name) : puzzles;
            return new ReadPredictions(predicted, PredictionFiles.find(source, name, scratch)).score();
        }
        if (puzzles != null) {
            return new OfPuzzles(puzzles, source, name, lenient, lines).score();
        }
        if (lines) {
            return predictions(arc(set, name), source, name);
        }
        var answers = new ArcAnswers(answered.tasks(), lenient);
        AnswerCost cost = attempts(source, name, answers);
        answers.requireSound(name);
        ScoreSheet sheet = AttemptScoring.score(answered.tasks(), answered.solutionsHidden(), answers);
        return new ScoredAnswers(sheet, AttemptScoring.intervals(sheet), answers.report(cost), each -> sheet.outputs()
                .forEach(each));
    }

    private static @Nullable AnswerCost attempts(Path source, String name, ArcAnswers answers) throws IOException {
        var results = new ReadResultFolder(answers);
        if (Files.isDirectory(source)) {
            return results.read(source);
        }
        if (!name.endsWith(".json") && !name.endsWith(".json.gz")) {
            throw new InputProblem(
                    name,
                    null,
                    "answers to ARC tasks are a JSON file, JSON lines, a .npz of predictions or a folder of JSON files",
                    "Name a submission.json, a folder with one JSON file a task, a predictions.jsonl, or predictions with their"
                            + " identifiers as numpy.savez saves them.");
        }
        new ReadSubmission(name, answers, results).read(source);
        return results.cost();
    }

    private static ArcSet arc(@Nullable PuzzleSet set, String name) {
        ArcSet arc = set == null ? null : set.match(each -> each, labelled -> null);
        if (arc == null) {
            throw new InputProblem(
                    name,
                    null,
                    "predictions vote for their tasks, so the examples are needed beside the tasks",
                    "Name a built dataset directory or a compact set.");
        }
        return arc;
    }

    private static ScoredAnswers predictions(ArcSet set, Path source, String name) throws IOException {
        ScoreSheet sheet = new ReadArcPredictions(set, name).score(source, VoteProtocol.ALL);
        int missing = (int) sheet.outputs().stream()
                .filter(output -> output.candidates() == 0)
                .count();
        var report = new AnswersReport(sheet.outputs().size(), missing, 0, 0, 0, 0, List.of(), null);
        return new ScoredAnswers(sheet, Scoring.of(set).intervals(sheet), report, each -> sheet.outputs()
                .forEach(each));
    }

    /** Sudokus, mazes and other puzzles. */
    private record OfPuzzles(LabelledSet set, Path source, String name, boolean lenient, boolean lines) {
        ScoredAnswers score() throws IOException {
            var answers = new ReadPuzzleAnswers(set, name, lenient);
            if (lines) {
                answers.lines(source);
            } else if (name.endsWith(".csv")) {
                answers.csv(source);
            } else {
                throw new InputProblem(
                        name,
                        null,
                        "answers to such puzzles are a CSV, JSON lines or a .npz of predictions",
                        "Begin a CSV with the line id,answer, or write a JSON object of id and answer a line.");
            }
            Scoring scoring = Scoring.of(set);
            // The grids are in what was read; a second copy of them would be as large.
            ScoreSheet scored = scoring.score(answers.predictions(), VoteProtocol.ALL, output -> {});
            SortedMap<String, Double> metrics = new TreeMap<>(scored.metrics());
            if (!answers.halts()) {
                metrics.remove(Metric.Q_HALT_ACCURACY.key());
            }
            var sheet = new ScoreSheet(metrics, scored.outputs());
            return new ScoredAnswers(
                    sheet,
                    scoring.intervals(sheet),
                    answers.report(),
                    each -> scoring.score(
                            answers.predictions(),
                            VoteProtocol.ALL,
                            output -> each.accept(
                                    answers.isAnswered(output.task())
                                            ? output
                                            : OutputResult.unanswered(output.task(), output.output()))));
        }
    }
}
