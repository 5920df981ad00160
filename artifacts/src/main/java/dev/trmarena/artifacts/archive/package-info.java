/** Zip and tar files from strangers: opened with bounded memory, unpacked with bounded disk, names never followed. */
@NullMarked
package dev.trmarena.artifacts.archive;

import org.jspecify.annotations.NullMarked;
