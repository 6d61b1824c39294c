// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import java.util.Collections;
import java.util.Set;

/**
 * Settings of Spring that the code itself makes.
 *
 * @param lazy whether it may make singletons lazy
 * @param profiles whether it may activate profiles
 */
record CodeSettings(boolean lazy, boolean profiles) {

    /** Methods of SpringApplication and of its builder. */
    private static final Set<String> LAZY = Set.of("setLazyInitialization", "lazyInitialization");

    /** Methods of these, and of Spring's environment. */
    private static final Set<String> PROFILES = Set.of(
            "setAdditionalProfiles",
            "setActiveProfiles",
            "addActiveProfile",
            "setDefaultProfiles",
            "setDefaultProperties");

    private static final String BUILDER = "org/springframework/boot/builder/SpringApplicationBuilder";

    static final CodeSettings NONE = new CodeSettings(false, false);

    /** These settings with those of another class. */
    CodeSettings and(ClassFiles.Mentioned mentioned) {
        Set<String> members = mentioned.members();
        boolean builds = mentioned.classes().contains(BUILDER)
                && (members.contains("profiles") || members.contains("properties"));
        return new CodeSettings(
                lazy || !Collections.disjoint(LAZY, members),
                profiles || builds || !Collections.disjoint(PROFILES, members));
    }
}
