package dev.trmarena.db.backup;

import org.jspecify.annotations.Nullable;

/** A backup that cannot be made or restored, in the words of whoever asked for it. */
public final class BackupProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String file;
    private final String remedy;

    /**
     * @param problem one sentence
     * @param file that it is about; null when it is about none
     * @param remedy what to do
     */
    public BackupProblem(String problem, @Nullable String file, String remedy) {
        super(problem);
        this.file = file;
        this.remedy = remedy;
    }

    public @Nullable String file() {
        return file;
    }

    public String remedy() {
        return remedy;
    }
}
