/** What happens when the process starts and ends. */
@NullMarked
package dev.trmarena.http.start;

import org.jspecify.annotations.NullMarked;
