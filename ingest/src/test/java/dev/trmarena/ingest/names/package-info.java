@NullMarked
package dev.trmarena.ingest.names;

import org.jspecify.annotations.NullMarked;
