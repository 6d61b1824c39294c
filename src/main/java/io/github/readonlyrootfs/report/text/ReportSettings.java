// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.finding.Finding;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The settings of a report.
 *
 * @param pluginVersion of this plugin
 * @param project the name of the project that is built; empty where there is none
 * @param fixCommand what to type for the edits of the findings
 * @param repositoryPrefix the project's directory relative to the root of its repository, with forward slashes; empty
 *     where both are one
 * @param rules the rules that were run; their pages are read only for a report that shows them
 * @param fails whether a finding fails the build
 */
public record ReportSettings(
        String pluginVersion,
        String project,
        String fixCommand,
        String repositoryPrefix,
        Supplier<List<RuleDescription>> rules,
        Predicate<Finding> fails) {

    public static final String PLUGIN_NAME = "readonly-rootfs-maven-plugin";

    public static final String PLUGIN_URL = "https://github.com/readonly-rootfs/" + PLUGIN_NAME;

    /** A file of the project, relative to the root of its repository. */
    public String pathInRepository(String file) {
        return RepositoryUri.path(repositoryPrefix, file);
    }
}
