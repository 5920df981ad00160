/** How long a request may take to come in, and how many of a kind are under way: no sender holds up another kind of request. */
@NullMarked
package dev.trmarena.http.pace;

import org.jspecify.annotations.NullMarked;
