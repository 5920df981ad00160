package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.system.DisturbedPlatform.Disturbed;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Three solvers die over one unit: the evaluation fails with their last words, keeps what it has, and a retry finishes it. */
@DisturbsSolvers
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AUnitThatKillsSolversIsGivenUp {
    @Test
    void and_a_retry_takes_up_the_missing_units_alone(Disturbed disturbed) throws Exception {
        UUID id = Disturbed.idOf(disturbed.started(Load.SLOW_UNITS));
        Hand last = ended(disturbed, id, solver -> disturbed.processes().kill(solver));
        await("what there is is scored")
                .atMost(Duration.ofSeconds(30))
                .until(() -> disturbed.now(id).path("partial").asBoolean());
        JsonNode failed = told(disturbed, id, last, "solver_ended", " was killed by SIGKILL \\(exit status 137\\)");
        int kept = failed.path("examplesDone").asInt();
        assertThat(kept).isPositive();
        Arena.Result shown = disturbed.platform().run("show", id.toString());
        assertThat(shown.out()).contains("what to do").contains("not ranked");

        Arena.Result retried = disturbed.platform().run("retry", id.toString(), "--wait", "--json");
        assertThat(retried.exit()).as(retried.err()).isZero();
        assertThat(retried.json().path("state").asText()).isEqualTo("finished");
        assertThat(disturbed.recorded().outcome(id)).isEqualTo(disturbed.undisturbed(Load.SLOW_UNITS));
        JsonNode history = disturbed.partOf(id, "history");
        assertThat(history.path("events").findValuesAsText("event"))
                .containsExactly("planned", "failed", "retried", "finished");
        assertThat(history.path("troubles").size()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void and_a_crash_of_native_code_is_told_with_the_report_of_the_machine(Disturbed disturbed) throws Exception {
        UUID id = Disturbed.idOf(disturbed.started(Load.SLOW_UNITS));
        Hand last = ended(disturbed, id, solver -> disturbed.processes().crash(solver));
        // Without a core dump the JVM ends itself after its report.
        JsonNode failed =
                told(disturbed, id, last, "solver_ended", " ended \\(exit status 1\\) after SIGSEGV \\(0xb\\) at pc=");
        assertThat(failed.path("failure").path("log"))
                .extracting(JsonNode::asText)
                .anyMatch(line -> line.contains("A fatal error has been detected by the Java Runtime Environment"));
        assertThat(disturbed.platform().data().resolve("logs/" + last.solver() + ".crash.log"))
                .content()
                .contains("SIGSEGV");
    }

    @Test
    void and_a_heap_that_is_full_is_told_with_the_error_of_the_machine(Disturbed disturbed) throws Exception {
        UUID id = Disturbed.idOf(disturbed.started(Load.SLOW_UNITS));
        Hand last = ended(disturbed, id, solver -> disturbed.processes().fillHeap(solver));
        String error = "java.lang.OutOfMemoryError: Java heap space";
        // The JVM says why it ends, and then runs the destructors of native code, which other threads are in: they may
        // end it first.
        String ending = " (ended|was killed by SIG[A-Z]+) \\(exit status \\d+\\) after " + error;
        JsonNode failed = told(disturbed, id, last, "memory", ending);
        assertThat(failed.path("failure").path("log"))
                .extracting(JsonNode::asText)
                .anyMatch(line -> line.contains(error));
    }

    /** Disturbs the solvers of one unit until it is given up. @return what the last of them had */
    private static Hand ended(Disturbed disturbed, UUID id, Death death) throws Exception {
        await("a unit is solved")
                .atMost(Duration.ofSeconds(60))
                .until(() -> disturbed.now(id).path("unitsDone").asInt() > 0);
        var deaths = new Deaths();
        Optional<Hand> next = next(disturbed, id, Optional.empty(), deaths);
        do {
            Hand last = next.orElseThrow();
            deaths.add(last);
            death.of(last.solver());
            // Whoever is free is next: waiting for the dead one lets the other finish what is left.
            next = next(disturbed, id, Optional.of(last), deaths);
        } while (next.isPresent());
        return deaths.thirdOfOneUnit();
    }

    /** Deliveries whose solver died: they look as if they were going on. */
    private static final class Deaths {
        private final Set<String> instances = new HashSet<>();
        private final Map<Integer, Set<Hand>> byUnit = new HashMap<>();

        void add(Hand hand) {
            instances.add(hand.instance());
            byUnit.computeIfAbsent(hand.unit(), unit -> new HashSet<>()).add(hand);
        }

        /** Of a process that died; what it began a moment before may be heard of only now, and is a death as well. */
        boolean has(Hand hand) {
            if (instances.contains(hand.instance())) {
                add(hand);
                return true;
            }
            return false;
        }

        Hand thirdOfOneUnit() {
            assertThat(byUnit.values()).as("deaths over a unit").anyMatch(hands -> hands.size() == 3);
            return byUnit.values().stream()
                    .filter(hands -> hands.size() == 3)
                    .flatMap(Set::stream)
                    .max(Comparator.comparingLong(Hand::number))
                    .orElseThrow();
        }
    }

    /** What a solver dies of. */
    private interface Death {
        void of(String solver) throws Exception;
    }

    /**
     * The unit may be given up a moment before the last end is told.
     *
     * @param ending a pattern
     * @return the evaluation, with its last words
     */
    private static JsonNode told(Disturbed disturbed, UUID id, Hand last, String kind, String ending)
            throws InterruptedException {
        await("the last words of " + last.solver())
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertTold(disturbed.now(id).path("failure"), last, kind, ending));
        return disturbed.now(id);
    }

    private static void assertTold(JsonNode failure, Hand last, String kind, String ending) {
        assertThat(failure.path("kind").asText()).isEqualTo(kind);
        assertThat(failure.path("reason").asText())
                .contains("unit " + last.unit() + " (examples ")
                .containsPattern("; the last error was: " + last.solver() + ending)
                .endsWith(" while it had unit " + last.unit());
        assertThat(failure.path("log"))
                .extracting(JsonNode::asText)
                .as("lines of that process, from its start")
                .anyMatch(line -> line.contains(last.solver() + " takes work from "));
    }

    /** A unit, the process of a solver that has it, and the number of the delivery by which it has it. */
    private record Hand(int unit, long number, String instance, String solver) {}

    /**
     * Waits until a solver has the unit again, or any unit where its last solver had answered it before it died.
     *
     * @param last whose solver was killed last
     * @return empty when the evaluation has failed
     */
    private static Optional<Hand> next(Disturbed disturbed, UUID id, Optional<Hand> last, Deaths deaths) {
        record Now(Optional<Hand> hand, boolean failed) {}
        String unit = last.map(hand -> "unit " + hand.unit()).orElse("a unit");
        return await(unit + " is in a solver's hand, or given up")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            boolean any = last.isEmpty()
                                    || disturbed
                                            .recorded()
                                            .isSolved(id, last.get().unit());
                            Optional<Hand> hand = inHand(disturbed, id).stream()
                                    .filter(each -> !deaths.has(each))
                                    .filter(each ->
                                            any || each.unit() == last.get().unit())
                                    .findFirst();
                            String state = disturbed.now(id).path("state").asText();
                            return state.equals("failed") ? new Now(Optional.empty(), true) : new Now(hand, false);
                        },
                        now -> now.failed() || now.hand().isPresent())
                .hand();
    }

    private static List<Hand> inHand(Disturbed disturbed, UUID id) throws IOException, SQLException {
        return disturbed.recorded().lines("""
                select d.idx || ' ' || d.number || ' ' || d.instance || ' ' || d.solver from delivery d
                join work_unit u on u.evaluation_id = d.evaluation_id and u.idx = d.idx
                where d.evaluation_id = ? and d.ended_at is null and u.solved_at is null
                order by d.number desc""", id).stream()
                .map(line -> line.split(" ", 4))
                .map(parts -> new Hand(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]))
                .toList();
    }
}
