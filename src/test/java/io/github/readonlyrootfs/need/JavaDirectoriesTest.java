// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.JavaVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaDirectoriesTest {

    @TempDir
    Path context;

    private static String text(Value<ContainerPath> path) {
        return path instanceof Value.Unknown<ContainerPath> unknown
                ? "? " + unknown.reason()
                : path.known().orElseThrow().toString();
    }

    private static JavaDirectories java(String dockerfile, String members) {
        return Contexts.built(dockerfile, members).java();
    }

    private static String temporary(String dockerfile) {
        return text(java(dockerfile, "").temporary());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    CMD ["java", "-jar", "a.jar"]                                                       => /tmp
                    ENV TMPDIR=/x\\nCMD ["java", "-jar", "a.jar"]                                       => /tmp
                    CMD ["java", "-Djava.io.tmpdir=/a", "-Djava.io.tmpdir=/b", "-jar", "a.jar"]         => /b
                    CMD ["java", "-Djava.io.tmpdir=tmp", "-jar", "a.jar"]                               => /srv/tmp
                    CMD ["java", "-jar", "a.jar", "-Djava.io.tmpdir=/a"]                                => /tmp
                    CMD ["java", "-cp", "-Djava.io.tmpdir=/a", "Main"]                                  => /tmp
                    ENV JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/a\\nCMD ["java", "-jar", "a.jar"]           => /a
                    ENV JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/a\\nCMD java -Djava.io.tmpdir=/b -jar a     => /b
                    ENV JDK_JAVA_OPTIONS=-Djava.io.tmpdir=/a\\nCMD java -jar a.jar                      => /a
                    ENV _JAVA_OPTIONS=-Djava.io.tmpdir=/a\\nCMD java -Djava.io.tmpdir=/b -jar a         => /a
                    ENV JAVA_OPTS=-Djava.io.tmpdir=/a\\nCMD java -jar a.jar                             => /tmp
                    ENV JAVA_OPTS=-Djava.io.tmpdir=/a\\nCMD exec java $JAVA_OPTS -jar a.jar             => /a
                    CMD ["/opt/tomcat/bin/catalina.sh", "run"]                                          => /opt/tomcat/temp
                    ENV CATALINA_HOME=/srv/t\\nCMD ["/opt/tomcat/bin/catalina.sh", "run"]               => /srv/t/temp
                    CMD ["/opt/jboss/container/java/run/run-java.sh"]                                   => /tmp
                    ENV JAVA_OPTS=-Djava.io.tmpdir=a JAVA_OPTS_APPEND=-Djava.io.tmpdir=b\\nCMD ["/opt/jboss/container/java/run/run-java.sh"] => /deployments/a
                    ENV JAVA_OPTS_APPEND=-Djava.io.tmpdir=b\\nCMD ["/usr/local/s2i/run"]                => /deployments/b
                    ENV JAVA_OPTIONS=-Djava.io.tmpdir=b\\nCMD ["/opt/jboss/container/java/run/run-java.sh"] => /tmp
                    ENV JAVA_OPTIONS=-Djava.io.tmpdir=b\\nCMD ["/app/run-java.sh"]                      => /app/b
                    ENV JAVA_OPTIONS=-Djava.io.tmpdir=b JAVA_APP_DIR=/x\\nCMD ["/app/run-java.sh"]      => /x/b
                    CMD exec java $(options) -jar a.jar                   => ? not all options of the JVM are known
                    ARG O\\nENV O=$O\\nCMD exec java $O -jar a.jar          => ? the value of O is not known: ARG O has no default and no build argument sets it
                    CMD ["/start.sh"]                                     => ? what /start.sh runs is not known
                    CMD ["/app/bin/shop"]                                 => ? how the JVM is started is not known
                    ENV _JAVA_OPTIONS=-Djava.io.tmpdir=/a\\nCMD ["/start.sh"]                           => /a
                    CMD java -jar a & java -Djava.io.tmpdir=/b -jar b     => ? the container starts several JVMs with different directories
                    """)
    void theStrongestOptionSetsTheTemporaryDirectory(String instructions, String directory) {
        assertThat(temporary("FROM eclipse-temurin:21-jre\nWORKDIR /srv\n" + instructions.replace("\\n", "\n") + "\n"))
                .isEqualTo(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    FROM debian:13 | ["/app/shop"]                                     => /tmp
                    FROM debian:13 | ["./shop", "serve", "-Djava.io.tmpdir=/work"]     => /work
                    FROM debian:13 | ["./shop", "-Djava.io.tmpdir=work"]               => /app/work
                    FROM scratch   | ["/app/shop"]                                     => /tmp
                    FROM registry.example/micro:2 | ["/app/shop"]                      => /tmp
                    FROM debian:13 | ["/app/shop", "java", "-jar", "a.jar"]            => ? how the JVM is started is not known
                    FROM debian:13 | ["/app/other"]                                    => ? how the JVM is started is not known
                    FROM eclipse-temurin:21-jre | ["/app/shop"]                        => ? how the JVM is started is not known
                    """)
    void onlyTheCommandLineHasOptionsOfANativeExecutable(String container, String directory) throws IOException {
        Files.write(context.resolve("shop"), new byte[] {0x7f, 'E', 'L', 'F', 0});
        String[] parts = container.split(" \\| ", 2);
        String dockerfile = parts[0].strip()
                + "\nWORKDIR /app\nENV JAVA_OPTS=-Djava.io.tmpdir=/a\nCOPY shop .\nENTRYPOINT " + parts[1] + "\n";

        assertThat(text(Contexts.built(context, dockerfile, "").java().temporary()))
                .isEqualTo(directory);
    }

    @Test
    void aNativeExecutableWritesNoPerformanceData() throws IOException {
        Files.write(context.resolve("shop"), new byte[] {0x7f, 'E', 'L', 'F', 0});

        assertThat(Contexts.found("jvm", Contexts.built(context, "FROM debian:13\nCOPY shop /\nCMD [\"/shop\"]\n", "")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "21, -d /, /h",
        "17, -d /, /",
        "21, -d /home/app, /home/app",
    })
    void aNewerJavaIgnoresAHomeOfOneCharacter(String version, String home, String directory) {
        String dockerfile = "FROM eclipse-temurin:" + version + "-jre\nRUN useradd " + home + " app\nUSER app\n"
                + "ENV HOME=/h JDK_JAVA_OPTIONS=-Djava.io.tmpdir=/b\nCMD [\"java\", \"-jar\", \"a.jar\"]\n";
        JavaDirectories java = java(dockerfile, "");

        assertThat(text(java.home())).isEqualTo(directory);
        assertThat(text(java.temporary())).isEqualTo("/b");
    }

    @Test
    void java8IgnoresJdkJavaOptions() {
        String options = "\nENV JDK_JAVA_OPTIONS=-Djava.io.tmpdir=/b\nCMD [\"java\", \"-jar\", \"a.jar\"]\n";

        assertThat(temporary("FROM eclipse-temurin:8-jre" + options)).isEqualTo("/tmp");
        assertThat(temporary("FROM eclipse-temurin:11-jre" + options)).isEqualTo("/b");
    }

    @Test
    void variablesOfAnUnknownBaseImageAreAssumedToBeUnset() {
        assertThat(temporary("FROM registry.example/java:21\nENTRYPOINT [\"java\", \"-jar\", \"a.jar\"]\n"))
                .isEqualTo("/tmp");
    }

    @Test
    void theUsersHomeIsReadFromPasswdAndNotFromHome() {
        String dockerfile = """
                            FROM eclipse-temurin:21-jre
                            RUN useradd -u 1500 -d /home/shop shop
                            ENV HOME=/x
                            USER shop
                            CMD ["java", "-jar", "a.jar"]
                            """;
        assertThat(text(java(dockerfile, "").home())).isEqualTo("/home/shop");
        assertThat(text(java(dockerfile, "\"user\": \"1500:0\"").home())).isEqualTo("/home/shop");
        assertThat(text(java(dockerfile, "\"user\": \"0\"").home())).isEqualTo("/root");
        assertThat(text(java(
                                dockerfile,
                                "\"environment\": [{\"name\": \"JAVA_TOOL_OPTIONS\", \"value\": \"-Duser.home=/h\"}]")
                        .home()))
                .isEqualTo("/h");
    }

    @Test
    void theHomeOfAUserWithoutAnEntryDependsOnTheVersion() {
        String end = "WORKDIR /srv\nUSER 1500\nCMD [\"java\", \"-jar\", \"a.jar\"]\n";
        assertThat(text(java("FROM debian:13\nENV JAVA_VERSION=17.0.9\n" + end, "")
                        .home()))
                .isEqualTo("/srv/?");
        assertThat(text(java("FROM debian:13\nENV JAVA_VERSION=jdk-25.0.1+8\n" + end, "")
                        .home()))
                .isEqualTo("/");
        assertThat(text(java("FROM debian:13\nENV JAVA_VERSION=25 HOME=/h\n" + end, "")
                        .home()))
                .isEqualTo("/h");
    }

    @Test
    void theCurrentDirectoryIsTheWorkingDirectory() {
        String dockerfile = "FROM eclipse-temurin:21-jre\nWORKDIR /srv\nCMD cd app && exec java -jar a.jar\n";
        assertThat(text(java(dockerfile, "").current())).isEqualTo("/srv/app");
        assertThat(text(java(dockerfile, "\"workingDirectory\": \"/w\"").current()))
                .isEqualTo("/w/app");
    }

    @ParameterizedTest
    @CsvSource({
        "eclipse-temurin:21-jre, 21",
        "eclipse-temurin:8u402-b06-jdk, 8",
        "amazoncorretto:17, 17",
        "tomcat:10.1-jre21-temurin, 21",
        "maven:3.9-eclipse-temurin-17, 17",
        "gcr.io/distroless/java21-debian12:nonroot, 21",
        "registry.access.redhat.com/ubi9/openjdk-17-runtime:1.20, 17",
        "node:22, -1",
        "eclipse-temurin:latest, -1"
    })
    void theVersionIsReadFromTheImage(String image, int version) {
        ContainerContext container = Contexts.published(image, "");
        assertThat(JavaVersion.of(container.image(), container.environment()).orElse(-1))
                .isEqualTo(version);
    }

    /** The script passes TMPDIR to other programs first, but omits it from the options that it saves in jetty.start. */
    @Test
    void theTemporaryDirectoryOfTheJettyImageDependsOnItsStartScript() {
        assertThat(temporary("FROM jetty:12\n")).isEqualTo("/tmp");
        assertThat(temporary("FROM jetty:12\nENV JAVA_OPTIONS=-Djava.io.tmpdir=/a\n"))
                .isEqualTo("/tmp");
        assertThat(temporary("FROM jetty:12\nENV JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/a\n"))
                .isEqualTo("/a");
        assertThat(temporary("FROM jetty:12\nCMD [\"java\", \"-jar\", \"a.jar\"]\n"))
                .isEqualTo("/tmp/jetty");
        assertThat(temporary("FROM jetty:12\nENTRYPOINT [\"java\", \"-jar\", \"a.jar\"]\n"))
                .isEqualTo("/tmp");
    }
}
