package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.RequestedProtocol;
import dev.trmarena.arena.client.ArenaApi.Rerun;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A full disk is said and passes; a damaged file ends an evaluation with words, never with a wrong score. */
@DisturbsServices
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheStoreMayFail {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Load SUDOKU = Load.sudoku(2, Load.ALL);
    private static final Load ARC = Load.arc(1);
    private static final List<String> SOLVERS = List.of("solver-1", "solver-2");

    @Test
    void a_full_disk_is_said_and_passes(Disturbed disturbed) throws Exception {
        List<String> expected = disturbed.undisturbed(SUDOKU);
        Set<Path> before = incoming(disturbed);
        ArenaProblem refused;
        try (var filler = disturbed.disk().fill(32 << 10)) {
            assertThat(filler.file()).exists();
            refused = catchThrowableOfType(ArenaProblem.class, () -> disturbed.started(SUDOKU));
        }
        assertThat(refused).isNotNull();
        // Refused before a byte is sent where the file and what other uploads are still to bring have no room, in the
        // middle of its bytes otherwise.
        assertThat(refused.describe())
                .containsAnyOf("no space left", "has room for")
                .contains("free some space")
                .doesNotContain("Exception");
        JsonNode evaluation = disturbed.finished(disturbed.started(SUDOKU));
        assertThat(disturbed.recorded().outcome(Disturbed.idOf(evaluation))).isEqualTo(expected);
        // What broke off half-way is not left to fill the disk for good.
        assertThat(incoming(disturbed)).isEqualTo(before);
    }

    private static Set<Path> incoming(Disturbed disturbed) throws IOException {
        Path folder = disturbed.platform().data().resolve("artifacts/incoming");
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    @Test
    void damaged_weights_end_an_evaluation_without_a_score(Disturbed disturbed) throws Exception {
        JsonNode evaluation = disturbed.finished(disturbed.started(ARC));
        String weights = disturbed
                .recorded()
                .lines(
                        "select c.manifest ->> 'weights' from evaluation e join checkpoint c on c.id = e.checkpoint_id"
                                + " where e.id = ?",
                        Disturbed.idOf(evaluation))
                .get(0);
        assertDamageIsSaid(disturbed, evaluation, weights, new RequestedProtocol(2, null, 0, null, null), SOLVERS);
    }

    @Test
    void a_damaged_puzzle_set_ends_an_evaluation_without_a_score(Disturbed disturbed) throws Exception {
        JsonNode evaluation = disturbed.finished(disturbed.started(ARC));
        String inputs = fileOfTheSet(disturbed, evaluation, "inputs.npy");
        assertDamageIsSaid(disturbed, evaluation, inputs, new RequestedProtocol(2, null, null, null, null), SOLVERS);
    }

    /** No solver ever reads them: whoever scores finds out. */
    @Test
    void damaged_solutions_end_an_evaluation_without_a_score(Disturbed disturbed) throws Exception {
        JsonNode evaluation = disturbed.finished(disturbed.started(SUDOKU));
        String solutions = fileOfTheSet(disturbed, evaluation, "labels.npy");
        assertDamageIsSaid(
                disturbed,
                evaluation,
                solutions,
                new RequestedProtocol(3, null, null, null, null),
                List.of("leaderboard-api"));
    }

    private static String fileOfTheSet(Disturbed disturbed, JsonNode evaluation, String role) throws Exception {
        String manifest = disturbed
                .recorded()
                .lines(
                        "select s.manifest_digest from evaluation e join puzzle_set s on s.id = e.puzzle_set_id"
                                + " where e.id = ?",
                        Disturbed.idOf(evaluation))
                .get(0);
        return JSON.readTree(artifact(disturbed, manifest).toFile())
                .path("artifacts")
                .path(role)
                .asText();
    }

    /** @param readers the processes that read the file */
    private static void assertDamageIsSaid(
            Disturbed disturbed, JsonNode evaluation, String digest, RequestedProtocol protocol, List<String> readers)
            throws Exception {
        Path file = artifact(disturbed, digest);
        flipTheLastBit(file);
        // Whoever has read it already has read it whole; a process that starts now has not.
        readers.forEach(disturbed.processes()::killAndAwaitRestart);
        JsonNode failed = last(disturbed, again(disturbed, evaluation, protocol));
        assertThat(failed.path("state").asText()).isEqualTo("failed");
        assertThat(failed.path("failure").path("reason").asText())
                .contains(digest)
                .contains("damaged");
        assertThat(failed.path("scores")).isEmpty();
        flipTheLastBit(file);
        JsonNode mended = last(disturbed, again(disturbed, evaluation, protocol));
        assertThat(mended.path("state").asText())
                .as("with the file mended, without a restart: %s", mended)
                .isEqualTo("finished");
    }

    /** The same checkpoint and set by another protocol, as {@code ./arena rerun} asks for it: nothing is uploaded. */
    private static JsonNode again(Disturbed disturbed, JsonNode evaluation, RequestedProtocol protocol) {
        var request = new Rerun(evaluation.path("id").asText(), protocol, false, false, "normal");
        return new PatientUser(disturbed.client())
                .until("rerun", () -> Asked.tree(disturbed.client().api().startEvaluation(request)));
    }

    private static JsonNode last(Disturbed disturbed, JsonNode evaluation) {
        return new PatientUser(disturbed.client()).sees(evaluation);
    }

    private static Path artifact(Disturbed disturbed, String digest) {
        return disturbed
                .platform()
                .data()
                .resolve("artifacts/sha256")
                .resolve(digest.substring(0, 2))
                .resolve(digest);
    }

    private static void flipTheLastBit(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            long last = file.length() - 1;
            file.seek(last);
            int value = file.read();
            file.seek(last);
            file.write(value ^ 1);
        }
    }
}
