package dev.trmarena.solver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.messages.FailureKind;
import dev.trmarena.messages.Prediction;
import dev.trmarena.messages.Purpose;
import dev.trmarena.messages.WorkUnit;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.solver.model.EmbeddingRows;
import dev.trmarena.solver.model.Kernels;
import dev.trmarena.solver.model.Network;
import dev.trmarena.solver.model.Schedule;
import dev.trmarena.solver.model.StepOutputs;
import dev.trmarena.solver.model.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a unit is answered depends on nothing that is solved beside it, to the last bit, and not on how much memory holds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ABatchChangesNoAnswer {
    /** No multiple of what goes through the scripts together: in a batch these are cut elsewhere, unless units are kept apart. */
    private static final int EXAMPLES = 5;

    private static final int UNITS = 7;
    private static final int BATCH_TOKENS = 1 << 16;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"8-steps.float32", "8-steps.float32.early", "8-steps.bfloat16"})
    void units_alone_and_together(String protocol) throws IOException {
        DemoArtifacts demo = DemoArtifacts.nineByNine(folder);
        List<WorkUnit> units = units(demo, protocol);
        try (var unitSolver = new CachingUnitSolver(demo.store(), BATCH_TOKENS)) {
            assertSame(solved(unitSolver, units), alone(unitSolver, units));
        }
    }

    @Test
    void units_that_run_together_only_in_part() throws IOException {
        DemoArtifacts demo = DemoArtifacts.nineByNine(folder);
        List<WorkUnit> units = units(demo, "4-steps.float32");
        try (var unitSolver = new CachingUnitSolver(demo.store(), BATCH_TOKENS);
                var narrow = new CachingUnitSolver(demo.store(), 2 * EXAMPLES * 81 + 1)) {
            assertSame(solved(narrow, units), alone(unitSolver, units));
        }
    }

    @Test
    void what_memory_does_not_hold_is_halved_and_said_and_no_failure() throws IOException {
        DemoArtifacts demo = DemoArtifacts.nineByNine(folder);
        List<WorkUnit> units = units(demo, "4-steps.float32");
        List<Integer> tried = new ArrayList<>();
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        var logger = (Logger) LoggerFactory.getLogger(RowsTogether.class);
        logger.addAppender(said);
        try (var unitSolver = new CachingUnitSolver(demo.store(), BATCH_TOKENS);
                var small = new CachingUnitSolver(demo.store(), BATCH_TOKENS, holds(10, tried))) {
            List<UnitSolver.Answer> expected = alone(unitSolver, units);
            assertSame(solved(small, units), expected);
            assertThat(tried).startsWith(UNITS * EXAMPLES, 15).doesNotContain(17);
            assertThat(said.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(
                            line -> line.startsWith("35 examples do not fit into memory together, going on with 17: "));
            tried.clear();
            assertSame(solved(small, units), expected);
            assertThat(tried).as("it stays halved").allMatch(rows -> rows <= 10);
        } finally {
            logger.detachAppender(said);
        }
    }

    @Test
    void an_example_that_alone_is_too_large_is_trouble_of_its_unit() throws IOException {
        DemoArtifacts demo = DemoArtifacts.nineByNine(folder);
        List<Integer> tried = new ArrayList<>();
        try (var none = new CachingUnitSolver(demo.store(), BATCH_TOKENS, holds(0, tried))) {
            assertThatThrownBy(() -> solved(none, units(demo, "4-steps.float32").subList(0, 1)))
                    .satisfies(trouble -> assertThat(Delivery.kind(trouble)).isEqualTo(FailureKind.MEMORY));
            assertThat(tried).containsExactly(5, 2, 1);
        }
    }

    @Test
    void other_trouble_is_not_taken_for_it() throws IOException {
        DemoArtifacts demo = DemoArtifacts.nineByNine(folder);
        UnaryOperator<Network> broken = network -> new Wrapped(network, rows -> {
            throw new EngineException("the device fell off the bus");
        });
        try (var unitSolver = new CachingUnitSolver(demo.store(), BATCH_TOKENS, broken)) {
            assertThatThrownBy(() -> solved(unitSolver, units(demo, "4-steps.float32")))
                    .hasMessage("the device fell off the bus");
        }
    }

    private static UnaryOperator<Network> holds(int most, List<Integer> tried) {
        return network -> new Wrapped(network, rows -> {
            tried.add(rows);
            if (rows > most) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
            }
        });
    }

    private static List<UnitSolver.Answer> solved(UnitSolver solver, List<WorkUnit> units) throws IOException {
        return solver.solve(units, () -> false);
    }

    private static List<UnitSolver.Answer> alone(UnitSolver solver, List<WorkUnit> units) throws IOException {
        List<UnitSolver.Answer> answers = new ArrayList<>();
        for (WorkUnit unit : units) {
            answers.addAll(solved(solver, List.of(unit)));
        }
        return answers;
    }

    private static void assertSame(List<UnitSolver.Answer> answers, List<UnitSolver.Answer> expected) {
        assertThat(answers).hasSize(expected.size());
        for (int unit = 0; unit < expected.size(); unit++) {
            List<Prediction> theirs = expected.get(unit).predictions();
            assertThat(theirs).hasSize(EXAMPLES);
            assertThat(answers.get(unit).predictions())
                    .as("unit %s", unit)
                    .usingRecursiveComparison()
                    .isEqualTo(theirs);
        }
    }

    private static List<WorkUnit> units(DemoArtifacts demo, String protocol) {
        UUID evaluation = UUID.randomUUID();
        List<WorkUnit> units = new ArrayList<>();
        for (int index = 0; index < UNITS; index++) {
            int first = index * EXAMPLES;
            units.add(new WorkUnit(
                    evaluation,
                    index,
                    Purpose.SCORE,
                    1,
                    1,
                    demo.checkpointManifest(),
                    demo.puzzleSetManifest(),
                    first,
                    first + EXAMPLES,
                    EXAMPLES,
                    protocol,
                    2));
        }
        return units;
    }

    /** A network of the demo, on a device of which the test says what it holds. */
    private record Wrapped(Network network, Consumer<Integer> before) implements Network {
        @Override
        public HyperParameters hyperParameters() {
            return network.hyperParameters();
        }

        @Override
        public Dtype dtype() {
            return network.dtype();
        }

        @Override
        public Kernels kernels() {
            return network.kernels();
        }

        @Override
        public Network withRows(EmbeddingRows rows) {
            return new Wrapped(network.withRows(rows), before);
        }

        @Override
        public void run(
                int[][] tokens,
                int[] identifiers,
                int[] firsts,
                Schedule schedule,
                StepOutputs extras,
                Consumer<StepResult> each)
                throws IOException {
            before.accept(tokens.length);
            network.run(tokens, identifiers, firsts, schedule, extras, each);
        }

        @Override
        public void close() throws IOException {
            network.close();
        }
    }
}
