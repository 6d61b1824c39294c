// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.LegalValues;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.RulePage;
import io.github.readonlyrootfs.start.BaseDirectories;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:[/\\\\]");

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
        RulePage.of(id).lines().forEach(this::print);
        return true;
    }

    @Override
    Policy policy(MavenBuild place) throws ConfigurationException {
        if (path != null && WINDOWS.matcher(path).lookingAt()) {
            throw new ConfigurationException(
                    "path: \"" + path + "\" is a Windows path; if Git Bash turned yours into it, set"
                            + " MSYS_NO_PATHCONV=1 before the command");
        }
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
        Stream<String> lines = path == null
                ? new ExplainReport(result.tasks(), result.findings()).lines()
                : new ExplainReport(result.tasks(), ifNeeded(path, request, result)).lines(path);
        lines.forEach(this::print);
        warnOfMissingClasses(result.tasks());
        if (path == null) {
            String fix = Fix.fixable(result, place::isEditable).isEmpty()
                    ? ""
                    : "to make the edits of errors and warnings, run: " + place.command("fix");
            (fix + howToObserve(request, result, place)).strip().lines().forEach(this::print);
        }
    }

    /** The findings if all containers needed a path and no other: they say how it can be made writable. */
    private static List<Finding> ifNeeded(String path, CheckRequest request, CheckResult result)
            throws ConfigurationException {
        Set<String> names = result.tasks().containers().stream()
                .map(ContainerAnalysis::name)
                .collect(Collectors.toSet());
        DeclaredPath need = new DeclaredPath(path, "-Dreadonly-rootfs.path", Optional.empty());
        return ReadOnlyRootAnalysis.check(request.needingOnly(need, names)).findings();
    }

    /** Who asks for an explanation gets it in a quiet build too. */
    private void print(String line) {
        if (getLog().isInfoEnabled()) {
            getLog().info(line);
        } else {
            System.out.println(line);
        }
    }
}
