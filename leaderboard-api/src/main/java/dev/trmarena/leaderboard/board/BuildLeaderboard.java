package dev.trmarena.leaderboard.board;

import dev.trmarena.db.board.AnswersRow;
import dev.trmarena.db.board.BoardRow;
import dev.trmarena.db.board.ProtocolUse;
import dev.trmarena.db.board.ProtocolView;
import dev.trmarena.db.board.PublishedImports;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadBoard;
import dev.trmarena.db.board.ReadProtocols;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.set.OpenPuzzleSets;
import dev.trmarena.leaderboard.board.Leaderboard.Answers;
import dev.trmarena.leaderboard.board.Leaderboard.Published;
import dev.trmarena.leaderboard.compare.ScoresWithout;
import dev.trmarena.leaderboard.compare.SolvedTasksCache;
import dev.trmarena.leaderboard.serve.Lookup;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.score.PublishedResults.Result;
import dev.trmarena.puzzles.score.TieGroups;
import dev.trmarena.puzzles.set.PuzzleKind;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Brings the finished evaluations on a puzzle set into order. */
@Singleton
class BuildLeaderboard {
    private final SolvedTasksCache solvedTasks;
    private final ScoresWithout scoresWithout;
    private final OpenPuzzleSets puzzleSets;
    private final DevicePrices prices;

    BuildLeaderboard(
            SolvedTasksCache solvedTasks, ScoresWithout scoresWithout, OpenPuzzleSets puzzleSets, DevicePrices prices) {
        this.solvedTasks = solvedTasks;
        this.scoresWithout = scoresWithout;
        this.puzzleSets = puzzleSets;
        this.prices = prices;
    }

    /**
     * What a board is drawn up of, of one snapshot of the database.
     *
     * @param other the set whose tasks do not count; null when all do
     * @param shown the protocol of all entries; null when nothing finished
     * @param finished best first
     * @param answers of other systems, best first
     * @param imported results that others published
     */
    record Read(
            PuzzleSetView set,
            @Nullable PuzzleSetView other,
            List<ProtocolUse> protocols,
            @Nullable ProtocolView shown,
            List<BoardRow> finished,
            List<AnswersRow> answers,
            List<Result> imported) {}

    /**
     * @param protocol key of the protocol that all entries share; null for the authors' that is used most
     * @param without name of a set whose tasks do not count; null for all tasks
     * @throws Refusal 404 when nothing finished by that protocol
     */
    static Read read(Handle handle, PuzzleSetView set, @Nullable String protocol, @Nullable String without) {
        List<ProtocolUse> protocols = ReadProtocols.on(handle, set.name());
        ProtocolView shown = shown(set, protocols, protocol);
        List<BoardRow> finished =
                shown == null ? List.of() : ReadBoard.ranked(handle, set.name(), shown.key(), set.mainMetric());
        PuzzleSetView other = without == null ? null : Lookup.puzzleSet(handle, without);
        List<AnswersRow> answers =
                shown == null || shown.whole() ? ReadBoard.answers(handle, set.name(), set.mainMetric()) : List.of();
        return new Read(set, other, protocols, shown, finished, answers, PublishedImports.current(handle));
    }

    /**
     * Without a connection: it may take seconds, and what it still reads of finished evaluations, which never change, is read
     * when it is wanted.
     */
    Leaderboard of(Read read) {
        PuzzleSetView set = read.set();
        PuzzleSetView other = read.other();
        ProtocolView shown = read.shown();
        List<ProtocolUse> protocols = read.protocols();
        List<BoardRow> finished = read.finished();
        boolean hidden = puzzleSets.manifest(set.digest()).solutionsHidden();
        if (other == null) {
            List<ScoredEvaluation> standings = finished.stream()
                    .map(evaluation -> new ScoredEvaluation(
                            evaluation,
                            evaluation.scores(),
                            evaluation.intervals(),
                            solvedTasks.of(evaluation.id(), kind(set).attempts())))
                    .toList();
            List<Published> published =
                    shown == null || shown.whole() ? PublishedOn.set(set.name(), read.imported()) : List.of();
            List<Answers> answers = read.answers().stream()
                    .map(row -> Answers.of(row, set.mainMetric(), row.scores(), row.intervals()))
                    .toList();
            return board(set, set.mainMetric(), shown, protocols, standings, hidden, null, answers, published);
        }
        ScoresWithout.Part part = scoresWithout.part(set, other);
        String metric = recomputed(set) ? set.mainMetric() : kind(set).mainMetric();
        List<ScoredEvaluation> standings = new ArrayList<>();
        for (BoardRow evaluation : finished) {
            ScoresWithout.Scores again = scoresWithout.of(part, evaluation.id());
            standings.add(new ScoredEvaluation(evaluation, again.metrics(), again.intervals(), again.solved()));
        }
        standings.sort(bestFirst(metric));
        var leftOut =
                new Leaderboard.Without(part.other().name(), part.other().digest(), part.leftOut(), part.remaining());
        return board(
                set,
                metric,
                shown,
                protocols,
                standings,
                hidden,
                leftOut,
                without(part, read.answers(), metric),
                List.of());
    }

