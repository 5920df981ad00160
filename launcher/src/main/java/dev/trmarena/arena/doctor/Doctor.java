package dev.trmarena.arena.doctor;

import dev.trmarena.supervise.engine.AskEngine;
import dev.trmarena.supervise.engine.Gpus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything, one after the other; what cannot be looked at is a finding, too.
 *
 * @param node its version, empty where there is none
 * @param nodeSuits whether the page can be built with it
 * @param nodeWanted which can, in words
 * @param data folder of a platform here
 * @param platform the address of one that runs on it; null where none does
 * @param port of its page
 * @param libtorch the folder that a solver is to load; null for that of the build
 * @param built when this program was
 */
public record Doctor(
        String node,
        boolean nodeSuits,
        String nodeWanted,
        Path data,
        @Nullable String platform,
        int port,
        @Nullable Path libtorch,
        Instant built) {
    /** @return in the order in which they are read */
    public List<Finding> look(AskEngine engine, Gpus gpus) throws InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.add(LookAtMachine.java());
        findings.add(LookAtMachine.node(node, nodeSuits, nodeWanted));
        try {
            findings.addAll(LookAtEngine.all(engine, libtorch, gpus));
        } catch (IOException e) {
            findings.add(Finding.trouble(
                    "engine", String.valueOf(e.getMessage()), "look at the disk and at its permissions"));
        }
        findings.add(LookAtMachine.memory());
        try {
            findings.add(LookAtMachine.disk(data));
        } catch (IOException e) {
            findings.add(Finding.trouble("disk", String.valueOf(e.getMessage()), "name another folder with --data"));
        }
        findings.add(LookAtMachine.port(port, platform));
        findings.add(LookAtMachine.clock(Instant.now(), built));
        return findings;
    }
}
