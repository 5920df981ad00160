package dev.trmarena.arena.command;

import dev.trmarena.limits.Printable;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * What a command prints, much of which others wrote: names, reasons, log lines. Whatever is printed as text is {@link Printable};
 * bytes go through as they are, see {@link #raw}.
 */
final class PrintableStream extends PrintStream {
    PrintableStream(PrintStream out) {
        super(out, true, Charset.defaultCharset());
    }

    /** From now on all of this program's lines. */
    static void install() {
        System.setOut(new PrintableStream(System.out));
        System.setErr(new PrintableStream(System.err));
    }

    /** For what moves the cursor on purpose. */
    static void raw(PrintStream out, String text) {
        byte[] bytes = text.getBytes(Charset.defaultCharset());
        out.write(bytes, 0, bytes.length);
    }

    // All printing, of objects and by formats, comes by here.

    @Override
    public void print(String text) {
        super.print(Printable.lines(String.valueOf(text)));
    }

    @Override
    public void print(char character) {
        print(String.valueOf(character));
    }

    @Override
    public void print(char[] characters) {
        print(new String(characters));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }
}
