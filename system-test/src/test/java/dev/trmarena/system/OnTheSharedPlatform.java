package dev.trmarena.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Only adds to the platform that such test classes share, one after the other. */
@ExtendWith(SharedPlatform.class)
@ResourceLock("the shared platform")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnTheSharedPlatform {}
