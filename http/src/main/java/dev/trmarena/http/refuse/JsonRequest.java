package dev.trmarena.http.refuse;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A record that the body of a request is read as ({@link JsonBody}), held to its constraints. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JsonRequest {
    /** How long the body may be: the server itself has no limit, uploads are gigabytes. */
    int mostBytes();
}
