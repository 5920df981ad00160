/** How the services log what others wrote. */
@NullMarked
package dev.trmarena.http.log;

import org.jspecify.annotations.NullMarked;
