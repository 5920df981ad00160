package dev.trmarena.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.puzzles.score.Dtype;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Checkpoints are read where protocols are not known: the words of one are those of the other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatACheckpointComputesInIsADtype {
    @Test
    void that_a_protocol_can_name() {
        assertThat(HyperParameters.FORWARD_DTYPES)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Dtype.values()).map(Dtype::key).toList());
    }
}
