/** What happens when the process starts and ends. */
@NullMarked
package dev.trmarena.service.start;

import org.jspecify.annotations.NullMarked;
