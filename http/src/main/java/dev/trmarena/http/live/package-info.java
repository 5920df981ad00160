/** Whether this process should be ended and started again. */
@NullMarked
package dev.trmarena.http.live;

import org.jspecify.annotations.NullMarked;
