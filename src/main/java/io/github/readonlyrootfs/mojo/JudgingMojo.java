// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that act on findings. */
abstract class JudgingMojo extends AnalysisMojo {

    /** {@code error}, {@code warning}, {@code info} or {@code off}, by rule id. {@code observe} does not use it. */
    @Parameter
    private Map<String, String> severities = Map.of();

    /** {@code severities} on the command line: {@code RULE=warning,RULE=off}. */
    @Parameter(property = "readonly-rootfs.severities")
    @Nullable
    private String severitiesProperty;

    /**
     * Findings to ignore, one {@code <ignore>} each: {@code rule}, {@code container}, {@code path} (at or below
     * it) and the mandatory {@code reason}. In the pom only. {@code observe} does not use it.
     */
    @Parameter
    private List<IgnoreEntry> ignores = List.of();

    /**
     * The file that lists known findings, which do not fail the build; a new or a worse one does. Default:
     * {@code readonly-rootfs-baseline.json} in the project's directory, if it exists. {@code observe} does not use it.
     */
    @Parameter(property = "readonly-rootfs.baseline")
    @Nullable
    File baseline;

    /** An {@code <ignore>} among {@code <ignores>}. Maven sets the fields. */
    public static final class IgnoreEntry {
        @Nullable
        String rule;

        @Nullable
        String container;

        @Nullable
        String path;

        @Nullable
        String reason;
    }

    @Override
    Policy policy(MavenBuild place) throws ConfigurationException {
        return new PolicyFactory(place).policy(Pairs.of("severities", severities, severitiesProperty), ignores);
    }

    final void print(ConsoleReport console) {
        console.lines().forEach(this::print);
    }

    final void print(ConsoleReport.Line line) {
        switch (line.severity()) {
            case ERROR -> getLog().error(line.text());
            case WARNING -> getLog().warn(line.text());
            case INFO -> getLog().info(line.text());
        }
    }
}
