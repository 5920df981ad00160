package dev.trmarena.solver;

import ai.djl.pytorch.jni.LibUtils;
import dev.trmarena.supervise.engine.Libtorch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** The golden cases of this project, in a process of its own that is told its libraries. */
public final class GoldenCasesHere {
    private GoldenCasesHere() {}

    /** @param args an empty folder; prints how many cases gave the authors' numbers, and on the libraries of which folder */
    public static void main(String[] args) throws Exception {
        Libtorch libtorch = Libtorch.ofSetting();
        if (libtorch != null) {
            libtorch.use();
        }
        var test = new TheNetworksGiveTheAuthorsNumbers();
        test.folder = Files.createDirectories(Path.of(args[0]));
        int passed = 0;
        for (var each : TheNetworksGiveTheAuthorsNumbers.cases().toList()) {
            String name = (String) each.get()[0];
            if (Files.exists(Path.of(args[1], name))) {
                try {
                    test.over_every_case(name, (dev.trmarena.solver.model.Kernels) each.get()[1]);
                    passed++;
                } catch (TestAbortedException e) {
                    System.out.println(name + ": " + e.getMessage());
                }
            }
        }
        System.out.println("passed " + passed + " on " + LibUtils.getLibtorchPath());
        Runtime.getRuntime().halt(0);
    }
}
