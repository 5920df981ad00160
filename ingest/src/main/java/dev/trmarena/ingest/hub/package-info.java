/** Files are fetched here from a hub of models and data sets, and become uploads. */
@NullMarked
package dev.trmarena.ingest.hub;

import org.jspecify.annotations.NullMarked;
