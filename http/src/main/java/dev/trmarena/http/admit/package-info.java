/** Who may ask, and in what form: what every request of both services is held to before any route sees it. */
@NullMarked
package dev.trmarena.http.admit;

import org.jspecify.annotations.NullMarked;
