package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.pickle.Node.Dict;
import dev.trmarena.artifacts.pickle.Node.Global;
import dev.trmarena.artifacts.pickle.Node.Items;
import dev.trmarena.artifacts.pickle.Node.Mark;
import dev.trmarena.artifacts.pickle.Node.None;
import dev.trmarena.artifacts.pickle.Node.Opaque;
import dev.trmarena.artifacts.pickle.Node.Scalar;
import dev.trmarena.artifacts.pickle.Node.Tuple;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Interprets the pickle opcodes (protocol 2 and those of later ones) that trainers write. It builds data and nothing else: a global is
 * looked up in a list of names, never in the class path, and what is not in it stays a name with its arguments. Every read and every
 * growth is bounded.
 *
 * <p>Source: CPython's {@code pickletools.py}.
 */
final class Unpickler {
    private final String entry;
    private final ByteBuffer in;
    private final ArrayDeque<Node> stack = new ArrayDeque<>();
    private final Map<Integer, Node> memo = new HashMap<>();
    private int opcodeAt;

    Unpickler(String entry, byte[] pickle) {
        this.entry = entry;
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    Node read() throws BadPickle {
        for (int count = 0; count < ReadLimits.PICKLE_OPCODES; count++) {
            opcodeAt = in.position();
            int opcode = u1();
            if (opcode == '.') {
                return pop();
            }
            step(opcode);
        }
        throw bad("more than " + ReadLimits.PICKLE_OPCODES + " opcodes; no state dict is that large");
    }

    private void step(int opcode) throws BadPickle {
        switch (opcode) {
            case 0x80 -> protocol(u1());
            case 0x95 -> take(8); // FRAME: its length is advice only
            case 'c' -> stack.push(new Global(line(), line(), opcodeAt));
            case 0x93 -> stackGlobal();
            case '(' -> stack.push(Mark.MARK);
            case ')' -> stack.push(new Tuple(List.of()));
            case '}' -> stack.push(Dict.empty());
            case ']' -> stack.push(new Items(new ArrayList<>()));
            case 't' -> stack.push(new Tuple(toMark()));
            case 0x85 -> stack.push(new Tuple(last(1)));
            case 0x86 -> stack.push(new Tuple(last(2)));
            case 0x87 -> stack.push(new Tuple(last(3)));
            case 'l' -> stack.push(new Items(new ArrayList<>(toMark())));
            case 'd' -> {
                List<Node> pairs = toMark();
                stack.push(Dict.empty());
                setItems(pairs);
            }
            case 0x8f -> stack.push(new Items(new ArrayList<>()));
            case 0x91 -> stack.push(new Tuple(toMark()));
            case 'q' -> memo.put(u1(), peek());
            case 'r' -> memo.put(i4(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> stack.push(remembered(u1()));
            case 'j' -> stack.push(remembered(i4()));
            case 'R' -> reduce();
            case 0x81 -> object(last(2));
            case 0x92 -> object(last(3));
            case 'b' -> build();
            case 's' -> setItems(last(2));
            case 'u' -> setItems(toMark());
            case 'a' -> append(last(1));
            case 'e', 0x90 -> append(toMark());
            case 'Q' -> stack.push(Rebuild.storage(pop(), this));
            case '0' -> pop();
            case '1' -> toMark();
            case '2' -> stack.push(peek());
            default -> scalar(opcode);
        }
    }

    private void scalar(int opcode) throws BadPickle {
        Object value =
                switch (opcode) {
                    case 'N' -> None.NONE;
                    case 0x88 -> Boolean.TRUE;
                    case 0x89 -> Boolean.FALSE;
                    case 'K' -> (long) u1();
                    case 'M' -> (long) (u1() | u1() << 8);
                    case 'J' -> (long) i4();
                    case 0x8a -> longOf(take(u1()));
                    case 'G' -> ByteBuffer.wrap(take(8)).getDouble(); // the one big-endian number of the format
                    case 'X' -> text(i4());
                    case 0x8c -> text(u1());
                    case 'U' -> text(u1());
                    case 'T' -> text(i4());
                    case 0x8d -> text(i8());
                    case 0x8b -> longOf(take(Math.min(i4(), ReadLimits.PICKLE_NAME)));
                    // Of protocols before 2, as text: nothing that is needed is written so.
                    case 'S', 'V', 'I', 'L', 'F' -> line();
                    case 'C' -> take(u1());
                    case 'B' -> take(i4());
                    case 0x8e, 0x96 -> take(i8());
                    default ->
                        throw bad(String.format(
                                Locale.ROOT,
                                "opcode 0x%02x ('%c') is not one that a state dict needs",
                                opcode,
                                opcode));
                };
        stack.push(value instanceof Node node ? node : new Scalar(value));
    }

    private void protocol(int version) throws BadPickle {
        if (version < 2 || version > 5) {
            throw bad("pickle protocol " + version + "; 2 to 5 are known");
        }
    }

    private void stackGlobal() throws BadPickle {
        List<Node> names = last(2);
        stack.push(new Global(Rebuild.text(names.get(0), this), Rebuild.text(names.get(1), this), opcodeAt));
    }

    private void reduce() throws BadPickle {
        List<Node> call = last(2);
        if (!(call.get(1) instanceof Tuple arguments)) {
            throw bad("a call without arguments");
        }
        stack.push(
                call.get(0) instanceof Opaque object
                        ? new Opaque(object.of(), new ArrayList<>(arguments.items()))
                        : Rebuild.call(global(call.get(0)), arguments.items(), this));
    }

    /** Of a class, with what its {@code __new__} would be given. */
    private void object(List<Node> call) throws BadPickle {
        Global of = call.get(0) instanceof Opaque object ? object.of() : global(call.get(0));
        if (Rebuild.knows(of)) {
            throw bad("an object of '" + Quote.of(of.qualified()) + "', which is called and not made");
        }
        stack.push(new Opaque(of, new ArrayList<>(call.subList(1, call.size()))));
    }

    private Global global(Node node) throws BadPickle {
        if (node instanceof Global global) {
            return global;
        }
        throw bad("a call of something that is not a known name");
    }

    /** BUILD sets attributes: a state dict carries {@code _metadata}, which says nothing about the weights. */
    private void build() throws BadPickle {
        Node state = pop();
        if (peek() instanceof Opaque object) {
            object.parts().add(state);
        } else if (!(peek() instanceof Dict)) {
            throw bad("attributes on something that is not a dict");
        }
    }

    private void setItems(List<Node> pairs) throws BadPickle {
        Node on = peek();
        Dict dict = on instanceof Opaque object ? object.dict() : on instanceof Dict there ? there : null;
        if (dict == null || pairs.size() % 2 != 0) {
            throw bad("items for something that is not a dict");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            // A key of another kind names nothing that anybody looks for; it is itself and no other.
            Object key = pairs.get(i) instanceof Scalar scalar ? scalar.value() : new Object();
            dict.entries().put(key, pairs.get(i + 1));
        }
    }

    private void append(List<Node> values) throws BadPickle {
        Node on = peek();
        if (on instanceof Items list) {
            list.items().addAll(values);
        } else if (on instanceof Opaque object) {
            object.parts().addAll(values);
        } else {
            throw bad("list items for something that is not a list");
        }
    }

    private List<Node> toMark() throws BadPickle {
        var items = new ArrayDeque<Node>();
        for (Node node = pop(); node != Mark.MARK; node = pop()) {
            items.push(node);
        }
        return List.copyOf(items);
    }

    private List<Node> last(int count) throws BadPickle {
        var items = new ArrayDeque<Node>();
        for (int i = 0; i < count; i++) {
            items.push(pop());
        }
        return List.copyOf(items);
    }

    private Node pop() throws BadPickle {
        Node node = stack.poll();
        if (node == null) {
            throw bad("the stack is empty");
        }
        return node;
    }

    private Node peek() throws BadPickle {
        Node node = stack.peek();
        if (node == null) {
            throw bad("the stack is empty");
        }
        return node;
    }

    private Node remembered(int index) throws BadPickle {
        Node node = memo.get(index);
        if (node == null) {
            throw bad("nothing was stored under memo " + index);
        }
        return node;
    }

    /** A state of a generator of random numbers has 128 bits. */
    private static Object longOf(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length + 1];
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[littleEndian.length - i] = littleEndian[i];
        }
        if (littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0) {
            bigEndian[0] = -1;
        }
        var number = new BigInteger(bigEndian);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private int i8() throws BadPickle {
        long length = ByteBuffer.wrap(take(8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length < 0 || length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    private String line() throws BadPickle {
        int start = in.position();
        while (u1() != '\n') {
            if (in.position() - start > ReadLimits.PICKLE_NAME) {
                throw bad("a name of more than " + ReadLimits.PICKLE_NAME + " bytes");
            }
        }
        return new String(in.array(), start, in.position() - start - 1, StandardCharsets.UTF_8);
    }

    private String text(int length) throws BadPickle {
        return new String(take(length), StandardCharsets.UTF_8);
    }

    private int u1() throws BadPickle {
        return take(1)[0] & 0xff;
    }

    private int i4() throws BadPickle {
        return ByteBuffer.wrap(take(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private byte[] take(int length) throws BadPickle {
        if (length < 0 || length > in.remaining()) {
            throw bad("it ends in the middle: " + length + " bytes wanted, " + in.remaining() + " left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    BadPickle bad(String problem) {
        return new BadPickle(entry + ", byte " + opcodeAt, problem);
    }
}
