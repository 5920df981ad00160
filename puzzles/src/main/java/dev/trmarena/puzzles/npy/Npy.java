package dev.trmarena.puzzles.npy;

import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.InputProblem;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and writes {@code .npy} files. Source: {@code numpy.lib.format}, versions 1 and 2. */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([<|])([uibf][1248])'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

    private static final int MOST_SHOWN = 100;

    private static final String REMEDY = "Write it with numpy.save from a C-ordered array of plain numbers.";

    private Npy() {}

    /** @throws InputProblem when the file is not such an array */
    public static NpyArray open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer head = read(channel, 0, (int) Math.min(size, 12));
            if (size < 12 || !Arrays.equals(Arrays.copyOf(head.array(), MAGIC.length), MAGIC)) {
                throw bad(file, size == 0 ? "the file is empty" : "it is not a .npy file");
            }
            int version = head.get(6);
            int start = version == 1 ? 10 : 12;
            int length = version == 1 ? head.getShort(8) & 0xffff : head.getInt(8);
            if (version < 1
                    || version > 2
                    || length < 0
                    || length > Math.min(size - start, ReadLimits.NPY_HEADER_BYTES)) {
                throw bad(
                        file,
                        "its header is damaged: version " + version + ", length " + length + ", at most "
                                + ReadLimits.NPY_HEADER_BYTES + " bytes are read");
            }
            String header = new String(read(channel, start, length).array(), StandardCharsets.ISO_8859_1);
            return array(file, header, channel, start + length);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ended while it was read");
            }
        }
        return bytes;
    }

    private static NpyArray array(Path file, String header, FileChannel channel, int start) throws IOException {
        Matcher descr = DESCR.matcher(header);
        Matcher fortran = FORTRAN.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!descr.find() || !fortran.find() || !shape.find()) {
            throw bad(file, "its header is not understood: " + beginning(header.strip()));
        }
        int[] dims;
        try {
            dims = Arrays.stream(shape.group(1).split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw bad(file, "its shape is (" + beginning(shape.group(1)) + ")");
        }
        if (fortran.group(1).equals("True") && dims.length > 1) {
            throw bad(file, "it is in Fortran order");
        }
        String type = descr.group(2);
        long needed;
        try {
            needed = Arrays.stream(dims).asLongStream().reduce(type.charAt(1) - '0', Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw bad(file, "its shape is (" + beginning(shape.group(1)) + ")");
        }
        if (channel.size() - start != needed) {
            throw bad(file, "its shape needs " + needed + " bytes, it holds " + (channel.size() - start));
        }
        return new NpyArray(type, dims, map(channel, start, needed));
    }

    private static String beginning(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    private static ByteBuffer[] map(FileChannel channel, long start, long bytes) throws IOException {
        long most = 1L << NpyArray.PIECE_BITS;
        var pieces = new ByteBuffer[(int) ((bytes + most - 1) / most)];
        for (int i = 0; i < pieces.length; i++) {
            long from = i * most;
            pieces[i] = channel.map(MapMode.READ_ONLY, start + from, Math.min(most, bytes - from));
        }
        return pieces;
    }

    private static InputProblem bad(Path file, String problem) {
        return new InputProblem(file.getFileName().toString(), null, problem, REMEDY);
    }

    /** The header of an array of this type and shape, to be followed by its raw little-endian data. */
    public static byte[] header(String type, int... shape) {
        String dims = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + (type.endsWith("1") ? "|" : "<") + type + "', 'fortran_order': False, 'shape': ("
                + dims + (shape.length == 1 ? "," : "") + "), }";
        int padded = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer header = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (padded - 10));
        header.put(text.getBytes(StandardCharsets.ISO_8859_1));
        Arrays.fill(header.array(), header.position(), padded - 1, (byte) ' ');
        header.array()[padded - 1] = '\n';
        return header.array();
    }

    public static void writeUint8(Path file, byte[] data, int... shape) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(header("u1", shape));
            out.write(data);
        }
    }

    public static void writeInt32(Path file, int[] data, int... shape) throws IOException {
        try (var out = data(file)) {
            out.write(header("i4", shape));
            for (int value : data) {
                out.writeInt(Integer.reverseBytes(value));
            }
        }
    }

    public static void writeFloat32(Path file, float[] data, int... shape) throws IOException {
        try (var out = data(file)) {
            out.write(header("f4", shape));
            for (float value : data) {
                out.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(value)));
            }
        }
    }

    private static DataOutputStream data(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }
}
