/** Files named by the SHA-256 of their content. */
@NullMarked
package dev.trmarena.artifacts.store;

import org.jspecify.annotations.NullMarked;
