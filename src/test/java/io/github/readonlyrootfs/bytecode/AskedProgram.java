// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small program with a class {@code Main} in a package of its name, of which a JVM was asked whether it starts where its write is
 * refused. It prints UP when it has started, and ends well. All paths that it writes are below {@code /ro}, where no write is possible:
 * {@code /ro/d} and {@code /ro/d/file} exist, {@code /ro/new} does not.
 *
 * @param path that it writes
 * @param options of the JVM
 * @param libraries that it runs with, {@code group:artifact:version}
 * @param environment whether something outside of it decides whether it writes
 */
record AskedProgram(
        String name, String path, String source, List<String> options, List<String> libraries, boolean environment) {

    /** By libraries, the jars. */
    private static final Map<List<String>, String> RESOLVED = new HashMap<>();

    private static final String BASE = "eclipse-temurin:21-jre\nRUN mkdir -p /ro/d && touch /ro/d/file";

    /** What we say of a program, beside what the JVM did. */
    enum Judged {
        /** The same: it starts, it ends at the right path, or its environment decides. */
        EXACT,
        /** That a write ends the start, at another or an unknown path. */
        OTHER_PATH,
        /** That nothing tells whether it starts, although it does not depend on its environment. */
        UNPROVEN,
        /** That a feature fails, although the start ends. */
        WARNING,
        /** Nothing, although the start ends. */
        SILENT,
        /** That the start ends, although it does not. */
        FALSE
    }

    /**
     * By what we say of them, the programs of which a JVM's answers are in a file, each with what is known of it.
     *
     * @param projects where each program has a directory of its name, with its {@code target/classes}
     */
    static Map<Judged, List<String>> judged(List<AskedProgram> programs, Path projects, Path answers)
            throws IOException {
        List<String> starting = Files.readAllLines(answers);
        Map<Judged, List<String>> by = new TreeMap<>();
        for (int i = 0; i < programs.size(); i++) {
            AskedProgram program = programs.get(i);
            boolean starts = starting.get(i).equals("starts");
            ContainerNeeds needs = program.needs(projects);
            by.computeIfAbsent(program.judged(starts, needs), key -> new ArrayList<>())
                    .add(program.name() + " " + (starts ? "starts" : "dies") + " " + program.shown(needs) + "\n"
                            + program.source());
        }
        List<String> all = new ArrayList<>();
        by.forEach((judged, texts) -> all.add(judged + " " + texts.size()));
        by.forEach((judged, texts) -> texts.forEach(text -> all.add(judged + " " + text)));
        Files.write(Path.of("target", "judged-" + answers.getFileName()), all);
        return by;
    }

    private ContainerNeeds needs(Path projects) {
        Situation situation = new Situation().in(projects.resolve(name)).from(BASE);
        options.forEach(situation::option);
        libraries.forEach(situation::library);
        Path library = projects.resolve(name).resolve("library.jar");
        if (Files.exists(library)) {
            situation.library("com.example:library:1", "compile", Optional.of(library));
        }
        return ContainerNeeds.of(situation.context(), List.of(), Set.copyOf(NeedFinders.names()));
    }

    private static boolean isRefused(Need need) {
        return need.alternatives().stream().allMatch(path -> path.toString().startsWith("/ro"));
    }

    private String shown(ContainerNeeds needs) {
        Stream<String> known = needs.needs().stream()
                .filter(AskedProgram::isRefused)
                .map(need -> need.alternatives() + " " + need.impact() + (need.perhapsFatal() ? " perhaps" : ""));
        return Stream.concat(known, needs.gaps().stream().map(gap -> gap.subject() + ": " + gap.reason()))
                .collect(Collectors.joining("; ", "[", "]"));
    }

    private Judged judged(boolean starts, ContainerNeeds needs) {
        List<Need> refused =
                needs.needs().stream().filter(AskedProgram::isRefused).toList();
        List<Need> fatal =
                refused.stream().filter(need -> need.impact() == Impact.FATAL).toList();
        boolean perhaps = refused.stream().anyMatch(Need::perhapsFatal)
                || needs.gaps().stream().anyMatch(Gap::couldBeFatal);
        if (fatal.isEmpty() && perhaps) {
            return environment ? Judged.EXACT : Judged.UNPROVEN;
        }
        if (starts) {
            return fatal.isEmpty() ? Judged.EXACT : Judged.FALSE;
        }
        boolean exact = fatal.stream()
                .anyMatch(need -> need.alternatives().stream()
                        .anyMatch(written -> written.toString().equals(path)));
        return exact
                ? Judged.EXACT
                : !fatal.isEmpty() ? Judged.OTHER_PATH : refused.isEmpty() ? Judged.SILENT : Judged.WARNING;
    }

    /** Asks a JVM, as root on Linux. */
    static void ask(List<AskedProgram> programs, Path projects, Path answers) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        for (AskedProgram program : programs) {
            all.add(program.starts(projects.resolve(program.name)) ? "starts" : "dies");
        }
        Files.createDirectories(answers.getParent());
        Files.write(answers, all);
    }

    private boolean starts(Path project) throws IOException, InterruptedException {
        String classPath = project.resolve("target/classes") + ":" + project.resolve("library.jar")
                + (libraries.isEmpty() ? "" : ":" + resolved(project));
        int seconds = libraries.isEmpty() ? 5 : 60;
        Process process = new ProcessBuilder(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mkdir -p /ro && mount -t tmpfs none /ro && mkdir /ro/d && touch /ro/d/file && mount -o remount,ro /ro"
                                + " && cd /ro && exec timeout -s KILL " + seconds
                                + " java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + String.join(" ", options)
                                + " -cp " + classPath + " " + name + ".Main")
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        Files.writeString(Path.of("target", "asked-" + name + ".log"), out);
        return out.contains("UP") && ended && process.exitValue() == 0;
    }

    /** The jars of the libraries, as Maven resolves them. */
    private String resolved(Path project) throws IOException, InterruptedException {
        if (RESOLVED.containsKey(libraries)) {
            return RESOLVED.get(libraries);
        }
        Path found = project.resolve("class-path.txt");
        String dependencies = libraries.stream()
                .map(library -> library.split(":", -1))
                .map(part -> "<dependency><groupId>" + part[0] + "</groupId><artifactId>" + part[1]
                        + "</artifactId><version>" + part[2] + "</version></dependency>")
                .collect(Collectors.joining());
        Files.writeString(
                project.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version>"
                        + "<dependencies>" + dependencies + "</dependencies></project>");
        new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-q",
                        "-ntp",
                        "-f",
                        project.toString(),
                        "dependency:build-classpath",
                        "-Dmdep.outputFile=" + found)
                .inheritIO()
                .start()
                .waitFor();
        RESOLVED.put(libraries, Files.readString(found));
        return Files.readString(found);
    }
}
