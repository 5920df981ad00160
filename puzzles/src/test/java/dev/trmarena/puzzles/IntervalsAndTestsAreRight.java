package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.trmarena.puzzles.score.Interval;
import dev.trmarena.puzzles.score.OutputResult;
import dev.trmarena.puzzles.score.PairedTest;
import dev.trmarena.puzzles.score.PublishedResults;
import dev.trmarena.puzzles.score.SolvedTasks;
import dev.trmarena.puzzles.score.TaskBootstrap;
import dev.trmarena.puzzles.score.TieGroups;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sure a score is, and whether two models differ. */
class IntervalsAndTestsAreRight {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The ends p of Wilson's interval are where |share − p| is z standard errors of p: put in, they must satisfy this. */
    @ParameterizedTest
    @CsvSource({"1, 10", "5, 10", "293, 300", "1, 400000", "399999, 400000"})
    void wilson(long successes, long trials) {
        Interval interval = Interval.wilson(successes, trials);
        double share = successes / (double) trials;
        assertThat(interval.low()).isLessThan(share);
        assertThat(interval.high()).isGreaterThan(share);
        for (double end : new double[] {interval.low(), interval.high()}) {
            assertThat(Math.abs(share - end) / Math.sqrt(end * (1 - end) / trials))
                    .isCloseTo(1.959963984540054, within(1e-6));
        }
    }

    @Test
    void wilson_at_the_ends() {
        assertThat(Interval.wilson(0, 20).low()).isZero();
        assertThat(Interval.wilson(0, 20).high()).isCloseTo(0.16113, within(1e-5));
        assertThat(Interval.wilson(20, 20).high()).isEqualTo(1);
        assertThatThrownBy(() -> Interval.wilson(3, 2)).hasMessageContaining("3 successes of 2");
    }

    /** Of a mean of many zeros and ones it must be near the normal approximation, and the same every time. */
    @Test
    void bootstrap() {
        int tasks = 400;
        double[] solved = new double[tasks];
        double[] one = new double[tasks];
        Arrays.fill(one, 1);
        Arrays.fill(solved, 0, 160, 1);
        Interval interval = TaskBootstrap.intervals(new double[][] {solved}, new double[][] {one})[0];
        double half = 1.96 * Math.sqrt(0.4 * 0.6 / tasks);
        // one task is 0.0025; the ends are such multiples
        assertThat(interval.low()).isCloseTo(0.4 - half, within(0.003));
        assertThat(interval.high()).isCloseTo(0.4 + half, within(0.003));
        assertThat(TaskBootstrap.intervals(new double[][] {solved}, new double[][] {one})[0])
                .isEqualTo(interval);
        double[] none = new double[tasks];
        assertThat(TaskBootstrap.intervals(new double[][] {none, one}, new double[][] {one, one}))
                .containsExactly(new Interval(0, 0), new Interval(1, 1));
    }

    /** Against the same sum in whole numbers. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 5", "1, 8", "3, 3", "10, 25", "180, 220", "40, 1000"})
    void mcnemar(int onlyFirst, int onlySecond) {
        int n = onlyFirst + onlySecond;
        BigInteger choose = BigInteger.ONE;
        BigInteger sum = BigInteger.ONE;
        for (int k = 1; k <= Math.min(onlyFirst, onlySecond); k++) {
            choose = choose.multiply(BigInteger.valueOf(n - k + 1)).divide(BigInteger.valueOf(k));
            sum = sum.add(choose);
        }
        double exact = new BigDecimal(sum.shiftLeft(1))
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(n)), MathContext.DECIMAL64)
                .min(BigDecimal.ONE)
                .doubleValue();
        assertThat(PairedTest.pValue(onlyFirst, onlySecond)).isCloseTo(exact, within(exact * 1e-9));
        assertThat(PairedTest.pValue(onlySecond, onlyFirst)).isEqualTo(PairedTest.pValue(onlyFirst, onlySecond));
    }

    @Test
    void the_tasks_that_differ_are_listed() {
        PairedTest test = PairedTest.between(solved(10, task -> task < 4), solved(10, task -> task % 2 == 0));
        assertThat(test.onlyFirst().stream().boxed()).containsExactly(1, 3);
        assertThat(test.onlySecond().stream().boxed()).containsExactly(4, 6, 8);
        assertThat(test.pValue()).isEqualTo(PairedTest.pValue(2, 3));
        assertThatThrownBy(() -> PairedTest.between(solved(10, task -> true), solved(9, task -> true)))
                .hasMessageContaining("different tasks (10 and 9)");
    }

    /** Of two outputs the one right and the other wrong, or right within two attempts. */
    @Test
    void a_task_is_solved_when_all_its_outputs_are() {
        List<OutputResult> outputs = List.of(
                new OutputResult(0, 0, 1, 1, null, List.of()),
                new OutputResult(0, 1, 3, 3, null, List.of()),
                new OutputResult(1, 0, 2, 2, null, List.of()),
                new OutputResult(1, 1, 1, 1, null, List.of()));
        SolvedTasks solved = solved(outputs);
        assertThat(solved.count()).isEqualTo(1);
        PairedTest test = PairedTest.between(solved, solved(2, task -> task == 0));
        assertThat(test.onlyFirst().stream().boxed()).containsExactly(1);
        assertThat(test.onlySecond().stream().boxed()).containsExactly(0);
    }

