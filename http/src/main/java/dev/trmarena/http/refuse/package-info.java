/** How a request is read and refused: one exception, one JSON form; what is a defect and what is trouble that passes. */
@NullMarked
@OpenAPIDefinition(
        // No release: the document changes when the API does, not when a version is cut.
        info = @Info(title = "trm-arena", version = "1"),
        components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)))
package dev.trmarena.http.refuse;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.NullMarked;
