package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has the platform fetch files from a hub, and waits until they are there. */
public final class FetchFromHub {
    private static final long PAUSE_MILLIS = 500;

    /** Begun by one command before it waits; half of what a sender may have on its way. */
    private static final int AT_ONCE = 16;

    /** What a path makes of it: one slash of the two is lost. */
    private static final Pattern NAME = Pattern.compile("hf:/{1,2}(.+)");

    private final ArenaClient client;
    private final Progress progress;

    /** Is told how far a file has come. */
    public interface Progress {
        void show(Fetch fetch);

        /** Nothing more comes of it. */
        default void done(Fetch fetch) {}
    }

    public FetchFromHub(ArenaClient client, Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /** @return the name of a file of a hub; null when it is a file of this machine */
    public static @Nullable String nameIn(@Nullable Path given) {
        if (given == null) {
            return null;
        }
        Matcher name = NAME.matcher(given.toString());
        return name.matches() ? "hf://" + name.group(1) : null;
    }

    /** @return ids of the uploads that they became: the file, then its configuration, if there is one */
    public List<String> fetch(String from, @Nullable String config) throws InterruptedException {
        Fetch.Both begun =
                client.api().fetchFile(new Fetch.Request(from, config, null)).value();
        var uploads = new ArrayList<>(List.of(whole(begun.file())));
        if (begun.config() != null) {
            uploads.add(whole(begun.config()));
        }
        return uploads;
    }

    /**
     * Files of one data set, all at the commit that its revision was when the first of them was looked up.
     *
     * @param names as {@code hf://datasets/OWNER/REPO/PATH@REVISION}
     * @return ids of the uploads that they became, in their order
     */
    public List<String> fetchAll(List<String> names) throws InterruptedException {
        List<String> uploads = new ArrayList<>();
        String commit = null;
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<Fetch> begun = new ArrayList<>();
            for (String name : names.subList(from, Math.min(names.size(), from + AT_ONCE))) {
                String pinned = commit == null ? name : at(name, commit);
                Fetch fetch = client.api()
                        .fetchFile(new Fetch.Request(pinned, null, null))
                        .value()
                        .file();
                commit = fetch.origin().commit();
                begun.add(fetch);
            }
            for (Fetch fetch : begun) {
                uploads.add(whole(fetch));
            }
        }
        return uploads;
    }

    private static String at(String name, String commit) {
        return name.replaceFirst("@[^@]*$", "") + "@" + commit;
    }

    private String whole(Fetch fetch) throws InterruptedException {
        String upload = Objects.requireNonNull(fetch.upload(), "a fetch without an upload");
        Fetch now = fetch;
        try {
            while (now.state() != Fetch.State.WHOLE) {
                if (now.state() == Fetch.State.FAILED) {
                    throw failed(now);
                }
                Thread.sleep(PAUSE_MILLIS);
                now = client.api().getFetch(upload).value();
                progress.show(now);
            }
            return upload;
        } finally {
            progress.done(now);
        }
    }

    private static ArenaProblem failed(Fetch fetch) {
        Fetch.Problem problem = fetch.problem();
        return new ArenaProblem(
                problem == null ? "nothing comes of it any more" : problem.problem(),
                fetch.fileName(),
                null,
                null,
                problem == null ? null : problem.remedy());
    }
}
