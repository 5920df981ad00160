package dev.trmarena.system;

/**
 * Where classes run beside each other, those of one lane run one after the other: those that compute leave the processors to
 * nobody else, those that wait for deadlines need them less.
 */
public final class Lane {
    /** Networks, browsers, compilers. */
    public static final String COMPUTE = "those that compute";

    /** Until a service is found to hang, ended and started again. */
    public static final String WAIT = "those that wait";

    private Lane() {}
}
