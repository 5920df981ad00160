/** What solvers keep of the weights that they adapt: taken in when it is done, deleted when nobody needs it. */
@NullMarked
package dev.trmarena.ingest.adapt;

import org.jspecify.annotations.NullMarked;
