package dev.trmarena.supervise.engine;

import java.nio.file.Path;

/** A process of somebody who may not read everything. */
public final class LookAtFolder {
    private LookAtFolder() {}

    /** @param args the folder */
    public static void main(String[] args) throws Exception {
        System.out.println(Libtorch.in(Path.of(args[0])));
    }
}
