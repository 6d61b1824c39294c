// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.source.Answer;

/** The classes and methods that an application's own classes use. */
@FunctionalInterface
public interface ApplicationCode {

    /** The code of the project's own classes. Whatever they do not use, a library may use. */
    static ApplicationCode of(ContainerContext container) {
        return new ApplicationCode() {

            @Override
            public Answer uses(String name) {
                return container.application().code().mentions(name)
                        ? Answer.YES
                        : Answer.unknown("no use of it was found");
            }

            @Override
            public boolean callsAtStart(Wildcard method) {
                return container.application().code().startedCalls().stream().anyMatch(method::matches);
            }
        };
    }

    /**
     * Whether they use a class.
     *
     * @param name of a class or a package, with dots; nested classes and packages count too
     */
    Answer uses(String name);

    /**
     * Whether they certainly call a method when the application starts.
     *
     * @param method matches the class's name with dots, a dot, and the method's name
     */
    default boolean callsAtStart(Wildcard method) {
        return false;
    }
}
