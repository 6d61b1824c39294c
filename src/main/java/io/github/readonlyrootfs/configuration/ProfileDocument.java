// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.Optional;

/**
 * A document with the profiles that it counts for.
 *
 * @param profile the one in the file's name, or before the keys; empty where none is
 * @param expression what else the document says about profiles
 */
record ProfileDocument(PropertyDocument document, Optional<String> profile, Optional<ProfileExpression> expression) {

    /** One that counts for a profile, or for all. */
    ProfileDocument(PropertyDocument document, Optional<String> profile) {
        this(document, profile, Optional.empty());
    }

    boolean isUnconditional() {
        return profile.isEmpty() && expression.isEmpty();
    }

    /** The condition, for people. */
    String condition() {
        String alone = expression.map(ProfileExpression::toString).orElse("");
        return "profile "
                + profile.map(name -> alone.isEmpty() ? name : name + " and " + alone)
                        .orElse(alone);
    }
}
