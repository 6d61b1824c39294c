// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.endsWith;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.readonlyrootfs.report.ReportFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.junit.jupiter.api.Test;

/** How the goals work within Maven; findings are tested elsewhere. */
@MojoTest
@Basedir("src/it/demo")
final class GoalsTest extends GoalFixture {

    private static final String UNPROVEN = "../../test/resources/fixtures/a-directory-given-away-with-what-is-in-it/";

    @Inject
    private MavenSession session;

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "writablePaths", value = "/tmp,/usr/local/share")
    void aFindingFailsTheBuildWithItsOwnMessage(CheckMojo check) {
        assertThatThrownBy(check::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith(
                        "1 error; container app fails with a read-only root: it cannot write /usr/local/share");
        verify(log).error((CharSequence) startsWith("src/it/demo/Dockerfile:6:8: "));
        assertThat(target.resolve("readonly-rootfs/readonly-rootfs.json")).isRegularFile();
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "writablePaths", value = "/tmp,/usr/local/share")
    void aNamedExecutionHasItsOwnReportDirectory(CheckMojo check) {
        doReturn("default-prod").when(execution).getExecutionId();
        assertThatThrownBy(check::execute).isInstanceOf(MojoFailureException.class);
        assertThat(target.resolve("readonly-rootfs/default-prod/readonly-rootfs.json"))
                .isRegularFile();
        assertThat(target.resolve("readonly-rootfs/readonly-rootfs.json")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "writablePaths", value = "/tmp,/usr/local/share")
    @MojoParameter(name = "failOn", value = "never")
    void noFindingFailsTheBuildIfFailOnIsNever(CheckMojo check) throws Exception {
        check.execute();

        verify(log).error((CharSequence) startsWith("src/it/demo/Dockerfile:6:8: "));
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "writablePaths", value = "/tmp,/usr/local/share")
    @MojoParameter(name = "reports", value = "HTML,JUnit,gitlab")
    @MojoParameter(name = "severitiesProperty", value = "log-to-file=off")
    @MojoParameter(name = "failOn", value = "Never")
    void reportNamesIgnoreCaseAndReportsSayWhichFindingsFailTheBuild(CheckMojo check) throws Exception {
        check.execute();

        Path reports = target.resolve("readonly-rootfs");
        assertThat(reports.resolve("readonly-rootfs.json")).doesNotExist();
        assertThat(reports.resolve("gl-code-quality-report.json")).content().contains("\"path-not-permitted\"");
        assertThat(reports.resolve("readonly-rootfs.html"))
                .content()
                .contains(">Build passes: failOn is never</span> 1 error");
        assertThat(reports.resolve("TEST-readonly-rootfs.xml"))
                .content()
                .contains("failures=\"0\"", "name=\"path-not-permitted\"", "name=\"unused-volume\"")
                .doesNotContain("log-to-file");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "reports", value = "all")
    @MojoParameter(name = "failOn", value = "never")
    void everyReportIsWrittenForAll(CheckMojo check) throws Exception {
        check.execute();

        for (ReportFormat format : ReportFormat.values()) {
            assertThat(target.resolve("readonly-rootfs").resolve(format.fileName()))
                    .isNotEmptyFile();
        }
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "failOn", value = "warning")
    @MojoParameter(name = "severitiesProperty", value = "mount-not-usable=warning")
    void warningsFailTheBuildIfFailOnIsWarning(CheckMojo check) {
        assertThatThrownBy(check::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("warning");
        verify(log).error((CharSequence) startsWith("checked "));
        verify(log, atLeastOnce()).warn((CharSequence) contains("Dockerfile"));
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "failOn", value = "unproven")
    @MojoParameter(name = "severitiesProperty", value = "path-not-permitted=off,mount-not-usable=off")
    void aContainerThatIsNotProvenFailsTheBuildIfFailOnIsUnproven(CheckMojo check) {
        assertThatThrownBy(check::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("needs-unknown");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "failOn", value = "info")
    @MojoParameter(name = "severitiesProperty", value = "path-not-permitted=off,mount-not-usable=off")
    void infosFailTheBuildIfFailOnIsInfo(CheckMojo check) {
        assertThatThrownBy(check::execute).isInstanceOf(MojoFailureException.class);
        verify(log).info((CharSequence) endsWith("[path-not-writable]"));
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "baseline", value = "missing.json")
    void aMissingBaselineIsAnError(CheckMojo check) {
        assertThatMistakeIn(check)
                .hasMessageStartingWith("baseline: there is no ")
                .hasMessageContaining("missing.json");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "baseline", value = "a\0b")
    void anInvalidFileNameIsAnError(CheckMojo check) {
        assertThatMistakeIn(check).hasMessageStartingWith("baseline: \"").hasMessageContaining("is not a path here: ");
    }

    @Test
    @InjectMojo(goal = "check")
    void anErrorInThePluginForThePomIsReportedWithItsLocation(CheckMojo check) {
        doThrow(new IllegalStateException("hunter2")).when(project).getProperties();

        assertThatMistakeIn(check)
                .hasMessage(
                        "pom.xml: this could not be read: the plugin failed with IllegalStateException; this is a bug"
                                + " of the plugin: report it, with a file that shows it and the stack trace that mvn -e prints")
                .hasNoCause();
    }

    @Test
    @InjectMojo(goal = "check")
    void anErrorInThePluginIsReportedWithoutTheContentOfFiles(CheckMojo check) {
        for (Throwable error : List.of(new IllegalStateException("hunter2"), new StackOverflowError())) {
            doThrow(error).when(execution).getMojoDescriptor();

            assertThatMistakeIn(check)
                    .hasMessageEndingWith(": this project could not be checked: the plugin failed with "
                            + error.getClass().getSimpleName() + "; this is a bug of the plugin: report it, with a file"
                            + " that shows it and the stack trace that mvn -e prints")
                    .hasNoCause()
                    .extracting(Throwable::getStackTrace)
                    .isEqualTo(error.getStackTrace());
        }
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "rule", value = "path-not-writable")
    void explainPrintsTheRulesPage(ExplainMojo explain) throws Exception {
        explain.execute();

        verify(log).info("path-not-writable");
        verify(log).info("How to fix");
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "rule", value = "path-not-writeable")
    void aPageThatDoesNotExistIsAnError(ExplainMojo explain) {
        assertThatMistakeIn(explain)
                .hasMessageStartingWith("rule: there is no \"path-not-writeable\"; did you mean path-not-writable?");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "failOn", value = "nonsense")
    void everyGoalCanBeSkipped(CheckMojo check) throws Exception {
        check.execute();

        verify(log).info("skipped: readonly-rootfs.skip is set");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    @InjectMojo(goal = "fix")
    @MojoParameter(name = "dryRun", value = "true")
    @MojoParameter(name = "tryFixed", value = "true")
    void aDryRunLeavesNothingToTry(FixMojo fix) {
        assertThatMistakeIn(fix).hasMessage("tryFixed: nothing is fixed with dryRun; set one of the two");
    }

    @Test
    @InjectMojo(goal = "fix")
    @MojoParameter(name = "taskDefinition", value = UNPROVEN + "taskdef.json")
    @MojoParameter(name = "dockerfile", value = UNPROVEN + "Dockerfile")
    void aFixThatChangesNothingSaysHowToFindOutWhatIsUnknown(FixMojo fix) throws Exception {
        fix.execute();

        verify(log).info((CharSequence) startsWith("nothing to change; "));
        verify(log).info((CharSequence) startsWith("to find out what a container writes by running it, run: mvn "));
        verify(log).info((CharSequence) startsWith("to say what a container writes, add to the command: "));
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "failOn", value = "errors")
    void aBadValueIsAnError(CheckMojo check) {
        assertThatMistakeIn(check).hasMessage("failOn: there is no \"errors\"; did you mean error?");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "severitiesProperty", value = "path-not-writeable=off")
    void aRuleThatDoesNotExistIsAnError(CheckMojo check) {
        assertThatMistakeIn(check)
                .hasMessageStartingWith(
                        "severities: there is no \"path-not-writeable\"; did you mean path-not-writable?");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "severitiesProperty", value = "invalid-dockerfile=off")
    void anUnreadableFileStaysAnError(CheckMojo check) {
        assertThatMistakeIn(check).hasMessage("severities: invalid-dockerfile is always an error; remove the entry");
    }

    @Test
    @InjectMojo(goal = "check")
    void anUnknownPropertyIsAnError(CheckMojo check) {
        session.getUserProperties().setProperty("readonly-rootfs.failon", "never");

        assertThatMistakeIn(check)
                .hasMessage("-Dreadonly-rootfs.failon is not a property of this plugin;"
                        + " did you mean -Dreadonly-rootfs.failOn?");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "templateValuesProperty", value = "IMAGE_NAME=registry/secret")
    void aValueForAPlaceholderThatTheFileDoesNotHaveIsAnError(CheckMojo check) {
        assertThatMistakeIn(check)
                .hasMessageStartingWith("templateValues: src/it/demo/taskdef.json has no placeholder IMAGE_NAME;"
                        + " did you mean IMAGE1_NAME? Put values ")
                .hasMessageNotContaining("secret");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "templateValuesFile", value = "missing.env")
    void aFileOfValuesThatDoesNotExistIsAnError(CheckMojo check) {
        assertThatMistakeIn(check)
                .hasMessageContaining("missing.env; set readonly-rootfs.templateValuesFile to a file that exists");
    }

    @Test
    void propertiesOfTheProjectAreReadAndThoseOfTheMachineAreNot() {
        MavenBuild place = new MavenBuild(session, project, execution, mock(ProjectDependenciesResolver.class));
        project.getProperties().setProperty("revision", "of the pom");
        project.getProperties().setProperty("own", "own");
        session.getUserProperties().setProperty("revision", "of the user");

        assertThat(place.property("revision")).contains("of the user");
        assertThat(place.property("own")).contains("own");
        assertThat(place.property("project.artifactId")).contains(project.getArtifactId());
        assertThat(place.property("project.basedir")).isEmpty();
        assertThat(place.property("project.nonsense")).isEmpty();
        assertThat(place.property("java.io.tmpdir")).isEmpty();
        assertThat(place.property("env.PATH")).isEmpty();
    }

    @Test
    @InjectMojo(goal = "check")
    void aDirectoryThatCannotBeWrittenIsNamed(CheckMojo check) throws Exception {
        Path file = Files.createFile(target.resolve("readonly-rootfs"));

        assertThatMistakeIn(check).hasMessageContaining(file.toString());
    }

    @Test
    @InjectMojo(goal = "explain")
    void explainPrintsResultsWhereCheckFails(ExplainMojo explain) throws Exception {
        explain.execute();

        verify(log, atLeastOnce()).info((CharSequence) contains("/usr/local/share"));
        assertThat(target).isEmptyDirectory();
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "path", value = "tmp")
    void aRelativePathIsAnError(ExplainMojo explain) {
        assertThatMistakeIn(explain)
                .hasMessage("path: \"tmp\" is not absolute; write it as it is in the container, such as /tmp,"
                        + " or ./tmp below its working directory, or ~/tmp below its user's home");
    }

    @Test
    @InjectMojo(goal = "init")
    void initSaysWhatTheCheckFindsAndWhatToDoNext(InitMojo init) throws Exception {
        init.execute();

        verify(log).info((CharSequence) contains("container app on FARGATE: "));
        verify(log).info((CharSequence) contains("1 container on FARGATE: unproven"));
        verify(log).info("next: mvn verify, once the pom has these lines");
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "path", value = "C:/Program Files/Git/tmp")
    void aPathThatGitBashChangedIsExplained(ExplainMojo explain) {
        assertThatMistakeIn(explain).hasMessageEndingWith("set MSYS_NO_PATHCONV=1 before the command");
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "path", value = "~/.cache")
    void aPathMayStartWithATilde(ExplainMojo explain) throws Exception {
        explain.execute();

        verify(log).info((CharSequence) startsWith("/home/node/.cache in container "));
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "taskDefinitionResource", value = "Web")
    void taskDefinitionResourceSelectsATaskOfTheTemplate(CheckMojo check) {
        assertThatThrownBy(check::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("no task definition in this file is called `Web`");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "inference", value = "jvm,start-comand")
    void aFinderThatDoesNotExistIsAnError(CheckMojo check) {
        assertThatMistakeIn(check).hasMessage("inference: there is no \"start-comand\"; did you mean start-command?");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "inference", value = "true,jvm")
    void inferenceCannotBeTrueAndTheNameOfAFinder(CheckMojo check) {
        assertThatMistakeIn(check).hasMessageStartingWith("inference: write true, false, or names of ");
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "inference", value = "base-image")
    void explainListsInferredNeeds(ExplainMojo explain) throws Exception {
        explain.execute();

        verify(log, atLeastOnce()).info((CharSequence) contains("[base-image]"));
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "inference", value = "false")
    void nothingIsInferredIfInferenceIsSwitchedOff(ExplainMojo explain) throws Exception {
        explain.execute();

        verify(log, never()).info((CharSequence) contains("inferred"));
    }
}
