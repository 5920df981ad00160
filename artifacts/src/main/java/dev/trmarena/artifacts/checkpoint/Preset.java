package dev.trmarena.artifacts.checkpoint;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A published recipe: settings for a checkpoint that came without its configuration, and whose they are.
 *
 * @param repository on GitHub
 * @param commit at which its configuration says so
 * @param reaches what its authors publish of it; a claim, no run of this platform
 * @param settings by the names of the configuration file; what is not among them the tensors tell
 */
public record Preset(String name, String repository, String commit, String reaches, Map<String, Object> settings) {
    /** What tensors never tell, and what decides a score. */
    private static final List<String> CYCLES = List.of("H_cycles", "L_cycles", "halt_max_steps");

    public Preset {
        settings = new TreeMap<>(settings);
    }

    /** In one line, as a help text has it. */
    @Override
    public String toString() {
        var cycles = new ArrayList<String>();
        for (String key : CYCLES) {
            if (settings.containsKey(key)) {
                cycles.add(key + " " + settings.get(key));
            }
        }
        return name + " (" + repository + " at " + commit + "; "
                + (cycles.isEmpty() ? "" : String.join(", ", cycles) + "; ") + reaches + ")";
    }

    /** All of them, a line each, for the help of commands. */
    public static final class Lines implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            // A help text is a format, in which a % begins something.
            return Presets.all().stream()
                    .map(preset -> preset.toString().replace("%", "%%"))
                    .iterator();
        }
    }
}
