// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.file.PropertyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A document with its conditions on profiles.
 *
 * @param profile the profile in the file's name; empty without one
 * @param expressions further conditions: those in the document, and those of the documents that import it
 */
record ProfileDocument(PropertyDocument document, Optional<String> profile, List<ProfileExpression> expressions) {

    ProfileDocument {
        expressions = List.copyOf(expressions);
    }

    /** A document for one profile, or for all. */
    ProfileDocument(PropertyDocument document, Optional<String> profile) {
        this(document, profile, List.of());
    }

    boolean isUnconditional() {
        return profile.isEmpty() && expressions.isEmpty();
    }

    List<ProfileExpression> conditions() {
        List<ProfileExpression> conditions = new ArrayList<>();
        if (profile.isPresent()) {
            conditions.add(ProfileExpression.of(profile.get()));
        }
        conditions.addAll(expressions);
        return conditions;
    }

    /** Whether it certainly applies. */
    boolean holds(Profiles profiles) {
        for (ProfileExpression condition : conditions()) {
            if (!profiles.match(condition).isTrue()) {
                return false;
            }
        }
        return true;
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        conditions().forEach(it -> names.addAll(it.names()));
        return names;
    }

    /** The condition, for display. */
    String condition() {
        return conditions().stream()
                .map(ProfileExpression::toString)
                .distinct()
                .collect(Collectors.joining(" and ", "profile ", ""));
    }
}
