@NullMarked
package dev.trmarena.loops;

import org.jspecify.annotations.NullMarked;
