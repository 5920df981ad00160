/** All weights of a checkpoint are adapted before its evaluation answers: a stage in front of the units. */
@NullMarked
package dev.trmarena.db.adapt;

import org.jspecify.annotations.NullMarked;
