// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmFinderTest {

    private static final String TEMURIN = "FROM eclipse-temurin:21-jre\nWORKDIR /srv\n";

    @TempDir
    Path context;

    private static List<String> found(String dockerfile) {
        return Contexts.found("jvm", Contexts.built(dockerfile));
    }

    private static List<String> found(String dockerfile, String members) {
        return Contexts.found("jvm", Contexts.built(dockerfile, members));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    -Xlog:gc:file=/var/log/gc.log                               => /var/log/gc.log fatal
                    -Xlog:gc*:/var/log/gc-%p-%t.log:time:filecount=5            => /var/log/gc-%p-%t.log fatal
                    -Xlog:gc:file="/var/log/a:b.log":uptime                     => /var/log/a:b.log fatal
                    -Xlog:gc:file=gc.log                                        => /srv/gc.log fatal
                    -Xlog:gc                                                    =>
                    -Xlog:gc:stdout:time                                        =>
                    -Xlog:gc::time                                              =>
                    -Xlog:disable -Xlog:all=error:stderr                        =>
                    -Xlog:gc:file=/dev/stdout                                   =>
                    -Xloggc:/var/log/gc.log                                     => /var/log/gc.log fatal
                    -XX:StartFlightRecording                                    => /tmp fatal
                    -XX:StartFlightRecording:disk=false                         => /tmp fatal
                    -XX:StartFlightRecording=maxage=1h,filename=/dumps/a.jfr    => /tmp fatal, /dumps/a.jfr fatal
                    -XX:StartFlightRecording -XX:FlightRecorderOptions=repository=/jfr,stackdepth=64 => /jfr fatal parents
                    -XX:StartFlightRecording -Djava.io.tmpdir=/work             => /work fatal
                    -XX:+FlightRecorder                                         =>
                    -Xshare:auto -XX:SharedArchiveFile=/cds/app.jsa             =>
                    -XX:+HeapDumpOnOutOfMemoryError                             => /srv tolerated
                    -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=/dumps     => /dumps feature
                    -XX:+HeapDumpOnOutOfMemoryError -XX:-HeapDumpOnOutOfMemoryError =>
                    -XX:HeapDumpPath=/dumps                                     =>
                    -XX:ErrorFile=/dumps/hs_err_%p.log                          => /dumps/hs_err_%p.log tolerated
                    -XX:ArchiveClassesAtExit=/cds/app.jsa                       => /cds/app.jsa tolerated
                    -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=/cds/a   => /cds/a tolerated
                    -agentlib:jdwp=transport=dt_socket,server=y,suspend=n       =>
                    -XX:AOTCacheOutput=/cds/app.aot                             => /cds/app.aot tolerated
                    -jar a.jar -Xloggc:/var/log/gc.log                          =>
                    -cp a -XX:ErrorFile=/e Main -XX:ErrorFile=/f                => /e tolerated
                    """)
    void anOptionThatNamesAFileIsANeed(String options, String needs) {
        String words = "\"java\", \"" + options.replace("\"", "\\\"").replace(" ", "\", \"") + "\"";
        assertThat(String.join(", ", found(TEMURIN + "ENTRYPOINT [" + words + "]\n")))
                .isEqualTo(needs == null ? "" : needs);
    }

    @Test
    void java8ContinuesWithoutItsLog() {
        assertThat(
                        found(
                                "FROM eclipse-temurin:8-jre\nCMD [\"java\", \"-Xloggc:/var/log/gc.log\", \"-jar\", \"a.jar\"]\n"))
                .contains("/var/log/gc.log tolerated");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    @/opts                    | -Xlog:gc:file="/l/a#b.log" # -Xlog:gc:file=/c => /l/a#b.log fatal
                    @/opts                    | -XX:ErrorFile=/e -Xlog:gc:file=/a#b           => /e tolerated
                    -XX:VMOptionsFile=/opts   | -Xlog:gc:file=/a#b                            => /a#b fatal
                    """)
    void optionsAreReadFromFilesThatAnyOptionOrVariableNames(String name, String needs) throws IOException {
        String[] parts = name.split(" \\| ", 2);
        Files.writeString(context.resolve("opts"), parts[1] + "\n");
        String option = parts[0].strip();
        String perhaps = option.startsWith("@") ? "ENV JDK_JAVA_OPTIONS=" : "ENV JAVA_TOOL_OPTIONS=";

        for (String file : List.of("COPY opts /\n", "COPY <<'EOF' /opts\n" + parts[1] + "\nEOF\n")) {
            for (String rest : List.of(
                    perhaps + option + "\nCMD [\"java\", \"-jar\", \"a.jar\"]\n",
                    "CMD [\"java\", \"" + option + "\", \"-jar\", \"a.jar\"]\n")) {
                assertThat(Contexts.found("jvm", Contexts.built(context, TEMURIN + file + rest, "")))
                        .as(file + rest)
                        .containsExactly(needs);
            }
        }
    }

    @Test
    void performanceDataAloneIsNotANeed() {
        assertThat(found(TEMURIN + "CMD [\"java\", \"-jar\", \"a.jar\"]\n")).isEmpty();
    }

    @Test
    void optionsAreReadFromTheVariablesOfTheJvm() {
        String start = TEMURIN + "ENV JAVA_TOOL_OPTIONS=\"-Xlog:gc:file='/var/log/my gc.log'\"\n"
                + "CMD [\"java\", \"-jar\", \"a.jar\"]\n";
        assertThat(found(start)).containsExactly("/var/log/my gc.log fatal");
        assertThat(found(
                        start, "\"environment\": [{\"name\": \"JAVA_TOOL_OPTIONS\", \"value\": \"-XX:-UsePerfData\"}]"))
                .isEmpty();
        assertThat(found(
                        start,
                        "\"environment\": [{\"name\": \"_JAVA_OPTIONS\", \"value\": \"-XX:ErrorFile=/e\"},"
                                + " {\"name\": \"JDK_JAVA_OPTIONS\", \"value\": \"-XX:ErrorFile=/f\"}]"))
                .containsExactly("/var/log/my gc.log fatal", "/e tolerated");
        assertThat(found(start, "\"environment\": [{\"name\": \"JAVA_OPTS\", \"value\": \"-XX:ErrorFile=/e\"}]"))
                .containsExactly("/var/log/my gc.log fatal");
    }

    @Test
    void theEvidenceIsTheOption() {
        ContainerContext container = Contexts.built(
                TEMURIN + "CMD [\"java\", \"-jar\", \"a.jar\"]\n",
                "\"command\": [\"java\", \"-Xloggc:/g.log\", \"-jar\", \"a.jar\"]");
        Evidence evidence = ContainerNeeds.of(container, List.of(), java.util.Set.of("jvm"))
                .needs()
                .get(0)
                .evidence()
                .get(0);
        assertThat(evidence.location()).contains(new Location("taskdef.json", 2, 23, 2, 39));
        assertThat(evidence.words()).isEqualTo("-Xloggc names a file, and the JVM exits if it cannot open it [jvm]");
    }

    @Test
    void variablesInAShellCommandAreExpanded() {
        String dockerfile = TEMURIN + "CMD exec java $JAVA_OPTS -jar a.jar\n";
        assertThat(found(dockerfile)).isEmpty();
        assertThat(found(dockerfile, "\"environment\": [{\"name\": \"JAVA_OPTS\", \"value\": \"-Xloggc:/g.log\"}]"))
                .containsExactly("/g.log fatal");
        assertThat(found(dockerfile, "\"secrets\": [{\"name\": \"JAVA_OPTS\", \"valueFrom\": \"x\"}]"))
                .isEmpty();
    }

    @Test
    void anIncompletePathIsNotGuessed() {
        assertThat(found(
                        TEMURIN + "CMD exec java -Xlog:gc:file=$DIR/gc.log -jar a.jar\n",
                        "\"secrets\": [{\"name\": \"DIR\", \"valueFrom\": \"x\"}]"))
                .containsExactly("? the file of -Xlog: the value of DIR is not known: it is a secret");
    }

    @Test
    void optionsOfAnEnvironmentFileAreAssumedToBeUnset() {
        assertThat(found(
                        TEMURIN + "CMD [\"java\", \"-XX:StartFlightRecording\", \"-jar\", \"a\"]\n",
                        "\"environmentFiles\": [{\"value\": \"arn\", \"type\": \"s3\"}]"))
                .containsExactly("/tmp fatal");
    }

    @Test
    void optionsOfAJvmThatOnlyAConditionStartsAreTolerated() {
        assertThat(found(TEMURIN + "CMD if [ -f /proc/x ]; then java -Xloggc:/g.log -jar a.jar; fi\n"))
                .containsExactly("/g.log tolerated");
    }

    @Test
    void startScriptsOfPublishedImagesAddVariablesToTheCommandLine() {
        String tomcat = "FROM tomcat:10.1-jre21-temurin\n";
        String options = "\"environment\": [{\"name\": \"CATALINA_OPTS\", \"value\": \"-XX:StartFlightRecording\"}]";
        assertThat(found(tomcat, options)).containsExactly("/usr/local/tomcat/temp fatal");
        assertThat(found(tomcat + "ENV CATALINA_TMPDIR=/work\n", options)).containsExactly("/work fatal");
        assertThat(found(tomcat + "CMD [\"catalina.sh\", \"version\"]\n", options))
                .isEmpty();
    }

    @Test
    void aScriptThatSetsMoreOptionsMakesThemUnknown() throws IOException {
        Files.writeString(context.resolve("setenv.sh"), "CATALINA_OPTS=-x\n");
        ContainerContext container = Contexts.built(
                context, "FROM tomcat:10.1-jre21-temurin\nCOPY setenv.sh /usr/local/tomcat/bin/setenv.sh\n", "");
        assertThat(container.java().temporary().known()).map(Object::toString).contains("/usr/local/tomcat/temp");
        assertThat(container.java().home().isUnknown()).isTrue();
    }

    @Test
    void optionsInAFileAreRead() throws IOException {
        Files.writeString(context.resolve("jvm.options"), "# the log\n-Xloggc:/g.log -XX:-UsePerfData\n");
        String dockerfile =
                "FROM eclipse-temurin:21-jre\nCOPY jvm.options /o\nCMD [\"java\", \"@/o\", \"-jar\", \"a\"]\n";
        assertThat(Contexts.found("jvm", Contexts.built(context, dockerfile, "")))
                .containsExactly("/g.log fatal");
    }

    @Test
    void optionsThatAreUnknownMayNameALogWithoutWhichTheJvmExits() {
        for (String rest : List.of(
                "ADD https://example.com/opts /opts\nCMD [\"java\", \"@/opts\", \"-jar\", \"a.jar\"]\n",
                "ARG MORE\nENV JAVA_TOOL_OPTIONS=$MORE\nCMD [\"java\", \"-jar\", \"a.jar\"]\n")) {
            assertThat(found(TEMURIN + rest)).singleElement().asString().startsWith("? the JVM: ");
        }
    }
}
