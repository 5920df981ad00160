package dev.trmarena.ingest.puzzleset;

import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.board.PuzzleSetView;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.PuzzleSetRow;
import dev.trmarena.db.plan.PuzzleSets;
import dev.trmarena.db.plan.TaskHashes;
import dev.trmarena.db.plan.Upload;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.http.refuse.UnknownPuzzleSet;
import dev.trmarena.ingest.names.LookAlike;
import dev.trmarena.ingest.puzzleset.PuzzleSetRequest.FileOfSet;
import dev.trmarena.ingest.upload.AnswerOnce;
import dev.trmarena.ingest.upload.ConsumeUploads;
import dev.trmarena.ingest.upload.StoreFiles;
import dev.trmarena.ingest.upload.WorkFolders;
import dev.trmarena.limits.Quote;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ArcRecipe;
import dev.trmarena.puzzles.build.BuildOfRawTasks;
import dev.trmarena.puzzles.set.PuzzleKind;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetImport;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Uploads, laid out under their names, become arrays in the store, a manifest that names them, and a row. */
@ApplicationScoped
class ImportPuzzleSet {
    private static final Logger LOG = Logger.getLogger(ImportPuzzleSet.class);
    private final AnswerOnce answerOnce;
    private final ConsumeUploads useUploads;
    private final WorkFolders workFolders;
    private final StoreFiles storeFiles;
    private final ArtifactStore store;
    private final Jdbi jdbi;

    ImportPuzzleSet(
            AnswerOnce answerOnce,
            ConsumeUploads useUploads,
            WorkFolders workFolders,
            StoreFiles storeFiles,
            ArtifactStore store,
            Jdbi jdbi) {
        this.answerOnce = answerOnce;
        this.useUploads = useUploads;
        this.workFolders = workFolders;
        this.storeFiles = storeFiles;
        this.store = store;
        this.jdbi = jdbi;
    }

    /** @param created false when the very same set was there already under this name */
    record Result(ImportedPuzzleSet set, boolean created) {}

    Result importSet(PuzzleSetRequest request) {
        return answerOnce.once(
                request,
                (handle, set) -> ReadPuzzleSets.byName(handle, set)
                        .map(view -> new Result(ImportedPuzzleSet.of(view, List.of(), 0), false)),
                () -> make(request));
    }

    private Result make(PuzzleSetRequest request) {
        String replaces = request.replaces();
        if (replaces != null) {
            jdbi.useHandle(handle -> {
                if (PuzzleSets.find(handle, replaces).isEmpty()) {
                    throw UnknownPuzzleSet.named(handle, replaces);
                }
            });
        }
        List<UUID> ids = request.files().stream().map(FileOfSet::upload).toList();
        return useUploads.use(RiskyWork.Kind.IMPORT, ids, uploads -> {
            PuzzleKind kind = kind(request.kind());
            try (var folder = workFolders.open();
                    var batch = storeFiles.begin()) {
                var imported = read(request, uploads, kind, folder.path());
                return save(request, imported, batch);
            }
        });
    }

    private PuzzleSetImport.ImportedSet read(
            PuzzleSetRequest request, ConsumeUploads.Found uploads, @Nullable PuzzleKind kind, Path folder) {
        Path source = folder.resolve("source");
        for (FileOfSet file : request.files()) {
            Upload upload = uploads.get(file.upload());
            LinkFiles.link(source, file.path(), store.path(upload.digest()));
        }
        String only = request.files().size() == 1 ? request.files().get(0).path() : "";
        boolean csv = only.toLowerCase(Locale.ROOT).endsWith(".csv");
        try {
            if (request.recipe() != null) {
                return built(source, request.recipe().checked(), kind, folder);
            }
            return PuzzleSetImport.read(csv ? source.resolve(only) : source, kind, folder.resolve("arrays"));
        } catch (InputProblem e) {
            throw new Refusal(Problems.of(e, source), e);
        }
    }

    private static PuzzleSetImport.ImportedSet built(
            Path source, ArcRecipe recipe, @Nullable PuzzleKind kind, Path folder) {
        if (kind != null && kind != PuzzleKind.ARC) {
            throw new Refusal(400, "sets of the kind " + kind.key() + " have no recipe", "leave 'recipe' away");
        }
        Path compact = folder.resolve("compact");
        try {
            BuildOfRawTasks.build(source, recipe, compact);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build a puzzle set", e);
        }
        return PuzzleSetImport.read(compact, kind, folder.resolve("arrays"));
    }

    private Result save(PuzzleSetRequest request, PuzzleSetImport.ImportedSet imported, StoreFiles.Batch batch) {
        String name = request.name();
        Map<String, String> artifacts = new TreeMap<>();
        imported.files().forEach((role, file) -> artifacts.put(role, batch.put(file)));
        PuzzleSetManifest manifest = imported.manifest().withArtifacts(artifacts);
        String digest = batch.put(manifest.toJson());
        PuzzleSetRow row = row(name, digest, manifest);
        Result result = batch.commit(handle -> {
            LookAlike.refuse(handle, "puzzle set", name, () -> PuzzleSets.all(handle).stream()
                    .map(PuzzleSetRow::name)
                    .toList());
            boolean created = PuzzleSets.insert(handle, row, batch.digests());
            Fetches.madePuzzleSet(handle, request.files().get(0).upload(), name);
            if (request.replaces() != null) {
                PuzzleSets.replace(handle, request.replaces(), name);
            }
            PuzzleSetView set = existing(handle, name, digest);
            AnswerOnce.made(handle, request, name);
            return new Result(ImportedPuzzleSet.of(set, imported.warnings(), imported.warningCount()), created);
        });
        if (result.created()) {
            // Whoever waits for the name or for a file waits no longer. Killed here, HashOlderSets does it.
            PuzzleSet tasks = PuzzleSet.ofFiles(manifest, imported.files()::get);
            jdbi.useTransaction(handle -> TaskHashes.write(handle, row.id(), tasks));
        }
        LOG.infof(
                "puzzle set %s %s: %s, %d examples, %d warnings",
                name,
                result.created() ? "imported" : "was there already",
                manifest.kind(),
                manifest.exampleCount(),
                imported.warningCount());
        return result;
    }

    private static PuzzleSetView existing(Handle handle, String name, String digest) {
        PuzzleSetView set = ReadPuzzleSets.byName(handle, name).orElseThrow();
        if (!set.digest().equals(digest)) {
            throw new Refusal(
                    409,
                    "the name '" + name + "' belongs to another puzzle set (digest " + set.digest() + ", yours is "
                            + digest + ")",
                    "choose another name: scores under one name must mean one exact set");
        }
        return set;
    }

    private static PuzzleSetRow row(String name, String digest, PuzzleSetManifest manifest) {
        return new PuzzleSetRow(
                UUID.randomUUID(),
                name,
                manifest.kind().key(),
                digest,
                manifest.seqLen(),
                manifest.vocabSize(),
                manifest.identifierCount(),
                manifest.exampleCount(),
                manifest.taskCount());
    }

    private static @Nullable PuzzleKind kind(@Nullable String kind) {
        if (kind == null) {
            return null;
        }
        return PuzzleKind.find(kind)
                .orElseThrow(() -> new Refusal(
                        400,
                        "'" + Quote.of(kind) + "' is not a kind of puzzle",
                        "use sudoku, maze, arc or sequence, or null"));
    }
}
