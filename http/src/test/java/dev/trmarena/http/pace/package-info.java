@NullMarked
package dev.trmarena.http.pace;

import org.jspecify.annotations.NullMarked;
