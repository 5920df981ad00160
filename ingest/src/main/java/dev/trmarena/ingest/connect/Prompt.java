package dev.trmarena.ingest.connect;

import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Of a Jdbi: with connections of its own, which neither work that reads files nor questions get. It is for what takes a moment and has to
 * go on meanwhile: commands, giving out units, sending messages. Without it a Jdbi has the connections that all others share.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
public @interface Prompt {}
