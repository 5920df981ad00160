package dev.trmarena.arena;

import dev.trmarena.messages.Retention;

/** How long topics and logs are kept, by the environment of this command; the services that it starts are told the same. */
public final class ConfiguredRetention {
    private ConfiguredRetention() {}

    /** @throws ArenaProblem naming the setting that cannot be */
    public static Retention here() {
        try {
            return Retention.of(System.getenv());
        } catch (IllegalArgumentException e) {
            var problem = new ArenaProblem(
                    String.valueOf(e.getMessage()),
                    "in the environment its name is in capitals, with _ for each . and -; docs/retention.md lists all");
            problem.initCause(e);
            throw problem;
        }
    }
}
