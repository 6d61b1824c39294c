// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.observe.Engine;
import io.github.readonlyrootfs.observe.Engine.NoEngineException;
import io.github.readonlyrootfs.observe.RunSettings;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.ValuesFile;
import io.github.readonlyrootfs.source.NearestName;
import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that run containers. */
abstract class TrialMojo extends JudgingMojo {

    /** A file with the values of secrets and placeholders among the containers' variables, a {@code NAME=value} on each line. */
    @Parameter(property = "readonly-rootfs.environmentFile")
    @Nullable
    private File environmentFile;

    /** The values of secrets and placeholders among the containers' variables, by name. */
    @Parameter
    private Map<String, String> environment = Map.of();

    /** {@code environment} on the command line: {@code A=1,B=2}. */
    @Parameter(property = "readonly-rootfs.environment")
    @Nullable
    private String environmentProperty;

    /** A regular expression: a container is ready when a line of its log has a match. */
    @Parameter(property = "readonly-rootfs.readyLog")
    @Nullable
    private String readyLog;

    /** A container is ready when it listens on this TCP port. */
    @Parameter(property = "readonly-rootfs.readyPort")
    @Nullable
    private Integer readyPort;

    /**
     * A container without health check in the task definition, {@code readyLog} and {@code readyPort} is ready when it is up
     * for so many seconds. Default: when it listens on a TCP port of its {@code portMappings}; without any, 10.
     */
    @Parameter(property = "readonly-rootfs.readyAfter")
    @Nullable
    private Integer readyAfter;

    /** A container that is not ready after so many seconds does not do its job. */
    @Parameter(property = "readonly-rootfs.readyTimeout", defaultValue = "120")
    private int readyTimeout = 120;

    /**
     * A command for {@code sh} that uses a container that is ready, such as a request; it fails if the container does not do
     * its job.
     */
    @Parameter(property = "readonly-rootfs.drive")
    @Nullable
    private String drive;

    /** The image in which {@code drive} runs, in the container's network. Default: in the container itself. */
    @Parameter(property = "readonly-rootfs.driveImage")
    @Nullable
    private String driveImage;

    /** The network of the containers, as the engine calls it. */
    @Parameter(property = "readonly-rootfs.network", defaultValue = RunSettings.NO_NETWORK)
    private String network = RunSettings.NO_NETWORK;

    /** When a container that is run does its job, and how it is run. */
    final RunSettings settings() throws ConfigurationException {
        if ((readyAfter != null && readyAfter < 1) || readyTimeout < 1) {
            throw new ConfigurationException("readyAfter and readyTimeout are numbers from 1 on");
        }
        return new RunSettings(
                pattern(),
                readyPort == null ? OptionalInt.empty() : OptionalInt.of(readyPort),
                Optional.ofNullable(readyAfter).map(Duration::ofSeconds),
                Duration.ofSeconds(readyTimeout),
                RequestFactory.text(drive),
                RequestFactory.text(driveImage),
                network,
                values());
    }

    /** Rejects names of containers that the task definition does not have. */
    static void rejectUnknown(String parameter, List<String> names, Set<String> containers)
            throws ConfigurationException {
        for (String name : names) {
            if (!containers.contains(name)) {
                throw new ConfigurationException(parameter + ": there is no container " + name
                        + NearestName.orLonger(name, containers)
                                .map(near -> "; did you mean " + near + "?")
                                .orElseGet(() -> ", but " + String.join(", ", containers)));
            }
        }
    }

    /**
     * The engine that answers.
     *
     * @param path where to look for it, as in the environment variable PATH
     * @param nothing what is not done without one
     */
    static Engine engine(String path, String nothing) throws MojoFailureException {
        try {
            return Engine.find(path);
        } catch (NoEngineException e) {
            throw new MojoFailureException(ConsoleReport.printable(nothing + ": no engine answers: " + e.getMessage()));
        }
    }

    private Optional<Pattern> pattern() throws ConfigurationException {
        try {
            return RequestFactory.text(readyLog).map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new ConfigurationException("readyLog: this is not a regular expression: " + e.getDescription());
        }
    }

    private Map<String, String> values() throws ConfigurationException {
        Map<String, String> values = new HashMap<>();
        if (environmentFile != null) {
            if (!environmentFile.isFile()) {
                throw new ConfigurationException("environmentFile: there is no file " + environmentFile);
            }
            values.putAll(ValuesFile.read(new NamedFile(environmentFile.toPath(), environmentFile.getName())));
        }
        values.putAll(Pairs.of("environment", environment, environmentProperty));
        return values;
    }
}
