@NullMarked
package dev.trmarena.http.admit;

import org.jspecify.annotations.NullMarked;
