/** The platform from the outside: through its launcher, its command line, HTTP and a browser. */
@NullMarked
package dev.trmarena.system;

import org.jspecify.annotations.NullMarked;
