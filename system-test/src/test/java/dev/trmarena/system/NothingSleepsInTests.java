package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests wait for a condition: a pause is too short on one machine and lost time on every other. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NothingSleepsInTests {
    private static final Pattern SLEEP = Pattern.compile(
            "\\b(?:Thread|TimeUnit(?:\\.\\w+)?|\\w*SECONDS|MINUTES)\\s*\\.sleep\\(|\\bLockSupport\\.parkNanos\\(");

    @Test
    void in_any_module() throws IOException {
        var sleeping = new ArrayList<String>();
        for (String file : Project.javaSources("test")) {
            if (SLEEP.matcher(Project.text(file)).find()) {
                sleeping.add(file);
            }
        }
        assertThat(sleeping).isEmpty();
    }
}
