package dev.trmarena.ingest.hub;

import org.jspecify.annotations.Nullable;

/**
 * What POST /api/fetches answers.
 *
 * @param file that was asked for
 * @param config that lies beside it, or was named; null when there is none
 */
record Fetched(FetchView file, @Nullable FetchView config) {}
