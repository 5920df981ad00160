package dev.trmarena.puzzles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.golden.Golden;
import dev.trmarena.puzzles.build.NumpyRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every draw that the authors' builders make comes out as NumPy's. */
class TheRandomStreamIsNumpys {
    private static final long SEED = 42;

    private static JsonNode vectors() throws IOException {
        return new ObjectMapper()
                .readTree(Golden.folder("arc_dataset").resolve("numpy_rng.json").toFile());
    }

    private static JsonNode stream(String name) throws IOException {
        return vectors().path("independent_streams_each_reseeded_with_42").required(name);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 42, 123, 4294967295L})
    void seeds_give_the_same_bits(long seed) throws IOException {
        var random = new NumpyRandom(seed);
        for (JsonNode word : vectors()
                .required("state_after_seed")
                .required(Long.toString(seed))
                .required("first_uint32")) {
            assertThat(random.nextBits() & 0xffffffffL).isEqualTo(word.longValue());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 10, 16, 17, 21, 25, 28, 30})
    void randint(int bound) throws IOException {
        var random = new NumpyRandom(SEED);
        for (JsonNode value : stream("randint_0_" + bound)) {
            assertThat(random.randint(bound)).isEqualTo(value.intValue());
        }
    }

    @Test
    void randint_of_one_leaves_the_stream_alone() {
        var random = new NumpyRandom(SEED);
        random.randint(1);
        assertThat(random.nextBits()).isEqualTo(new NumpyRandom(SEED).nextBits());
    }

    @Test
    void doubles() throws IOException {
        var random = new NumpyRandom(SEED);
        for (JsonNode value : stream("random_sample")) {
            assertThat(random.random()).isEqualTo(value.doubleValue());
        }
    }

    @Test
    void shuffles_and_permutations() throws IOException {
        var random = new NumpyRandom(SEED);
        for (JsonNode expected : stream("permutation_arange_1_10_uint8")) {
            int[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
            random.shuffle(values);
            assertThat(values).isEqualTo(ints(expected));
        }
        random = new NumpyRandom(SEED);
        for (JsonNode expected : stream("permutation_int_3")) {
            assertThat(random.permutation(3)).isEqualTo(ints(expected));
        }
        random = new NumpyRandom(SEED);
        for (JsonNode expected : stream("shuffle_list_range_n_in_sequence")) {
            assertThat(random.permutation(expected.required("n").intValue()))
                    .isEqualTo(ints(expected.required("result")));
        }
        // choice without replacement is the beginning of a permutation
        assertThat(Arrays.copyOf(new NumpyRandom(SEED).permutation(1000), 20))
                .isEqualTo(ints(stream("choice_1000_size20_noreplace")));
    }

    @Test
    void one_stream_as_the_builder_draws_from_it() throws IOException {
        var random = new NumpyRandom(SEED);
        for (JsonNode entry : vectors().required("interleaved_in_builder_order")) {
            JsonNode expected = entry.get(entry.size() - 1);
            switch (entry.get(0).textValue()) {
                case "shuffle_list" ->
                    assertThat(random.permutation(entry.get(1).intValue())).isEqualTo(ints(expected));
                case "randint" ->
                    assertThat(random.randint(entry.get(2).intValue())).isEqualTo(expected.intValue());
                case "permutation_1_9" -> {
                    int[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
                    random.shuffle(values);
                    assertThat(values).isEqualTo(ints(expected));
                }
                default -> throw new AssertionError("a call that this test does not know: " + entry);
            }
        }
    }

    private static int[] ints(JsonNode list) {
        List<Integer> values = new ArrayList<>();
        list.forEach(value -> values.add(value.intValue()));
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
