package dev.trmarena.system;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Node builds the page: {@code engines} of web/package.json, {@code ^20.19.0 || ^22.12.0 || >=24.0.0}. */
final class Needs {
    private static final Pattern PART = Pattern.compile("(\\^|>=)(\\d+)\\.(\\d+)\\.0");

    private Needs() {}

    static String nodeRange() throws IOException {
        return Project.only("\"node\": \"([^\"]+)\"", Project.text("web/package.json"));
    }

    /** @param version {@code 22.12.0} */
    static boolean suits(String version) throws IOException {
        int major = Integer.parseInt(version.split("\\.")[0]);
        int minor = Integer.parseInt(version.split("\\.")[1]);
        return Arrays.stream(nodeRange().split(" \\|\\| ")).anyMatch(part -> {
            Matcher least = PART.matcher(part);
            if (!least.matches()) {
                throw new AssertionError("./arena cannot read this range of Node: " + part);
            }
            int leastMajor = Integer.parseInt(least.group(2));
            return major == leastMajor && minor >= Integer.parseInt(least.group(3))
                    || least.group(1).equals(">=") && major > leastMajor;
        });
    }
}
