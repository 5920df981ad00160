package dev.trmarena.system;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place in the product's code: where a method begins, or where it has just returned. The name of a method that is gone is
 * refused, so that no test stops at nothing.
 *
 * @param type full name of the class, as the JVM has it
 * @param method every one of this name
 * @param within the place counts only where this class stands further up the stack; null for anywhere
 * @param returned true for the moment after it
 */
record Place(String type, String method, @Nullable String within, boolean returned) {
    Place {
        requireMethod(type, method);
    }

    static Place entering(String type, String method) {
        return new Place(type, method, null, false);
    }

    /** In the caller again, before it does anything else; also when the method threw. */
    static Place returning(String type, String method) {
        return new Place(type, method, null, true);
    }

    /** @param caller full name of a class, or {@code class#method} */
    Place within(String caller) {
        return new Place(type, method, caller, returned);
    }

    private static void requireMethod(String type, String method) {
        try {
            Class<?> found = Class.forName(type, false, Place.class.getClassLoader());
            if (Arrays.stream(found.getDeclaredMethods())
                    .noneMatch(each -> each.getName().equals(method))) {
                throw new IllegalArgumentException(
                        "no method " + method + " in " + type + " any more: name another place");
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no class " + type + " any more: name another place", e);
        }
    }

    @Override
    public String toString() {
        return (returned ? "after " : "before ") + type.substring(type.lastIndexOf('.') + 1) + "." + method
                + (within == null ? "" : " within " + within.substring(within.lastIndexOf('.') + 1));
    }
}
