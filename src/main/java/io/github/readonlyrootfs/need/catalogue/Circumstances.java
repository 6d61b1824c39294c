// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.source.Value;

/** The subject of a condition: an application with its libraries, or a program that a container runs. */
sealed interface Circumstances permits Circumstances.OfApplication, WriterCircumstances {

    /** The container's application. */
    Application application();

    Value<String> variable(String name);

    record OfApplication(Application application) implements Circumstances {

        @Override
        public Value<String> variable(String name) {
            return application.container().environment().get(name);
        }
    }
}
