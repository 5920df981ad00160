@NullMarked
package dev.trmarena.limits;

import org.jspecify.annotations.NullMarked;
