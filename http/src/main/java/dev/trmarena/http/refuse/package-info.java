/** How a request is refused: one exception, one JSON form, nothing left behind. */
@NullMarked
package dev.trmarena.http.refuse;

import org.jspecify.annotations.NullMarked;
