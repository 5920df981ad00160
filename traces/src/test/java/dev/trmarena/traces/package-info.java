@NullMarked
package dev.trmarena.traces;

import org.jspecify.annotations.NullMarked;
