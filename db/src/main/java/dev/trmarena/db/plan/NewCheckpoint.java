package dev.trmarena.db.plan;

/**
 * A checkpoint that passed inspection and whose artifacts are stored.
 *
 * @param manifestDigest SHA-256 of the manifest artifact, which names the weights
 * @param weightsDigest SHA-256 of the canonical safetensors artifact
 * @param sourceDigest SHA-256 of the file that was uploaded; it need not exist any more
 * @param tensorDigest of names, shapes and values of the tensors
 * @param coreParameters values of the network, without the puzzle embedding
 * @param manifest the manifest's JSON
 */
public record NewCheckpoint(
        String manifestDigest,
        String weightsDigest,
        String sourceDigest,
        String tensorDigest,
        String fileName,
        String architecture,
        long coreParameters,
        long embeddingParameters,
        String manifest) {}
