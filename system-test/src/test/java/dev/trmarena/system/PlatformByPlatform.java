package dev.trmarena.system;

import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.lang.annotation.Annotation;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * Test classes that share a platform run one after the other, and it ends when the classes of another one begin: a platform that waits
 * for its next class takes a tenth of a small machine from those that run. Where classes run beside each other, all of them stay.
 */
public final class PlatformByPlatform implements ClassOrderer {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(PlatformByPlatform.class);

    private static final List<Class<? extends Annotation>> SHARED =
            List.of(OnTheSharedPlatform.class, DisturbsSolvers.class, DisturbsServices.class);

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparingInt(PlatformByPlatform::platform));
    }

    /** Those without a shared one come first. */
    private static int platform(ClassDescriptor each) {
        for (int i = 0; i < SHARED.size(); i++) {
            if (isAnnotated(each.getTestClass(), SHARED.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }

    /**
     * The one platform that classes with this annotation share; started where it is not there.
     *
     * @param which one of the shared ones
     */
    static <P extends CloseableResource> P of(
            ExtensionContext context, Class<?> which, Class<P> type, Supplier<P> start) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        boolean besideEachOther = context.getConfigurationParameter(
                        "junit.jupiter.execution.parallel.enabled", Boolean::parseBoolean)
                .orElse(false);
        for (Class<?> other : besideEachOther ? List.<Class<?>>of() : SHARED) {
            CloseableResource left = other == which ? null : store.remove(other, CloseableResource.class);
            if (left != null) {
                close(left);
            }
        }
        return Objects.requireNonNull(store.getOrComputeIfAbsent(which, key -> start.get(), type), "platform");
    }

    private static void close(CloseableResource platform) {
        try {
            platform.close();
        } catch (Throwable e) {
            throw new IllegalStateException("the platform of the classes before did not end", e);
        }
    }
}
