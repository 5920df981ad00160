/** What every reader of files from outside has in common: how much it reads, and what it calls a file that is something else. */
@NullMarked
package dev.trmarena.limits;

import org.jspecify.annotations.NullMarked;
