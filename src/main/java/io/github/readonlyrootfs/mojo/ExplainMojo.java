// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.RulePage;
import io.github.readonlyrootfs.start.BaseDirectories;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Prints each container's user, its mounts and their owners at run time, and for every needed path whether it can be
 * written, why, and the fix. Never fails the build.
 */
@Mojo(name = "explain", requiresProject = false, threadSafe = true, configurator = StrictConfigurator.NAME)
public final class ExplainMojo extends AnalysisMojo {

    /**
     * A path inside the container: only why it can or cannot be written is printed. {@code ~/x} is below the user's home,
     * {@code ./x} below the working directory.
     */
    @Parameter(property = "readonly-rootfs.path")
    @Nullable
    private String path;

    /** The id of a rule: only its page is printed. */
    @Parameter(property = "readonly-rootfs.rule")
    @Nullable
    private String rule;

    @Override
    boolean runWithoutFiles() throws ConfigurationException {
        if (rule == null) {
            return false;
        }
        String id = LegalValues.of("rule", Rules.ids()).parse(rule);
        RulePage.of(id).markdown().lines().forEach(getLog()::info);
        return true;
    }

    @Override
    Policy policy(MavenBuild place) throws ConfigurationException {
        if (path != null && !BaseDirectories.isPath(path)) {
            throw new ConfigurationException(
                    "path: \"" + path + "\" is not absolute; write it as it is in the container,"
                            + " such as /" + path + ", or ./" + path + " below its working directory, or ~/" + path
                            + " below its user's home");
        }
        return Policy.DEFAULT;
    }

    @Override
    void run(CheckRequest request, MavenBuild place) throws ConfigurationException {
        CheckResult result = ReadOnlyRootAnalysis.check(request);
        warnOfMissingClasses(result.tasks());
        ExplainReport report = new ExplainReport(result.tasks(), result.findings());
        Stream<String> lines = path == null ? report.lines() : report.lines(path);
        lines.forEach(getLog()::info);
    }
}
