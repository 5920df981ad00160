package dev.trmarena.arena.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The processes of a test, on a data folder of their own; all of them end with the test. */
final class Running implements AutoCloseable {
    final DataFolder data;
    final Programs programs;
    final Children children;

    Running(Path folder) throws IOException {
        var progress = new Progress(System.out);
        data = DataFolder.hold(folder);
        programs = new Programs(Path.of(System.getProperty("arena.root", "..")), data);
        children = new Children(data.children(), progress);
    }

    @Override
    public void close() throws Exception {
        children.stop(List.of(children.named("")));
        data.close();
    }
}
