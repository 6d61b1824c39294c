// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import java.util.Map;
import java.util.Set;

/**
 * A web application that a servlet container may load. At start the container creates its listeners, its filters and the servlets
 * that are configured so; the application does not start if one of them fails.
 *
 * @param deployed whether a servlet container loads it; an application that starts by itself ignores deployment descriptors
 * @param named the classes in deployment descriptors and files of initializers, with slashes
 * @param annotated whether annotated classes count too
 * @param parameters of the context, its servlets and filters; those of several values are left out
 */
public record WebApplication(boolean deployed, Set<String> named, boolean annotated, Map<String, String> parameters) {

    /** An application that no servlet container loads; an embedded one may still process annotations. */
    public static final WebApplication NONE = new WebApplication(false, Set.of(), true, Map.of());

    public WebApplication {
        named = Set.copyOf(named);
        parameters = Map.copyOf(parameters);
    }
}
