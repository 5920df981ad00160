package dev.trmarena.system;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives a test its {@link Random}. The seed is printed, stands in the message of a failure, and is chosen with
 * {@code -Darena.seed=N}: the same kills in the same order, although never at the very same instruction.
 */
final class SeededRandom implements ParameterResolver, TestExecutionExceptionHandler {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SeededRandom.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Random.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        long seed = seed();
        context.getStore(HERE).put("seed", seed);
        System.out.println(context.getRequiredTestClass().getSimpleName() + ": seed " + seed);
        return new Random(seed);
    }

    /** {@code -Darena.seed=N}, or another one every time. */
    static long seed() {
        return Long.getLong("arena.seed", System.nanoTime() % 1_000_000);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Long seed = context.getStore(HERE).get("seed", Long.class);
        // An assumption that does not hold skips the test: it is no failure.
        if (seed == null || failure instanceof org.opentest4j.TestAbortedException) {
            throw failure;
        }
        throw new AssertionError("with -Darena.seed=" + seed + ": " + failure.getMessage(), failure);
    }
}
