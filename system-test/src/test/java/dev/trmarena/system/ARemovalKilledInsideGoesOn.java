package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * ingest dies while it removes a puzzle set: with the rows of an evaluation deleted and not committed, and with these gone and the files
 * still there. Each evaluation is whole or gone; the same command goes on, and nothing is left at the end.
 */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ARemovalKilledInsideGoesOn {
    private static final String VICTIM = "ingest";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** A set that no other test has, so that its files are its own. */
    private static final int UNITS = 5;

    private static final Load FIRST = Load.sudoku(1, UNITS);
    private static final Load SECOND = Load.sudoku(2, UNITS);

    enum Moment {
        BEFORE_THE_ROWS_ARE_COMMITTED(Place.entering("dev.trmarena.db.remove.RemoveEvaluations", "removeUnused"), 2),
        BEFORE_THE_FILES_ARE_DELETED(
                Place.entering("dev.trmarena.ingest.upload.DiscardArtifacts", "unused")
                        .within("dev.trmarena.ingest.remove.Remove"),
                1);

        private final Place place;
        private final int evaluationsLeft;

        Moment(Place place, int evaluationsLeft) {
            this.place = place;
            this.evaluationsLeft = evaluationsLeft;
        }
    }

    @ParameterizedTest
    @EnumSource
    void and_leaves_nothing(Moment moment, Disturbed disturbed) throws Exception {
        String set = "removal-" + moment.name().toLowerCase(Locale.ROOT).replace('_', '-');
        FIRST.imported(disturbed.client(), set);
        UUID first = Disturbed.idOf(disturbed.finished(FIRST.submitted(disturbed.client(), set)));
        UUID second = Disturbed.idOf(disturbed.finished(SECOND.submitted(disturbed.client(), set)));
        List<String> ofFirst = disturbed.recorded().outcome(first);
        List<String> ofSecond = disturbed.recorded().outcome(second);
        List<Path> files = filesOf(disturbed, set);
        assertThat(files).isNotEmpty().allMatch(Files::exists);

        String[] command = {"remove", "puzzle-set", set, "--yes", "--json"};
        try (Boundary boundary = disturbed.boundary(VICTIM, moment.place)) {
            var removing = disturbed.running(command);
            boundary.awaitReached(PATIENCE);
            disturbed.processes().kill(VICTIM);
            assertThat(removing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).exit())
                    .isNotZero();
        }
        assertThat(disturbed.recorded().evaluationsOn(set)).hasSize(moment.evaluationsLeft);
        assertThat(disturbed.recorded().outcome(first)).isEqualTo(moment.evaluationsLeft == 2 ? ofFirst : List.of());
        assertThat(disturbed.recorded().outcome(second)).as("was not its turn").isEqualTo(ofSecond);

        disturbed.processes().awaitRestart(VICTIM);
        disturbed.awaitServices(PATIENCE);
        Arena.Result gone = disturbed.platform().run(command);
        assertThat(gone.exit()).as(gone.err()).isZero();
        assertThat(gone.json().path("evaluations").asInt()).isEqualTo(moment.evaluationsLeft);
        assertThat(gone.json().path("puzzleSet").asBoolean()).isTrue();
        assertThat(disturbed.recorded().lines("select name from puzzle_set where name = ?", set))
                .isEmpty();
        assertThat(disturbed.recorded().outcome(second)).isEmpty();
        await("its files are deleted").atMost(PATIENCE).untilAsserted(() -> assertThat(files)
                .noneMatch(Files::exists));
    }

    /** Those that nothing else needs. */
    private static List<Path> filesOf(Disturbed disturbed, String set) throws Exception {
        return disturbed.recorded().lines("""
                        select u.digest from artifact_use u join puzzle_set s on s.id = u.holder
                        where s.name = ? and not exists (
                          select 1 from artifact_use o where o.digest = u.digest and o.holder <> u.holder)""", set).stream()
                .map(digest -> disturbed
                        .platform()
                        .data()
                        .resolve("artifacts/sha256")
                        .resolve(digest.substring(0, 2))
                        .resolve(digest))
                .toList();
    }
}
