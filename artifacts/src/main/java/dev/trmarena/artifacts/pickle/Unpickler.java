package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.pickle.Node.Dict;
import dev.trmarena.artifacts.pickle.Node.Global;
import dev.trmarena.artifacts.pickle.Node.Items;
import dev.trmarena.artifacts.pickle.Node.Mark;
import dev.trmarena.artifacts.pickle.Node.None;
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
 * Interprets the pickle opcodes (protocol 2 and the few of later ones) that a state dict needs. It builds data and nothing
 * else: a global is looked up in a list of names, never in the class path. Every read and every growth is bounded.
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
            case 'c' -> stack.push(allowed(line(), line()));
            case 0x93 -> stackGlobal();
            case '(' -> stack.push(Mark.MARK);
            case ')' -> stack.push(new Tuple(List.of()));
            case '}' -> stack.push(Dict.empty());
            case ']' -> stack.push(new Items(new ArrayList<>()));
            case 't' -> stack.push(new Tuple(toMark()));
            case 0x85 -> stack.push(new Tuple(last(1)));
            case 0x86 -> stack.push(new Tuple(last(2)));
            case 0x87 -> stack.push(new Tuple(last(3)));
            case 'q' -> memo.put(u1(), peek());
            case 'r' -> memo.put(i4(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> stack.push(remembered(u1()));
            case 'j' -> stack.push(remembered(i4()));
            case 'R' -> reduce();
            case 'b' -> build();
            case 's' -> setItems(last(2));
            case 'u' -> setItems(toMark());
            case 'a' -> append(last(1));
            case 'e' -> append(toMark());
            case 'Q' -> stack.push(Rebuild.storage(pop(), this));
            case '0' -> pop();
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
        stack.push(allowed(Rebuild.text(names.get(0), this), Rebuild.text(names.get(1), this)));
    }

    private Global allowed(String module, String name) throws BadPickle {
        var global = new Global(module, name);
        if (!Rebuild.knows(global)) {
            throw bad("the global '" + Quote.of(global.qualified())
                    + "' is not one that a state dict needs; nothing was executed."
                    + " Save the weights alone: torch.save(model.state_dict(), file)");
        }
        return global;
    }

    private void reduce() throws BadPickle {
        List<Node> call = last(2);
        if (!(call.get(0) instanceof Global global) || !(call.get(1) instanceof Tuple arguments)) {
            throw bad("a call of something that is not a known name");
        }
        stack.push(Rebuild.call(global, arguments.items(), this));
    }

    /** BUILD sets attributes: a state dict carries {@code _metadata}, which says nothing about the weights. */
    private void build() throws BadPickle {
        pop();
        if (!(peek() instanceof Dict)) {
            throw bad("attributes on something that is not a dict");
        }
    }

    private void setItems(List<Node> pairs) throws BadPickle {
        if (!(peek() instanceof Dict dict) || pairs.size() % 2 != 0) {
            throw bad("items for something that is not a dict");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!(pairs.get(i) instanceof Scalar key)) {
                throw bad("a dict key that is neither text nor number");
            }
            dict.entries().put(key.value(), pairs.get(i + 1));
        }
    }

    private void append(List<Node> values) throws BadPickle {
        if (!(peek() instanceof Items list)) {
            throw bad("list items for something that is not a list");
        }
        list.items().addAll(values);
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

    private long longOf(byte[] littleEndian) throws BadPickle {
        if (littleEndian.length > 8) {
            throw bad("an integer of " + littleEndian.length + " bytes");
        }
        byte[] bigEndian = new byte[littleEndian.length + 1];
        for (int i = 0; i < littleEndian.length; i++) {
            bigEndian[littleEndian.length - i] = littleEndian[i];
        }
        if (littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0) {
            bigEndian[0] = -1;
        }
        return new BigInteger(bigEndian).longValue();
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
