/** How much a running platform gets done, and who waits for how long. */
@NullMarked
package dev.trmarena.benchmark.platform;

import org.jspecify.annotations.NullMarked;
