/** How fast networks of the published shapes run on this machine, and in how much memory. */
@NullMarked
package dev.trmarena.benchmark;

import org.jspecify.annotations.NullMarked;
