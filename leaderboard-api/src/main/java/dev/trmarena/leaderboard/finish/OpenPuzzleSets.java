package dev.trmarena.leaderboard.finish;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trmarena.artifacts.store.ArtifactStore;
import dev.trmarena.db.board.ReadPuzzleSets;
import dev.trmarena.puzzles.set.PuzzleSet;
import dev.trmarena.puzzles.set.PuzzleSetManifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Puzzle sets stay open: reading the identifiers of an ARC set takes seconds, its arrays are only mapped. */
@Singleton
public class OpenPuzzleSets {
    /** One as published, of a thousand augmentations a task, takes about 20 MB; one of more than this may still be open, alone. */
    private static final int MOST_BYTES = 96 << 20;

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

    @Inject
    OpenPuzzleSets(ArtifactStore store) {
        this(store, MOST_BYTES);
    }

    OpenPuzzleSets(ArtifactStore store, int mostBytes) {
        this.store = store;
        this.open = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(mostBytes)
                .weigher((String digest, PuzzleSet set) ->
                        (int) Math.min(Math.max(set.bytes(), mostBytes / MOST_OPEN), mostBytes))
                .build();
    }

    /** @param manifestDigest SHA-256 of the set's manifest artifact */
    public PuzzleSet byManifest(String manifestDigest) {
        return open.get(manifestDigest, digest -> PuzzleSet.open(read(digest), store::verified));
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

    /** Of those that are open now. */
    long openBytes() {
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
