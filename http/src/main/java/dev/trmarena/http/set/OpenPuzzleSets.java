package dev.trmarena.http.set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Puzzle sets stay open: reading the identifiers of an ARC set takes seconds, its arrays are only mapped. */
@Singleton
public class OpenPuzzleSets {
    /** Each maps some files, however little memory it takes. */
    private static final int MOST_OPEN = 64;

    /** Of a few hundred bytes each. */
    private static final int MOST_MANIFESTS = 1000;

    private final ArtifactStore store;
    private final Cache<String, PuzzleSet> open;
    private final Cache<String, PuzzleSetManifest> manifests = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST_MANIFESTS)
            .build();

    /**
     * @param most one as published, of a thousand augmentations a task, takes about 20 MB; one of more than this may still be open,
     *     alone
     */
    @Inject
    OpenPuzzleSets(
            ArtifactStore store, @ConfigProperty(name = "arena.open-sets", defaultValue = "96M") MemorySize most) {
        this(store, most.asLongValue());
    }

    public OpenPuzzleSets(ArtifactStore store, long most) {
        int mostBytes = Math.toIntExact(most);
        this.store = store;
        this.open = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(mostBytes)
                .recordStats()
                .weigher((String digest, PuzzleSet set) ->
                        (int) Math.min(Math.max(set.bytes(), mostBytes / MOST_OPEN), mostBytes))
                .build();
    }

    /** Asked for by many at once it is opened once. @param manifestDigest SHA-256 of the set's manifest artifact */
    public PuzzleSet byManifest(String manifestDigest) {
        return open.get(manifestDigest, digest -> PuzzleSet.open(read(digest), store::verified));
    }

    /** The same; null unless it is open now. */
    public @Nullable PuzzleSet openNow(String manifestDigest) {
        return open.getIfPresent(manifestDigest);
    }

    /** The set that an evaluation runs on; there must be such an evaluation. No connection is held while the set is opened. */
    public PuzzleSet of(Jdbi jdbi, UUID evaluation) {
        return byManifest(jdbi.withHandle(handle -> ReadPuzzleSets.manifestOf(handle, evaluation))
                .orElseThrow());
    }

    /** What a set is, without opening it. @param manifestDigest SHA-256 of the set's manifest artifact */
    public PuzzleSetManifest manifest(String manifestDigest) {
        return manifests.get(manifestDigest, this::read);
    }

    /** How often one was opened, of all of them. */
    public long opened() {
        return open.stats().loadCount();
    }

    /** Of those that are open now. */
    public long openBytes() {
        return open.asMap().values().stream().mapToLong(PuzzleSet::bytes).sum();
    }

    private PuzzleSetManifest read(String digest) {
        try {
            return PuzzleSetManifest.fromJson(Files.readAllBytes(store.verified(digest)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest " + digest, e);
        }
    }
}
