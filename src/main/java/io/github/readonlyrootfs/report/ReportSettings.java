package io.github.readonlyrootfs.report;

import java.util.List;

/**
 * What a report needs beyond the check's outcome.
 *
 * @param pluginVersion of this plugin
 * @param repositoryPrefix the project's directory relative to the root of its repository, with forward slashes; empty
 *     where both are one
 * @param rules the rules there are
 */
public record ReportSettings(String pluginVersion, String repositoryPrefix, List<RuleDescription> rules) {

    static final String PLUGIN_NAME = "readonly-rootfs-maven-plugin";

    static final String PLUGIN_URL = "https://github.com/readonly-rootfs/" + PLUGIN_NAME;
}
