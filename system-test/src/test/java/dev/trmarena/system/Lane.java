package dev.trmarena.system;

/**
 * Test classes of one lane run one after the other, the two lanes beside each other: those that compute leave the processors to
 * nobody else, those that wait for deadlines hardly need them. Four platforms at once take as long as one after the other.
 */
public final class Lane {
    /** Networks, browsers, compilers. */
    public static final String COMPUTE = "those that compute";

    /** Until a service is found to hang, ended and started again. */
    public static final String WAIT = "those that wait";

    private Lane() {}
}
