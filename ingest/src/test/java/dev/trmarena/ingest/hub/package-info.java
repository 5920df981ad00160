@NullMarked
package dev.trmarena.ingest.hub;

import org.jspecify.annotations.NullMarked;
