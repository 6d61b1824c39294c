// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.fix.PomPlugin;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Prints the {@code <plugin>} with which this project is checked, and what the check found. */
@Mojo(name = "init", requiresProject = false, threadSafe = true, configurator = StrictConfigurator.NAME)
public final class InitMojo extends AnalysisMojo {

    private static final List<String> EXECUTIONS = List.of(
            "  <executions>",
            "    <execution>",
            "      <goals>",
            "        <goal>check</goal>",
            "      </goals>",
            "    </execution>",
            "  </executions>");

    /** Puts the {@code <plugin>} into the project's pom. */
    @Parameter(property = "readonly-rootfs.write", defaultValue = "false")
    private boolean write;

    @Override
    Policy policy(MavenBuild place) {
        return Policy.DEFAULT;
    }

    @Override
    void run(CheckRequest request, MavenBuild place) throws ConfigurationException, MojoExecutionException {
        CheckResult result = ReadOnlyRootAnalysis.check(request);
        warnOfMissingClasses(result.tasks());
        File pom = place.pom();
        List<String> plugin = plugin(request, place);
        if (place.isDeclared() && place.checksWhenVerified()) {
            getLog().info("the pom has the plugin already");
        } else if (place.isDeclared()) {
            getLog().info("the pom has the plugin, but no execution that runs check; put this into its <plugin>:");
            EXECUTIONS.forEach(line -> System.out.println(line.substring(2)));
        } else if (pom == null) {
            getLog().info(ConsoleReport.printable("there is no pom to put the plugin into" + elsewhere(request, place)
                    + "; check with: " + place.command("check")));
        } else if (write) {
            String name = place.displayed(pom.toPath());
            try {
                new PomPlugin(plugin).addTo(pom.toPath(), name, place.repository());
            } catch (IOException e) {
                throw new MojoExecutionException(ConsoleReport.printable(
                        e.getMessage() + "; run the goal without readonly-rootfs.write, and paste what it prints"));
            }
            getLog().info(ConsoleReport.printable("added the plugin to " + name));
        } else {
            getLog().info("put this into <build><plugins> of "
                    + ConsoleReport.printable(place.displayed(pom.toPath()))
                    + ", or run the goal again with -Dreadonly-rootfs.write:");
            plugin.forEach(System.out::println);
        }
        for (String name : place.leftOutOfPom()) {
            getLog().info("add <" + name
                    + "> to the <configuration>: its values may be secret, so they are not written");
        }
        ConsoleReport console = new ConsoleReport(result.tasks(), result.findings());
        console.containers().forEach(getLog()::info);
        getLog().info(console.summary());
        if (pom != null) {
            boolean ready = place.isDeclared() ? place.checksWhenVerified() : write;
            getLog().info("next: mvn verify" + (ready ? "" : ", once the pom has these lines"));
        }
    }

    /** The pom beside the Dockerfile, if there is one. */
    private static String elsewhere(CheckRequest request, MavenBuild place) {
        return request.application()
                .dockerfile()
                .map(build -> build.file().file().resolveSibling("pom.xml"))
                .filter(Files::isRegularFile)
                .map(pom -> " here; run it with -f " + place.displayed(pom))
                .orElse("");
    }

    /**
     * With what the user said on the command line, so that the check runs as this goal does. The files are named, so that a
     * further one of their kind does not make it ask which.
     */
    private static List<String> plugin(CheckRequest request, MavenBuild place) {
        List<String> lines = new ArrayList<>(List.of(
                "<plugin>",
                "  <groupId>" + place.execution().getGroupId() + "</groupId>",
                "  <artifactId>" + place.execution().getArtifactId() + "</artifactId>",
                "  <version>" + place.execution().getVersion() + "</version>",
                "  <configuration>"));
        SortedMap<String, String> settings = place.settingsForPom();
        request.application()
                .dockerfile()
                .map(build -> build.file().written())
                .ifPresent(written -> settings.put("dockerfile", written));
        settings.put("taskDefinition", request.taskDefinition().file().written());
        settings.forEach((name, text) -> lines.add(element(name, text)));
        lines.add("  </configuration>");
        lines.addAll(EXECUTIONS);
        lines.add("</plugin>");
        return lines;
    }

    private static String element(String name, String text) {
        return "    <" + name + ">" + text.replace("&", "&amp;").replace("<", "&lt;") + "</" + name + ">";
    }
}
