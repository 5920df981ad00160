package dev.trmarena.ingest.plan;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.board.AnswersView;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.AnswersEntries;
import dev.trmarena.db.plan.NewAnswers;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.plan.StartEvaluation.Result;
import dev.trmarena.ingest.puzzleset.LinkFiles;
import dev.trmarena.ingest.puzzleset.OpenPuzzleSet;
import dev.trmarena.ingest.puzzleset.Problems;
import dev.trmarena.ingest.upload.AnswerOnce;
import dev.trmarena.ingest.upload.ConsumeUploads;
import dev.trmarena.ingest.upload.WorkFolders;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.answers.AnswerCost;
import dev.trmarena.puzzles.answers.AnsweredTasks;
import dev.trmarena.puzzles.answers.ScoreAnswers;
import dev.trmarena.puzzles.answers.ScoredAnswers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * From an upload with the answers of another system to an evaluation that is finished: they are read and scored before the first row is
 * written, and all rows are one transaction.
 */
@ApplicationScoped
class TakeAnswers {
    private static final Logger LOG = Logger.getLogger(TakeAnswers.class);

    private final AnswerOnce answerOnce;
    private final ConsumeUploads useUploads;
    private final OpenPuzzleSet openPuzzleSet;
    private final WorkFolders workFolders;
    private final ArtifactStore store;
    private final Jdbi jdbi;

    TakeAnswers(
            AnswerOnce answerOnce,
            ConsumeUploads useUploads,
            OpenPuzzleSet openPuzzleSet,
            WorkFolders workFolders,
            ArtifactStore store,
            Jdbi jdbi) {
        this.answerOnce = answerOnce;
        this.useUploads = useUploads;
        this.openPuzzleSet = openPuzzleSet;
        this.workFolders = workFolders;
        this.store = store;
        this.jdbi = jdbi;
    }

    /**
     * @throws Refusal 422 naming file, task and place of what is no answer, 404 without such an upload or set, 409 when the same answers are
     *     there with something else said of them
     */
    Result take(AnswersRequest request) {
        Result result = answerOnce.once(request, TakeAnswers::made, () -> make(request));
        LOG.infof(
                "answers %s %s: %s to %s",
                result.evaluation().id(),
                result.created() ? "scored" : "were there already",
                result.evaluation().model(),
                result.evaluation().puzzleSet());
        return result;
    }

    private static Optional<Result> made(Handle handle, String evaluation) {
        return ReadEvaluations.byId(handle, UUID.fromString(evaluation)).map(view -> new Result(view, false));
    }

    private Result make(AnswersRequest request) {
        String model = ModelName.checked(request.model());
        PuzzleSetRow set = jdbi.withHandle(handle -> PuzzleSets.find(handle, request.puzzleSet())
                .orElseThrow(() -> UnknownPuzzleSet.named(handle, request.puzzleSet())));
        // Before the memory of the answers is taken: opened within that, it would take none of its own.
        AnsweredTasks tasks = AnsweredTasks.of(openPuzzleSet.of(set.name(), set.manifestDigest()));
        return useUploads.use(RiskyWork.Kind.ANSWERS, List.of(request.upload()), uploads -> {
            Upload file = uploads.get(request.upload());
            ScoredAnswers scored = score(tasks, file, request.leniently());
            var answers = new NewAnswers(
                    UUID.randomUUID(),
                    set.id(),
                    model,
                    file.fileName(),
                    file.digest(),
                    request.leniently(),
                    dollars(request, scored),
                    request.paper(),
                    request.code(),
                    scored.report());
            AnswersEntries.insertGrids(jdbi, scored);
            return jdbi.inTransaction(handle -> write(handle, request, answers, scored));
        });
    }

    private ScoredAnswers score(AnsweredTasks tasks, Upload file, boolean lenient) {
        try (var folder = workFolders.open()) {
            Path source = folder.path().resolve("answers");
            try {
                LinkFiles.link(source, file.fileName(), store.path(file.digest()));
                return ScoreAnswers.score(
                        tasks, source.resolve(file.fileName()), folder.path().resolve("arrays"), lenient);
            } catch (InputProblem e) {
                throw new Refusal(Problems.of(e, source), e);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file.fileName(), e);
            }
        }
    }

    private static @Nullable Double dollars(AnswersRequest request, ScoredAnswers scored) {
        AnswerCost cost = scored.report().cost();
        return request.dollarsPerTask() != null || cost == null ? request.dollarsPerTask() : cost.dollarsPerTask();
    }

    private static Result write(Handle handle, AnswersRequest request, NewAnswers answers, ScoredAnswers scored) {
        Optional<Result> meanwhile = AnswerOnce.madeMeanwhile(handle, request).flatMap(made -> made(handle, made));
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        ModelName.requireOwnLook(handle, answers.model());
        Optional<UUID> same = AnswersEntries.find(handle, answers.digest(), answers.puzzleSet(), answers.model());
        boolean create = same.isEmpty() || Boolean.TRUE.equals(request.again());
        if (create) {
            AnswersEntries.insert(handle, answers, scored);
        }
        UUID id = create ? answers.id() : same.orElseThrow();
        EvaluationView view = ReadEvaluations.byId(handle, id).orElseThrow();
        if (!create) {
            requireSame(answers, view);
        }
        AnswerOnce.made(handle, request, id.toString());
        return new Result(view, create);
    }

    /** What somebody says of answers is never dropped in silence. */
    private static void requireSame(NewAnswers now, EvaluationView before) {
        AnswersView said = Objects.requireNonNull(before.answers());
        if (said.lenient() != now.lenient()
                || !Objects.equals(said.dollarsPerTask(), now.dollarsPerTask())
                || !Objects.equals(said.paper(), now.paper())
                || !Objects.equals(said.code(), now.code())) {
            throw new Refusal(
                    409,
                    "the same answers are there already, with another cost, paper, code or leniency (evaluation "
                            + before.id() + ")",
                    "open that one; or have another entry of them (--again, 'again': true), or remove it first");
        }
    }
}
