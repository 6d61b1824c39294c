// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The frameworks of applications that read their configuration differently. */
public enum Framework {
    SPRING_BOOT(BooleanWords.SPRING, "org.springframework.boot"),
    QUARKUS(BooleanWords.SMALLRYE, "io.quarkus"),
    MICRONAUT(BooleanWords.MICRONAUT, "io.micronaut"),
    DROPWIZARD(BooleanWords.JAVA, "io.dropwizard:dropwizard-core", "io.dropwizard:dropwizard-configuration"),
    HELIDON(BooleanWords.HELIDON, "io.helidon"),
    MICROPROFILE(BooleanWords.SMALLRYE, "io.smallrye.config", "org.eclipse.microprofile.config");

    private final BooleanWords words;

    /** The beginnings of its libraries' coordinates, separated by blanks. */
    private final String groups;

    Framework(BooleanWords words, String... groups) {
        this.words = words;
        this.groups = String.join(" ", groups);
    }

    /** The words that it reads as true and false. */
    public BooleanWords words() {
        return words;
    }

    /** The framework of an application with these libraries, including unresolved ones. */
    static Optional<Framework> of(Dependencies dependencies) {
        List<String> libraries = new ArrayList<>(dependencies.unresolved());
        for (Dependency library : dependencies.resolved()) {
            if (!library.scope().equals("test")) {
                libraries.add(library.coordinates().toString());
            }
        }
        for (Framework framework : values()) {
            for (String library : libraries) {
                if (framework.isAmong(library)) {
                    return Optional.of(framework);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isAmong(String coordinates) {
        for (String group : groups.split(" ", -1)) {
            // Dropwizard's metrics are in many applications, which are none of its own.
            if ((coordinates + ":").startsWith(group + ":") || coordinates.startsWith(group + ".")) {
                return true;
            }
        }
        return false;
    }
}
