// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.tree.MethodNode;

/** The methods that frameworks call while an application starts. By default there is no framework. */
interface Callbacks {

    /** Those of no framework. */
    Callbacks NONE = new Callbacks() {};

    /**
     * The methods that frameworks call.
     *
     * @param main the class that starts, with slashes
     */
    default List<Target> all(Optional<String> main) {
        return List.of();
    }

    /** The methods that they call where it is unknown whether a condition holds, and those that they call anyway. */
    default List<Target> possible(Optional<String> main) {
        return List.of();
    }

    /** Whether a main method starts the application, not a servlet container that loads it. */
    default boolean runsMain() {
        return true;
    }

    /** Whether Spring calls a method at start to create a singleton. */
    default boolean isBeanMethod(MethodNode method) {
        return false;
    }

    /** The methods that are called on the beans of a context. */
    default List<Target> ofContext(SpringContext context) {
        return List.of();
    }

    /**
     * The methods that Spring calls on an object that a {@code @Bean} method creates, if its class fits the method's type.
     *
     * @param made its class
     */
    default List<Target> ofMade(MethodNode method, String made) {
        return List.of();
    }
}
