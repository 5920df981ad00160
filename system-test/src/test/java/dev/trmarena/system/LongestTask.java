package dev.trmarena.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The longest task of a page's main thread in a trace of the browser.
 *
 * @param inside milliseconds by what was done in it, of all that took one at least; what is done inside something else counts
 *     there, too
 */
record LongestTask(double millis, Map<String, Double> inside) {

    /** @param events with times in microseconds */
    static LongestTask of(JsonNode events) {
        Set<String> main = new HashSet<>();
        for (JsonNode event : events) {
            if (event.path("args").path("name").asText().equals("CrRendererMain")) {
                main.add(thread(event));
            }
        }
        JsonNode longest = null;
        for (JsonNode event : events) {
            if (event.path("name").asText().endsWith("RunTask")
                    && main.contains(thread(event))
                    && (longest == null
                            || event.path("dur").asDouble()
                                    > longest.path("dur").asDouble())) {
                longest = event;
            }
        }
        if (longest == null) {
            throw new IllegalStateException("no task of a page in the trace, of " + events.size() + " events");
        }
        return new LongestTask(longest.path("dur").asDouble() / 1000, inside(longest, events));
    }

    private static Map<String, Double> inside(JsonNode task, JsonNode events) {
        double begin = task.path("ts").asDouble();
        double end = begin + task.path("dur").asDouble();
        Map<String, Double> millis = new TreeMap<>();
        for (JsonNode event : events) {
            double at = event.path("ts").asDouble();
            double took = event.path("dur").asDouble();
            if (thread(event).equals(thread(task)) && at >= begin && at + took <= end && took >= 1000) {
                millis.merge(event.path("name").asText(), took / 1000, Double::sum);
            }
        }
        return millis;
    }

    private static String thread(JsonNode event) {
        return event.path("pid").asText() + "." + event.path("tid").asText();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "longest task %.1f ms: %s", millis, inside);
    }
}
