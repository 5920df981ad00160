@NullMarked
package dev.trmarena.http.refuse;

import org.jspecify.annotations.NullMarked;
