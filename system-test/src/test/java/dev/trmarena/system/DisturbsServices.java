package dev.trmarena.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Kills or stops services, broker, database or store: on a platform for such test classes. */
@ExtendWith(DisturbedPlatform.class)
@ResourceLock(Lane.WAIT)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface DisturbsServices {}
