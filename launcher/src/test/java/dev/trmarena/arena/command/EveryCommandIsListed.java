package dev.trmarena.arena.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code ./arena help} and the commands that there are. */
class EveryCommandIsListed {
    /** What the script does itself, or hands to another program. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("build", "test", "solve", "adapt");

    private static final Pattern LINE =
            Pattern.compile("^  ([a-z]+(?: [a-z-]+)?)(?: \\[?[A-Z].*?)?(?:  +\\S.*)$", Pattern.MULTILINE);

    @Test
    void by_the_script_and_nothing_else_is() throws IOException {
        String script =
                Files.readString(Path.of(System.getProperty("arena.root", "..")).resolve("arena"));
        String usage = script.substring(script.indexOf("cat <<TEXT"), script.indexOf("\nTEXT"));
        Set<String> listed =
                LINE.matcher(usage).results().map(line -> line.group(1)).collect(Collectors.toCollection(TreeSet::new));
        var there = new TreeSet<>(OF_THE_SCRIPT);
        collect(Arena.commandLine(), "", there);
        assertThat(listed).isEqualTo(there);
    }

    private static void collect(CommandLine line, String before, Set<String> names) {
        line.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                names.add(before + name);
            }
            collect(command, before + name + " ", names);
        });
    }
}
