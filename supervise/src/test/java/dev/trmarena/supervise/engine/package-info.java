@org.jspecify.annotations.NullMarked
package dev.trmarena.supervise.engine;
