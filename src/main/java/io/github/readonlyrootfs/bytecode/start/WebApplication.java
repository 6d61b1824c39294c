// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import java.util.Set;

/**
 * What a servlet container does at start with the classes of a web application that it loads: it makes its listeners and
 * filters, and the servlets that want it so, and does without the application if one of them fails.
 *
 * @param deployed whether a servlet container loads it; what starts by itself has no use for a deployment descriptor
 * @param named the classes that deployment descriptors and the files of initializers name for that, with slashes
 * @param annotated whether classes with annotations count too
 */
public record WebApplication(boolean deployed, Set<String> named, boolean annotated) {

    /** What no servlet container loads, though it may find annotations by itself. */
    public static final WebApplication NONE = new WebApplication(false, Set.of(), true);

    public WebApplication {
        named = Set.copyOf(named);
    }
}
