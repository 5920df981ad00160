package dev.trmarena.supervise.engine;

import org.jspecify.annotations.Nullable;

/** Libraries that no solver can compute with, or a GPU that it cannot have; says where, what is wrong and what to do. */
public final class BadLibtorch extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String file;
    private final String problem;
    private final String remedy;

    /** @param file the file or folder it is about, if one */
    public BadLibtorch(@Nullable String file, String problem, String remedy) {
        super((file == null ? "" : file + ": ") + problem);
        this.file = file;
        this.problem = problem;
        this.remedy = remedy;
    }

    public @Nullable String file() {
        return file;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
