package dev.trmarena.ingest.hub;

import dev.trmarena.db.plan.Origin;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.names.PlainName;
import dev.trmarena.limits.Quote;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code hf://OWNER/REPO/PATH@REVISION} names; with {@code datasets/} in front of a data set.
 *
 * @param kind {@code models} or {@code datasets}, as the hub's API has it
 * @param repository {@code OWNER/REPO}
 * @param path of a file or folder in it; empty for the whole
 * @param revision a branch, a tag or a commit
 */
record HubName(String kind, String repository, String path, String revision) {
    private static final String REMEDY =
            "name it like hf://OWNER/REPO/step_1656, with @REVISION behind it for another than main";
    private static final String DATASETS = "datasets";
    private static final String MODELS = "models";
    private static final String MAIN = "main";
    private static final int LONGEST = 1000;
    private static final int LONGEST_PART = 255;

    private static final Pattern FORM = Pattern.compile(
            "hf://(?:(models|datasets)/)?([A-Za-z0-9][\\w.-]{0,95}/[A-Za-z0-9][\\w.-]{0,95})(?:/([^@]*))?(?:@([^@]+))?");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][\\w.+-]*(?:/[A-Za-z0-9][\\w.+-]*)*");

    /** @throws Refusal 400 for what names nothing on a hub */
    static HubName parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw refused(text, "is no file of a hub");
        }
        String revision = form.group(4) == null ? MAIN : form.group(4);
        if (!REVISION.matcher(revision).matches() || revision.contains("..")) {
            throw refused(text, "has a revision that is none");
        }
        String path = form.group(3) == null ? "" : form.group(3).replaceFirst("/$", "");
        if (!path.isEmpty()
                && !Arrays.stream(path.split("/", -1)).allMatch(part -> PlainName.fits(part, LONGEST_PART))) {
            throw refused(text, "has a path that is none");
        }
        return new HubName(
                DATASETS.equals(form.group(1)) ? DATASETS : MODELS, form.group(2), PlainName.composed(path), revision);
    }

    private static Refusal refused(String text, String problem) {
        return new Refusal(400, "'" + Quote.of(text) + "' " + problem, REMEDY);
    }

    /** The very file, at the commit that was found. */
    static HubName of(Origin origin) {
        boolean dataset = origin.repository().startsWith(DATASETS + "/");
        return new HubName(
                dataset ? DATASETS : MODELS,
                dataset ? origin.repository().substring(DATASETS.length() + 1) : origin.repository(),
                origin.path(),
                origin.commit());
    }

    HubName at(String other) {
        return new HubName(kind, repository, path, other);
    }

    /** A file of the same repository. */
    HubName of(String other) {
        return new HubName(kind, repository, other, revision);
    }

    /** A file in the same folder. */
    HubName beside(String name) {
        return of(path.substring(0, path.lastIndexOf('/') + 1) + name);
    }

    /** In which a file lies. */
    HubName folder() {
        return of(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    }

    /** Of the path, or of the repository where that is meant. */
    String lastName() {
        return path.isEmpty() ? repository.substring(repository.indexOf('/') + 1) : fileName();
    }

    boolean isDataset() {
        return kind.equals(DATASETS);
    }

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** As pages and files have it: data sets lie below a folder of their own. */
    String home() {
        return isDataset() ? DATASETS + "/" + repository : repository;
    }

    /** Where its content is, seen from the hub. */
    String resolvePath() {
        return "/" + home() + "/resolve/" + part(revision) + "/" + encodedPath();
    }

    /** What lies in it, seen from the hub. */
    String treePath() {
        return "/api/" + kind + "/" + repository + "/tree/" + part(revision)
                + (path.isEmpty() ? "" : "/" + encodedPath());
    }

    /** Where people see it, seen from the hub. */
    String pagePath() {
        return "/" + home() + "/blob/" + part(revision) + "/" + encodedPath();
    }

    private String encodedPath() {
        return Arrays.stream(path.split("/", -1)).map(HubName::part).collect(Collectors.joining("/"));
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "hf://" + home() + (path.isEmpty() ? "" : "/" + path) + "@" + revision;
    }
}
