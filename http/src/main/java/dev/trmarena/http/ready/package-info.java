/** Whether a service can do its work. */
@NullMarked
package dev.trmarena.http.ready;

import org.jspecify.annotations.NullMarked;
