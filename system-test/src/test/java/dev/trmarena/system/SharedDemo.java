package dev.trmarena.system;

import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** {@link DemoEvaluations} on the {@link SharedPlatform}, run once for all test classes that only look at them. */
final class SharedDemo implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DemoEvaluations.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        DemoEvaluations demo = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedDemo.class))
                .getOrComputeIfAbsent("demo", key -> run(SharedPlatform.of(context)), DemoEvaluations.class);
        return Objects.requireNonNull(demo, "demo");
    }

    private static DemoEvaluations run(Platform platform) {
        try {
            return DemoEvaluations.on(platform);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the demo ran", e);
        } catch (Exception e) {
            throw new IllegalStateException("the demo could not be run", e);
        }
    }
}
