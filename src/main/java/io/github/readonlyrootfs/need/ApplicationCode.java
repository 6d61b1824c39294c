// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.HandedValue;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;

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

            @Override
            public Value<String> handed(String name) {
                Value<String> all = Value.absent();
                for (HandedValue each : container.application().code().handed(name)) {
                    Location location = container.application().location(each.place());
                    Value<String> value = each.always()
                            ? CodePath.of(each.value(), container).at(location)
                            : new Value.Unknown<>("a condition decides whether the code sets it", location);
                    boolean same = all.isAbsent() || all.known().equals(value.known());
                    all = same ? value : new Value.Unknown<>("the code sets it in several ways", location);
                }
                return all;
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

    /**
     * What they hand to a library; absent if they do not.
     *
     * @param name a key, or {@code org.example.Type.method()} for its first argument
     */
    default Value<String> handed(String name) {
        return Value.absent();
    }
}
