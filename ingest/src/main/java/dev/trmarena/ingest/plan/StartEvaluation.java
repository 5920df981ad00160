package dev.trmarena.ingest.plan;

import dev.trmarena.artifacts.checkpoint.CheckpointManifest;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.artifacts.checkpoint.Leeway;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.board.EvaluationView;
import dev.trmarena.db.board.ReadEvaluations;
import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.db.plan.EvaluatedBefore;
import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.NewCheckpoint;
import dev.trmarena.db.plan.NewEvaluation;
import dev.trmarena.db.plan.PlanEvaluation;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.plan.QueuedWork;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.NoSuchEvaluation;
import dev.trmarena.http.refuse.NotRunHere;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.dispatch.Dispatcher;
import dev.trmarena.ingest.inspect.AcceptCheckpoint;
import dev.trmarena.ingest.inspect.AcceptedCheckpoint;
import dev.trmarena.ingest.inspect.FitInMemory;
import dev.trmarena.ingest.inspect.FitToPuzzleSet;
import dev.trmarena.ingest.upload.AnswerOnce;
import dev.trmarena.ingest.upload.ConsumeUploads;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.puzzles.score.Protocol;
import dev.trmarena.traces.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** From uploads to a planned evaluation: inspect, fit, store, plan; the units wait for the dispatcher. */
@ApplicationScoped
class StartEvaluation {
    private static final Logger LOG = Logger.getLogger(StartEvaluation.class);

    private final AnswerOnce answerOnce;
    private final ConsumeUploads useUploads;
    private final AcceptCheckpoint acceptCheckpoint;
    private final FitInMemory fitInMemory;
    private final CutIntoUnits cutIntoUnits;
    private final QueueLimit queueLimit;
    private final StoreFiles storeFiles;
    private final Dispatcher dispatcher;
    private final Jdbi jdbi;
    private final Traces traces;

    StartEvaluation(
            AnswerOnce answerOnce,
            ConsumeUploads useUploads,
            AcceptCheckpoint acceptCheckpoint,
            FitInMemory fitInMemory,
            CutIntoUnits cutIntoUnits,
            QueueLimit queueLimit,
            StoreFiles storeFiles,
            Dispatcher dispatcher,
            Jdbi jdbi,
            Traces traces) {
        this.answerOnce = answerOnce;
        this.useUploads = useUploads;
        this.acceptCheckpoint = acceptCheckpoint;
        this.fitInMemory = fitInMemory;
        this.cutIntoUnits = cutIntoUnits;
        this.queueLimit = queueLimit;
        this.storeFiles = storeFiles;
        this.dispatcher = dispatcher;
        this.jdbi = jdbi;
        this.traces = traces;
    }

    /**
     * @param evaluation with notes of what was sent, too, where another file or configuration led to the same work
     * @param created false when the same checkpoint has been, or is being, evaluated on this set already, or the same
     *     answers are there
     */
    record Result(EvaluationView evaluation, boolean created) {}

    /** @param sender whose place it takes @param traceparent of the span that goes on with it; null for none */
    private record Asked(
            EvaluationRequest request,
            String sender,
            @Nullable String traceparent) {}

