/** Tests of the store. */
@NullMarked
package dev.trmarena.artifacts.store;

import org.jspecify.annotations.NullMarked;
