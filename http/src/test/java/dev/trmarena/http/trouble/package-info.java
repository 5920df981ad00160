@NullMarked
package dev.trmarena.http.trouble;

import org.jspecify.annotations.NullMarked;
