package dev.trmarena.ingest.names;

import dev.trmarena.db.plan.ArtifactUses;
import dev.trmarena.http.refuse.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** One look is one name: what can be mistaken for a name that is there is refused. */
public final class LookAlike {
    private static final int CONFLICT = 409;

    private LookAlike() {}

    /**
     * Must run in the transaction that makes the name known: of two at the same time that look alike, one waits for the other.
     *
     * @param what has names of this kind: {@code model}
     * @param others all names of the kind that are there; this one may be among them
     * @throws Refusal 409 naming the other
     */
    public static void refuse(Handle handle, String what, String name, Supplier<? extends Collection<String>> others) {
        String skeleton = PlainName.skeleton(name);
        ArtifactUses.lock(handle, List.of("name of a " + what + " " + skeleton));
        for (String other : others.get()) {
            if (!other.equals(name) && PlainName.skeleton(other).equals(skeleton)) {
                throw new Refusal(
                        CONFLICT,
                        "the name '" + name + "' looks like '" + other + "', which is another " + what,
                        "type '" + other + "' if you mean that one, or choose a name that nobody mistakes for it");
            }
        }
    }
}