    @Test
    void a_group_is_what_does_not_differ_from_its_leader() {
        // 0 to 5 tasks fewer than the leader are not significant (p = 0.0625 at 5), 6 are (0.03125).
        List<SolvedTasks> ranked = new ArrayList<>();
        for (int solved : new int[] {40, 38, 35, 34, 30, 10}) {
            ranked.add(solved(50, task -> task < solved));
        }
        assertThat(TieGroups.of(ranked)).containsExactly(1, 1, 1, 2, 2, 3);
        assertThat(TieGroups.of(List.of())).isEmpty();
    }

    private static SolvedTasks solved(int tasks, IntPredicate solved) {
        List<OutputResult> outputs = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            outputs.add(new OutputResult(task, 0, 1, solved.test(task) ? 1 : null, null, List.of()));
        }
        return solved(outputs);
    }

    private static SolvedTasks solved(List<OutputResult> outputs) {
        var solved = new SolvedTasks();
        outputs.forEach(output -> solved.add(output.task(), output.solvedWithin(2)));
        return solved;
    }

    /** A list of their numbers takes eighty times as much. */
    @Test
    void three_million_tasks_take_two_bits_each() {
        int tasks = 3_000_000;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        var solved = new SolvedTasks();
        for (int task = 0; task < tasks; task++) {
            solved.add(task, task % 7 > 0);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(solved.count()).isEqualTo(tasks - (tasks + 6) / 7);
        assertThat(solved.bytes()).as("that it says it takes").isBetween(tasks / 4, tasks / 2 + 1000);
        // It doubles as it grows: all that it ever was is at most four times what it needs.
        assertThat(allocated).as("that were taken for it").isBetween(tasks / 4L, tasks + 10_000L);
        var other = new SolvedTasks();
        for (int task = 0; task < tasks; task++) {
            other.add(task, true);
        }
        before = THREADS.getCurrentThreadAllocatedBytes();
        PairedTest test = PairedTest.between(other, solved);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("to compare them")
                .isLessThan(tasks + 10_000L);
        assertThat(test.onlyFirst().cardinality()).isEqualTo(tasks - solved.count());
    }

    @Test
    void published_results_are_sound_and_labelled() {
        PublishedResults published = PublishedResults.read();
        assertThat(published.label()).isEqualTo("published, not run here");
        assertThat(published.results()).hasSize(38);
        assertThat(published.on("sudoku-extreme").get(0))
                .extracting(PublishedResults.Result::method, PublishedResults.Result::percent)
                .containsExactly("TRM-MLP", 87.4);
        assertThat(published.on("arc-agi-1"))
                .extracting(PublishedResults.Result::split)
                .contains("public evaluation");
        assertThatThrownBy(() -> new PublishedResults.Result("x", null, "chess", "all", "elo", 1, null, "here"))
                .hasMessageContaining("chess");
        assertThatThrownBy(() -> new PublishedResults.Result("x", null, "arc-agi-1", "all", "m", 101, null, "here"))
                .hasMessageContaining("101");
    }
}
