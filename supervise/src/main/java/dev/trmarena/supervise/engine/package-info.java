/** What a solver computes with: which libtorch it loads, and what the driver of a GPU says. */
@NullMarked
package dev.trmarena.supervise.engine;

import org.jspecify.annotations.NullMarked;
