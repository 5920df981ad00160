/** The safetensors format: an eight-byte header length, a JSON header, raw little-endian data. */
@NullMarked
package dev.trmarena.artifacts.safetensors;

import org.jspecify.annotations.NullMarked;
