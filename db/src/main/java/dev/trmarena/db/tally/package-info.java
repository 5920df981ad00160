/** How many models solved each task of a puzzle set: counted after evaluations finished, read a page at a time. */
@NullMarked
package dev.trmarena.db.tally;

import org.jspecify.annotations.NullMarked;
