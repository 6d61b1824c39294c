// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** A framework in a JVM of its own that answers questions. */
final class FrameworkProcess implements AutoCloseable {

    private static final Path DRIVERS = Path.of("src/test/frameworks");

    /** Resolving with Maven takes most of the time. */
    private static final Map<Framework, String> CLASS_PATHS = new EnumMap<>(Framework.class);

    private final Path directory;
    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;

    private FrameworkProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.questions = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
    }

    /** Has Maven resolve the framework, compiles its driver and starts it. */
    static FrameworkProcess start(Framework framework, Path directory) throws IOException {
        if (!CLASS_PATHS.containsKey(framework)) {
            CLASS_PATHS.put(framework, classPath(framework, Files.createDirectories(directory.resolve("maven"))));
        }
        String libraries = CLASS_PATHS.get(framework);
        Path driver = Files.createDirectories(directory.resolve("driver"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-proc:none",
                        "-cp",
                        libraries,
                        "-d",
                        driver.toString(),
                        DRIVERS.resolve("Driver.java").toString(),
                        DRIVERS.resolve("LoggingDriver.java").toString(),
                        DRIVERS.resolve("IsolatedDriver.java").toString(),
                        DRIVERS.resolve(framework.driver() + ".java").toString());
        if (failed != 0) {
            throw new IllegalStateException("the driver of " + framework + " does not compile");
        }
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path library = Files.createDirectories(directory.resolve("library"));
        Path work = Files.createDirectories(directory.resolve("app"));
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                driver.toString(),
                                classes.toString(),
                                library.toString(),
                                libraries),
                        framework.driver(),
                        classes.toString(),
                        library.toString())
                .directory(work.toFile())
                .redirectError(directory.resolve("driver.log").toFile());
        java.environment().clear();
        FrameworkProcess process = new FrameworkProcess(directory, java.start());
        process.answers.skipNBytes(1);
        return process;
    }

    private static String classPath(Framework framework, Path directory) throws IOException {
        Path pom = Files.writeString(directory.resolve("pom.xml"), framework.pom());
        Path output = directory.resolve("class-path");
        Process maven = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-q",
                        "-f",
                        pom.toString(),
                        "org.apache.maven.plugins:maven-dependency-plugin:build-classpath",
                        "-Dmdep.outputFile=" + output)
                .redirectErrorStream(true)
                .start();
        String log = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (maven.waitFor() != 0) {
                throw new IllegalStateException("Maven does not resolve " + framework + ": " + log);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Files.readString(output).strip();
    }

    FrameworkAnswers ask(ConfigurationSet asked, List<String> keys) {
        try {
            ConfigurationSet set = asked.in(directory.resolve("app").toString());
            set.write("classes", directory.resolve("classes"));
            set.write("library", directory.resolve("library"));
            set.write("app", directory.resolve("app"));
            write(set.environment());
            write(set.properties());
            write(set.arguments());
            write(keys);
            questions.flush();
            String refusal = answers.readUTF();
            Map<String, String> values = new LinkedHashMap<>();
            if (refusal.isEmpty()) {
                for (int i = answers.readInt(); i > 0; i--) {
                    values.put(answers.readUTF(), answers.readUTF());
                }
            }
            return new FrameworkAnswers(refusal, values);
        } catch (IOException e) {
            throw new UncheckedIOException("of " + asked.text(), e);
        }
    }

    private void write(Map<String, String> map) throws IOException {
        questions.writeInt(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            questions.writeUTF(entry.getKey());
            questions.writeUTF(entry.getValue());
        }
    }

    private void write(List<String> list) throws IOException {
        questions.writeInt(list.size());
        for (String each : new ArrayList<>(list)) {
            questions.writeUTF(each);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
