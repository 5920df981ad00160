package dev.trmarena.leaderboard.connect;

import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Of a Jdbi: with connections of its own, which no request gets. It is for what has to go on however many read: recording,
 * scoring, and looking for what changed. Without it a Jdbi has the connections that all requests share.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
public @interface Recording {}
