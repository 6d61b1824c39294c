// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasReturnType.Predicates.rawReturnType;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.readonlyrootfs.need.ApplicationModules;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.shell.state.Shell;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.plugin.logging.Log;

/** Which package may use which. Dependencies go one way, without cycles. */
@AnalyzeClasses(packagesOf = ReadOnlyRootAnalysis.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.github.readonlyrootfs";

    /**
     * For each package the packages of ours that it may use, from the bottom up; {@code image.*} is a package with its
     * subpackages. The root package contains the façade and is called {@code ""}.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("source", Set.of()),
            Map.entry("partial", Set.of("source")),
            Map.entry("archive", Set.of()),
            Map.entry("data", Set.of()),
            Map.entry("bytecode.path", Set.of("partial", "archive", "data", "source")),
            Map.entry("bytecode.start", Set.of("bytecode.path", "partial", "archive", "data", "xml", "source")),
            Map.entry("bytecode", Set.of("bytecode.*", "partial", "archive", "source")),
            Map.entry("yaml", Set.of("source")),
            Map.entry("xml", Set.of("source")),
            Map.entry("hcl", Set.of("source")),
            Map.entry("dockerfile.text", Set.of("source")),
            Map.entry("dockerfile", Set.of("dockerfile.text", "source")),
            Map.entry("shell", Set.of()),
            Map.entry("shell.text", Set.of("partial", "data", "source")),
            Map.entry("program", Set.of("shell.text", "partial", "data", "source")),
            Map.entry("shell.state", Set.of("shell", "partial", "source")),
            Map.entry("shell.expand", Set.of("shell", "shell.state", "shell.text", "partial", "source")),
            Map.entry("shell.run", Set.of("shell.*", "program", "partial", "data", "source")),
            Map.entry("image.tree", Set.of("archive", "partial", "source")),
            Map.entry("image", Set.of("image.tree", "dockerfile.text", "source")),
            Map.entry("image.facts", Set.of("image", "image.tree", "data", "source")),
            Map.entry(
                    "image.command",
                    Set.of(
                            "image",
                            "image.tree",
                            "program",
                            "shell.state",
                            "shell.text",
                            "archive",
                            "partial",
                            "data",
                            "source")),
            Map.entry(
                    "image.stage",
                    Set.of("image.*", "dockerfile.*", "shell.run", "shell.state", "archive", "partial", "source")),
            Map.entry("taskdef.node", Set.of("partial", "yaml", "source")),
            Map.entry("taskdef.schema", Set.of("taskdef.node", "data", "source")),
            Map.entry("taskdef.cloudformation", Set.of("taskdef.schema", "taskdef.node", "source")),
            Map.entry("taskdef.terraform", Set.of("taskdef.schema", "taskdef.node", "hcl", "yaml", "data", "source")),
            Map.entry("taskdef", Set.of("taskdef.*", "data", "source")),
            Map.entry(
                    "start", Set.of("image.*", "taskdef.*", "program", "shell.*", "partial", "data", "yaml", "source")),
            Map.entry("runtime", Set.of("image.*", "taskdef.*", "source")),
            Map.entry("runtime.engine", Set.of("runtime", "start", "image.*", "taskdef.*", "program", "source")),
            Map.entry("configuration.file", Set.of("archive", "yaml", "source")),
            Map.entry("configuration.placeholder", Set.of("configuration.file", "partial", "source")),
            Map.entry("configuration", Set.of("configuration.*", "partial", "yaml", "xml", "source")),
            Map.entry("logging", Set.of("configuration.*", "partial", "yaml", "xml", "source")),
            Map.entry(
                    "pom", Set.of("image.*", "configuration.*", "need.project", "archive", "partial", "xml", "source")),
            Map.entry(
                    "need.project",
                    Set.of("archive", "bytecode", "bytecode.start", "configuration.file", "data", "source")),
            Map.entry("manifest", Set.of("need.project", "configuration.file", "data", "xml", "source")),
            Map.entry(
                    "need",
                    Set.of(
                            "start",
                            "need.project",
                            "partial",
                            "data",
                            "image.*",
                            "taskdef.*",
                            "archive",
                            "bytecode.*",
                            "configuration.*",
                            "yaml",
                            "xml",
                            "source")),
            Map.entry("need.observed", Set.of("need", "source")),
            Map.entry(
                    "need.catalogue",
                    Set.of(
                            "need",
                            "start",
                            "need.project",
                            "image.*",
                            "taskdef.*",
                            "configuration.*",
                            "partial",
                            "data",
                            "source")),
            Map.entry(
                    "need.finder",
                    Set.of(
                            "need.*",
                            "start",
                            "program",
                            "partial",
                            "image.*",
                            "taskdef.*",
                            "archive",
                            "data",
                            "bytecode.*",
                            "configuration.*",
                            "logging",
                            "xml",
                            "source")),
            Map.entry(
                    "analysis",
                    Set.of("pom", "runtime", "need.*", "start", "partial", "image.*", "taskdef.*", "source")),
            Map.entry("edit", Set.of("pom", "runtime", "image.*", "taskdef.*", "source")),
            Map.entry("finding", Set.of("edit", "runtime", "source")),
            Map.entry("message", Set.of("edit", "runtime", "need", "image.*", "source")),
            Map.entry(
                    "remedy",
                    Set.of("analysis", "edit", "pom", "runtime.*", "need.*", "image.*", "taskdef.*", "source")),
            Map.entry(
                    "rule.engine",
                    Set.of(
                            "remedy",
                            "finding",
                            "analysis",
                            "edit",
                            "data",
                            "runtime",
                            "image.*",
                            "taskdef.*",
                            "source")),
            Map.entry("rule.dockerfile", Set.of("rule.engine", "finding", "analysis", "edit", "image.*", "source")),
            Map.entry(
                    "rule.taskdef",
                    Set.of(
                            "rule.engine",
                            "remedy",
                            "finding",
                            "analysis",
                            "edit",
                            "message",
                            "data",
                            "pom",
                            "runtime",
                            "start",
                            "need.*",
                            "image.*",
                            "taskdef.*",
                            "source")),
            Map.entry(
                    "rule.container",
                    Set.of(
                            "rule.engine",
                            "remedy",
                            "finding",
                            "analysis",
                            "edit",
                            "message",
                            "pom",
                            "runtime.*",
                            "need.*",
                            "image.*",
                            "taskdef.*",
                            "source")),
            Map.entry("rule", Set.of("rule.*")),
            Map.entry(
                    "request",
                    Set.of(
                            "remedy",
                            "finding",
                            "pom",
                            "runtime",
                            "need.*",
                            "image.*",
                            "taskdef.*",
                            "dockerfile.*",
                            "source")),
            Map.entry("baseline", Set.of("request", "finding", "source")),
            Map.entry(
                    "assembly",
                    Set.of(
                            "request",
                            "finding",
                            "analysis",
                            "pom",
                            "manifest",
                            "runtime.*",
                            "need.*",
                            "image.*",
                            "dockerfile",
                            "taskdef.*",
                            "source")),
            Map.entry(
                    "",
                    Set.of(
                            "assembly",
                            "baseline",
                            "request",
                            "rule.*",
                            "remedy",
                            "finding",
                            "edit",
                            "analysis",
                            "pom",
                            "runtime",
                            "need.*",
                            "image.*",
                            "taskdef.*",
                            "source")),
            Map.entry(
                    "observe",
                    Set.of("request", "analysis", "runtime", "start", "need.*", "taskdef", "program", "source")),
            Map.entry(
                    "fix",
                    Set.of(
                            "",
                            "observe",
                            "request",
                            "remedy",
                            "finding",
                            "analysis",
                            "edit",
                            "need.*",
                            "runtime",
                            "taskdef",
                            "xml",
                            "source")),
            Map.entry(
                    "report.excerpt",
                    Set.of(
                            "program",
                            "finding",
                            "analysis",
                            "message",
                            "need",
                            "image.*",
                            "dockerfile.*",
                            "taskdef.*",
                            "source")),
            Map.entry(
                    "report.text",
                    Set.of(
                            "report.excerpt",
                            "rule.*",
                            "finding",
                            "analysis",
                            "edit",
                            "message",
                            "pom",
                            "runtime",
                            "start",
                            "need.*",
                            "image.*",
                            "taskdef.*",
                            "source")),
            Map.entry(
                    "report.html",
                    Set.of(
                            "report.text",
                            "report.excerpt",
                            "finding",
                            "analysis",
                            "data",
                            "message",
                            "runtime",
                            "need.*",
                            "image.*",
                            "taskdef.*",
                            "source")),
            Map.entry(
                    "report",
                    Set.of(
                            "report.*",
                            "rule.*",
                            "finding",
                            "analysis",
                            "data",
                            "edit",
                            "message",
                            "pom",
                            "runtime",
                            "need.*",
                            "image.*",
                            "taskdef.*",
                            "source")));

    @ArchTest
    static void aPackageUsesOnlyThoseBelowIt(JavaClasses all) {
        MAY_USE.forEach((name, allowed) -> {
            Set<String> forbidden = new TreeSet<>(MAY_USE.keySet());
            forbidden.add("mojo");
            forbidden.removeIf(
                    other -> other.equals(name) || allowed.contains(other) || allowed.contains(family(other)));
            noClasses()
                    .that()
                    .resideInAPackage(qualified(name))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            forbidden.stream().map(ArchitectureTest::qualified).toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(all);
        });
    }

    private static String family(String name) {
        return name.replaceAll("\\..*", "") + ".*";
    }

    private static String qualified(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    @ArchTest
    static final ArchRule everyPackageStandsInTheTable = classes()
            .should()
            .resideInAnyPackage(
                    Stream.concat(MAY_USE.keySet().stream().map(ArchitectureTest::qualified), Stream.of(ROOT + ".mojo"))
                            .toArray(String[]::new));

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheMojosKnowMaven = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".mojo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.maven..", "org.codehaus.plexus..", "org.eclipse.aether..", "javax.inject..");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsTheYamlParser = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".yaml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule onlyOnePackageReadsClassFiles = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".bytecode..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.objectweb.asm..");

    @ArchTest
    static final ArchRule pathsInContainersAreNotPathsOfThisMachine = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".taskdef..", ROOT + ".runtime..", ROOT + ".start..", ROOT + ".need..", ROOT + ".rule..")
            .and()
            .doNotBelongToAnyOf(ProjectFacts.class, ProjectDirectories.class, ApplicationModules.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Path.class)
            .because("a Windows host builds Linux images");

    @ArchTest
    static final ArchRule onlyTheShellEngineChangesAShell = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".shell..")
            .should()
            .callMethodWhere(target(owner(type(Shell.class))).and(target(rawReturnType(void.class))))
            .because("a host records what a shell does, and does not control it");

    @ArchTest
    static final ArchRule nothingButFindingsIsSaidAtDebugLevel = noClasses()
            .that()
            .doNotHaveSimpleName("JudgingMojo")
            .and()
            .doNotHaveSimpleName("HelpMojo")
            .should()
            .callMethod(Log.class, "debug", CharSequence.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..")
            .because("CanaryTest reads the console's lines, those of infos among them, but no others");

    @ArchTest
    static final ArchRule aClassIsNamedForWhatItIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    /** A reader can distinguish two classes of the same name only by their imports. */
    @ArchTest
    static void noTwoClassesShareAName(JavaClasses all) {
        Map<String, String> packages = new TreeMap<>();
        Set<String> shared = new TreeSet<>();
        for (JavaClass each : all) {
            if (each.isTopLevelClass() && !each.getSimpleName().equals("package-info")) {
                String other = packages.put(each.getSimpleName(), each.getPackageName());
                if (other != null) {
                    shared.add(each.getSimpleName() + " in " + other + " and " + each.getPackageName());
                }
            }
        }
        assertThat(shared).isEmpty();
    }

    /** A larger package is split by meaning, into packages inside it. */
    @ArchTest
    static void aPackageHasAtMostTwentySixClasses(JavaClasses all) {
        Map<String, Integer> sizes = new TreeMap<>();
        for (JavaClass each : all) {
            if (each.isTopLevelClass() && !each.getSimpleName().equals("package-info")) {
                sizes.merge(each.getPackageName(), 1, Integer::sum);
            }
        }
        sizes.values().removeIf(size -> size <= 26);
        assertThat(sizes).isEmpty();
    }

    /**
     * More components are grouped by meaning. Only a record that mirrors a foreign document key by key may have this
     * many.
     */
    @ArchTest
    static void aRecordHasAtMostEightComponents(JavaClasses all) {
        Map<String, Integer> sizes = new TreeMap<>();
        for (JavaClass each : all) {
            if (each.isRecord()
                    && each.getFields().stream().noneMatch(field -> field.isAnnotatedWith(JsonProperty.class))) {
                sizes.put(each.getName(), each.reflect().getRecordComponents().length);
            }
        }
        sizes.values().removeIf(size -> size <= 8);
        assertThat(sizes).isEmpty();
    }
}