    /**
     * @param sender whose place among those that wait it takes, see {@link dev.trmarena.http.admit.Sender}
     * @param parent the span of whoever asks; null when it is in no trace
     */
    Result start(EvaluationRequest request, String sender, @Nullable String parent) {
        Span span = traces.begin("plan", SpanKind.SERVER, parent);
        MDC.put(Traces.LOG_FIELD, span.getSpanContext().getTraceId());
        try {
            Result result = start(request, sender, span);
            span.setAttribute("evaluation", result.evaluation().id().toString());
            span.setAttribute("created", result.created());
            span.setAttribute("units", result.evaluation().unitCount());
            return result;
        } catch (RuntimeException e) {
            Traces.failed(span, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            span.end();
        }
    }

    private Result start(EvaluationRequest request, String sender, Span span) {
        var asked = new Asked(request, sender, Traces.traceparent(span));
        Result result =
                request.toldApart() ? answerOnce.once(request, StartEvaluation::made, () -> make(asked)) : make(asked);
        dispatcher.wake();
        MDC.put("evaluation", result.evaluation().id().toString());
        LOG.infof(
                "evaluation %s %s: %s on %s, %s, %d units",
                result.evaluation().id(),
                result.created() ? "planned" : "was there already",
                result.evaluation().model(),
                result.evaluation().puzzleSet(),
                Objects.requireNonNull(result.evaluation().protocol()).key(),
                result.evaluation().unitCount());
        return result;
    }

    private static Optional<Result> made(Handle handle, String evaluation) {
        return ReadEvaluations.byId(handle, UUID.fromString(evaluation)).map(view -> new Result(view, false));
    }

    private Result make(Asked asked) {
        UUID evaluation = asked.request().evaluation();
        return evaluation == null ? ofUploads(asked) : again(asked, evaluation);
    }

    private Result ofUploads(Asked asked) {
        EvaluationRequest request = asked.request();
        UUID checkpoint = Objects.requireNonNull(request.checkpoint(), "checkpoint");
        List<UUID> ids = new ArrayList<>(List.of(checkpoint));
        if (request.config() != null) {
            ids.add(request.config());
        }
        return useUploads.use(RiskyWork.Kind.PLAN, ids, uploads -> ofUploads(asked, uploads, checkpoint));
    }

    private Result ofUploads(Asked asked, ConsumeUploads.Found uploads, UUID checkpoint) {
        EvaluationRequest request = asked.request();
        String wanted = request.model() == null ? null : ModelName.checked(request.model());
        String name = Objects.requireNonNull(request.puzzleSet(), "puzzleSet");
        PuzzleSetRow set = jdbi.withHandle(handle -> findSet(handle, name));
        Upload file = uploads.get(checkpoint);
        Upload config = request.config() == null ? null : uploads.get(request.config());
        try (var batch = storeFiles.begin()) {
            AcceptedCheckpoint accepted = acceptCheckpoint.accept(
                    file,
                    config,
                    request.preset(),
                    request.given(),
                    set,
                    request.requestedProtocol().usesOwnRows(),
                    batch);
            String model = wanted == null ? ModelName.derive(accepted.projectName(), file.fileName()) : wanted;
            NewEvaluation evaluation = evaluation(request, file.fileName(), accepted.manifest(), set, model);
            return batch.commit(handle -> plan(handle, asked, accepted.checkpoint(), evaluation));
        }
    }

    /** The checkpoint and the set of another evaluation, by the protocol that is wanted now. */
    private Result again(Asked asked, UUID id) {
        EvaluationRequest request = asked.request();
        String wanted = request.model() == null ? null : ModelName.checked(request.model());
        EvaluatedBefore before =
                jdbi.withHandle(handle -> EvaluatedBefore.find(handle, id).orElseThrow(() -> cannotRun(handle, id)));
        PuzzleSetRow set = jdbi.withHandle(handle -> findSet(handle, before.puzzleSet()));
        CheckpointManifest manifest = manifest(before.checkpoint());
        fitInMemory.check(before.checkpoint().fileName(), manifest, set);
        if (request.requestedProtocol().usesOwnRows() && !jdbi.withHandle(before::ranByOwnRows)) {
            // Nobody has asked yet whether its own rows are those of the set.
            FitToPuzzleSet.check(
                    before.checkpoint().fileName(),
                    manifest.architecture(),
                    manifest.hyperParameters(),
                    set,
                    new Leeway(null, true),
                    true);
        }
        String model = wanted == null ? before.model() : wanted;
        NewEvaluation evaluation = evaluation(request, before.checkpoint().fileName(), manifest, set, model);
        return jdbi.inTransaction(handle -> {
            NewCheckpoint weights = before.checkpoint();
            if (!ArtifactUses.keep(handle, List.of(weights.manifestDigest(), weights.weightsDigest()))) {
                throw NoSuchEvaluation.of(id);
            }
            return plan(handle, asked, before.checkpoint(), evaluation);
        });
    }

    private static Refusal cannotRun(Handle handle, UUID id) {
        return ReadEvaluations.byId(handle, id).isPresent()
                ? NotRunHere.of(id, "run it again")
                : NoSuchEvaluation.of(id);
    }

    private NewEvaluation evaluation(
            EvaluationRequest request, String file, CheckpointManifest manifest, PuzzleSetRow set, String model) {
        HyperParameters hyper = manifest.hyperParameters();
        Protocol protocol = request.requestedProtocol().of(manifest.architecture(), hyper, set);
        if (protocol.adaptation() != null) {
            fitInMemory.check(file, manifest, set, protocol.adaptation());
        }
        return cutIntoUnits.cut(hyper, set, model, protocol, request.wish());
    }

    private Result plan(Handle handle, Asked asked, NewCheckpoint checkpoint, NewEvaluation evaluation) {
        EvaluationRequest request = asked.request();
        if (request.toldApart()) {
            Optional<Result> meanwhile =
                    AnswerOnce.madeMeanwhile(handle, request).flatMap(made -> made(handle, made));
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
        }
        ModelName.requireOwnLook(handle, evaluation.model());
        var planned = PlanEvaluation.plan(
                handle,
                checkpoint,
                evaluation,
                asked.traceparent(),
                open -> queueLimit.requireRoom(
                        open, asked.sender(), evaluation.units().size()));
        if (planned.created()) {
            QueuedWork.askedBy(handle, planned.evaluation(), asked.sender());
        }
        if (request.checkpoint() != null) {
            Fetches.madeCheckpoint(handle, request.checkpoint(), checkpoint.manifestDigest());
        }
        EvaluationView view = ReadEvaluations.byId(handle, planned.evaluation()).orElseThrow();
        if (request.model() != null && !view.model().equals(evaluation.model())) {
            throw ranBefore(view);
        }
        if (request.toldApart()) {
            AnswerOnce.made(handle, request, view.id().toString());
        }
        return new Result(view.noting(notes(checkpoint, evaluation)), planned.created());
    }

    private static List<String> notes(NewCheckpoint checkpoint, NewEvaluation evaluation) {
        return Stream.concat(manifest(checkpoint).notes().stream(), evaluation.notes().stream())
                .toList();
    }

    private static CheckpointManifest manifest(NewCheckpoint checkpoint) {
        return CheckpointManifest.fromJson(checkpoint.manifest().getBytes(StandardCharsets.UTF_8));
    }

    /** The name that somebody wishes is never dropped in silence. */
    private static Refusal ranBefore(EvaluationView view) {
        return new Refusal(
                409,
                "these weights were run on " + view.puzzleSet() + " by this protocol before, as " + view.model()
                        + " (evaluation " + view.id() + ")",
                "open that one; leave the name out to be answered by it; or run it again under your name, which is then"
                        + " listed beside the first (--again, 'again': true)");
    }

    private static PuzzleSetRow findSet(Handle handle, String name) {
        return PuzzleSets.find(handle, name).orElseThrow(() -> UnknownPuzzleSet.named(handle, name));
    }
}