    private List<Answers> without(ScoresWithout.Part part, List<AnswersRow> answers, String metric) {
        List<Answers> again = new ArrayList<>();
        for (AnswersRow row : answers) {
            ScoresWithout.Scores scores = scoresWithout.of(part, row.id());
            // What is stored of two attempts allows more scores than two attempts have.
            SortedMap<String, Double> metrics = new TreeMap<>(scores.metrics());
            metrics.keySet().retainAll(row.scores().keySet());
            again.add(Answers.of(row, metric, metrics, scores.intervals()));
        }
        again.sort(Comparator.comparing(Answers::score, Comparator.nullsLast(Comparator.reverseOrder()))
                .thenComparing(Answers::finishedAt)
                .thenComparing(Answers::evaluation));
        return again;
    }

    private static @Nullable ProtocolView shown(
            PuzzleSetView set, List<ProtocolUse> protocols, @Nullable String wanted) {
        if (wanted == null) {
            return protocols.isEmpty() ? null : protocols.get(0).protocol();
        }
        return protocols.stream()
                .map(ProtocolUse::protocol)
                .filter(protocol -> protocol.key().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        404,
                        "nothing finished on " + set.name() + " by the protocol '" + Quote.of(wanted) + "'",
                        protocols.isEmpty()
                                ? "nothing finished on it by any protocol yet"
                                : "those by which something did: "
                                        + protocols.stream()
                                                .map(use -> use.protocol().key())
                                                .collect(Collectors.joining(", "))));
    }

    /** Whether the ranking metric can be had for a part of the tasks; otherwise the kind's main metric, which can, ranks. */
    private static boolean recomputed(PuzzleSetView set) {
        return kind(set).metricsOfAPart().contains(set.mainMetric());
    }

    /** As the database orders the whole board. */
    private static Comparator<ScoredEvaluation> bestFirst(String metric) {
        return Comparator.comparing(
                        (ScoredEvaluation standing) -> standing.score(metric),
                        Comparator.nullsLast(Comparator.reverseOrder()))
                .thenComparing(standing -> standing.evaluation().finishedAt())
                .thenComparing(standing -> standing.evaluation().id());
    }

    private Leaderboard board(
            PuzzleSetView set,
            String metric,
            @Nullable ProtocolView protocol,
            List<ProtocolUse> protocols,
            List<ScoredEvaluation> standings,
            boolean hidden,
            Leaderboard.@Nullable Without without,
            List<Answers> answers,
            List<Published> published) {
        // Without a score there is nothing to compare: these come last, and in no group.
        List<ScoredEvaluation> scored = standings.stream()
                .filter(standing -> standing.score(metric) != null)
                .toList();
        int[] groups =
                TieGroups.of(scored.stream().map(ScoredEvaluation::solved).toList());
        return new Leaderboard(
                set,
                metric,
                protocol,
                protocols,
                PublishedOn.split(set.name(), puzzleSets.manifest(set.digest()).recipe()),
                hidden,
                without,
                Leaderboard.entries(standings, metric, groups, evaluation -> dollarsPerTask(evaluation, set)),
                answers,
                published);
    }

    private @Nullable Double dollarsPerTask(BoardRow evaluation, PuzzleSetView set) {
        OptionalDouble dollars = prices.dollars(evaluation.deviceMillis());
        return dollars.isPresent() ? Double.valueOf(dollars.getAsDouble() / set.taskCount()) : null;
    }

    private static PuzzleKind kind(PuzzleSetView set) {
        return PuzzleKind.named(set.kind());
    }
}
