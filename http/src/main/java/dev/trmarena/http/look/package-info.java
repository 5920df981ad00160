/** Threads that look for work: at once when they are woken, and by themselves now and then. */
@NullMarked
package dev.trmarena.http.look;

import org.jspecify.annotations.NullMarked;
