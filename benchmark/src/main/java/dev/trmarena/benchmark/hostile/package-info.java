/** What strangers may send, at its full size, to a platform as it is started for everybody. */
@NullMarked
package dev.trmarena.benchmark.hostile;

import org.jspecify.annotations.NullMarked;
