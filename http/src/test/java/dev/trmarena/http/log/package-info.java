@NullMarked
package dev.trmarena.http.log;

import org.jspecify.annotations.NullMarked;
