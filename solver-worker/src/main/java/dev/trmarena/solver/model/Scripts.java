package dev.trmarena.solver.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Where the TorchScript sources of the networks come from; tests give some with a fault in them. */
@FunctionalInterface
interface Scripts {
    /** They are written in the serialised dialect of TorchScript: it looks like Python, and Python cannot run it. */
    String ENDING = ".torchscript";

    /** Those beside this class. */
    Scripts OURS = name -> {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    };

    /** @return the text of the script of this name */
    String read(String name) throws IOException;
}
