package dev.trmarena.puzzles.build;

/**
 * NumPy's legacy generator, {@code numpy.random.RandomState}: the stream of MT19937 after {@code np.random.seed(int)} and the
 * draws that the authors' dataset builders make from it, number for number. Not safe for threads.
 *
 * <p>Source: Matsumoto and Nishimura, "Mersenne Twister" (1998), and NumPy's documented legacy behaviour: bounded integers by
 * rejection under a bit mask, 32 bits a try.
 */
public final class NumpyRandom {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    /** @param seed 0 to 2³²−1, as NumPy takes it */
    public NumpyRandom(long seed) {
        if (seed < 0 || seed > 0xffffffffL) {
            throw new IllegalArgumentException("seed " + seed + "; NumPy takes 0 to 4294967295");
        }
        state[0] = (int) seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** The next 32 bits. */
    public int nextBits() {
        if (next == N) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
            state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }

    /** {@code randint(0, bound)}: 0 to bound − 1. A bound of 1 draws nothing from the stream. */
    public int randint(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound " + bound);
        }
        int most = bound - 1;
        if (most == 0) {
            return 0;
        }
        int mask = -1 >>> Integer.numberOfLeadingZeros(most);
        int value = nextBits() & mask;
        while (value > most) {
            value = nextBits() & mask;
        }
        return value;
    }

    /** {@code random_sample()}: 0 to 1 exclusive, 53 bits of two draws. */
    public double random() {
        long high = nextBits() >>> 5;
        long low = nextBits() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** {@code shuffle}, in place. */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = randint(i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    /** {@code permutation(count)}: 0 to count − 1 in random order. */
    public int[] permutation(int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        shuffle(values);
        return values;
    }
}
