// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import java.util.Set;

/**
 * What of Spring's settings the code itself makes.
 *
 * @param lazy whether it has singletons made only when somebody asks for them, or may do so
 * @param profiles whether it may choose profiles
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

    /** The same with what another class does. */
    CodeSettings and(ClassFiles.Mentioned mentioned) {
        Set<String> members = mentioned.members();
        boolean builds = mentioned.classes().contains(BUILDER)
                && (members.contains("profiles") || members.contains("properties"));
        return new CodeSettings(
                lazy || LAZY.stream().anyMatch(members::contains),
                profiles || builds || PROFILES.stream().anyMatch(members::contains));
    }
}
