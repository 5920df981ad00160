/** What a run of all tests came to: which failed, which did not run, how long they took. */
@NullMarked
package dev.trmarena.system.verdict;

import org.jspecify.annotations.NullMarked;
