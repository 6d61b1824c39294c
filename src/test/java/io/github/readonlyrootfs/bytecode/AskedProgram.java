// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.conformance.DockerEngine;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small program with a class {@code Main} in a package of its name, of which a JVM was asked whether it starts where its write is
 * refused. It prints UP when it has started, and ends well. Only {@code /tmp} is writable; {@code /ro/d} and {@code /ro/d/file} exist,
 * {@code /ro/new} does not.
 *
 * @param path that it writes
 * @param options of the JVM
 * @param arguments of its main method
 * @param libraries that it runs with, {@code group:artifact:version}
 * @param environment whether something outside of it decides whether it writes
 */
record AskedProgram(
        String name,
        String path,
        String source,
        List<String> options,
        List<String> arguments,
        List<String> libraries,
        boolean environment) {

    /** By libraries, the jars. */
    private static final Map<List<String>, String> RESOLVED = new HashMap<>();

    private static final String FILES = "\nRUN mkdir -p /app /ro/d && touch /ro/d/file";

    private static final String BASE = "eclipse-temurin:21-jre" + FILES;

    private static final String IMAGE = "asked-programs";

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    private static final String REPOSITORY = System.getProperty("user.home") + "/.m2/repository";

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
        arguments.forEach(situation::argument);
        libraries.forEach(situation::library);
        Path library = projects.resolve(name).resolve("library.jar");
        if (Files.exists(library)) {
            situation.library("com.example:library:1", "compile", Optional.of(library));
        }
        return ContainerNeeds.of(situation.context(), List.of(), Set.copyOf(NeedFinders.names()));
    }

    private static boolean isRefused(Need need) {
        return need.alternatives().stream().noneMatch(path -> path.toString().startsWith("/tmp"));
    }

    /** Whether it is needed after the start only, which a JVM was not asked about. */
    private static boolean isOfHandlers(Need need) {
        return need.evidence().stream().anyMatch(evidence -> evidence.detail().contains(", which every "));
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
        boolean perhaps = refused.stream().anyMatch(need -> need.perhapsFatal() && !isOfHandlers(need))
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

    /** Whether {@code -Dprograms.record} asks a JVM: about all programs, or with {@code =TEXT} about those with this text. */
    boolean isAsked() {
        String text = System.getProperty("programs.record");
        return text != null && (text.equals("true") || source.contains(text));
    }

    /**
     * Asks a JVM: this one, in a container with a read-only root and a writable {@code /tmp}, on the engine that
     * {@code src/test/conformance/engine up} starts.
     */
    static void ask(List<AskedProgram> programs, Path projects, Path answers) throws IOException {
        if (programs.stream().noneMatch(AskedProgram::isAsked)) {
            return;
        }
        List<String> known = Files.exists(answers) ? Files.readAllLines(answers) : List.of();
        DockerEngine engine = DockerEngine.standard().orThrowIfDown();
        Path image = Files.createDirectories(projects.resolve("image"));
        Files.writeString(image.resolve("Dockerfile"), "FROM debian:13-slim" + FILES);
        engine.docker(List.of("build", "--network=none", "--tag", IMAGE, image.toString()))
                .orThrow("building");
        List<String> run = new ArrayList<>(List.of("run", "--detach", "--rm", "--init", "--read-only"));
        run.addAll(List.of("--network=none", "--tmpfs=/tmp:exec", "--workdir=/app"));
        // Debian's JDK has its configuration elsewhere.
        for (String host : Set.of(JAVA.toString(), configuration().toString(), REPOSITORY)) {
            run.add("--volume=" + host + ":" + host + ":ro");
        }
        run.add("--volume=" + projects + ":/programs:ro");
        run.addAll(List.of(IMAGE, "sleep", "infinity"));
        String container = engine.docker(run).orThrow("running").out().strip();
        List<String> all = new ArrayList<>();
        try {
            for (AskedProgram program : programs) {
                boolean asked = program.isAsked();
                all.add(asked ? program.answer(engine, container, projects) : known.get(all.size()));
            }
        } finally {
            engine.docker(List.of("rm", "--force", container));
        }
        Files.createDirectories(answers.getParent());
        Files.write(answers, all);
    }

    private static Path configuration() throws IOException {
        return JAVA.resolve("lib/jvm.cfg").toRealPath().getParent();
    }

    private String answer(DockerEngine engine, String container, Path projects) throws IOException {
        String own = "/programs/" + name;
        String started = "-cp " + own + "/target/classes:" + own + "/library.jar:" + classPath(libraries, projects)
                + " " + name + ".Main";
        if (libraries.toString().contains("io.quarkus")) {
            maven(projects.resolve(name), libraries, "package", "-Dmaven.main.skip", "-Dmaven.test.skip");
            started = "-jar " + own + "/target/quarkus-app/quarkus-run.jar";
        }
        String start = "rm -rf /tmp/* && exec timeout -s KILL " + (libraries.isEmpty() ? 5 : 60) + " "
                + JAVA.resolve("bin/java") + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + String.join(" ", options)
                + " " + started + " " + String.join(" ", arguments);
        DockerEngine.Result result = engine.docker(List.of("exec", container, "sh", "-c", start));
        Files.writeString(Path.of("target", "asked-" + name + ".log"), result.out() + result.err());
        return result.out().contains("UP") && result.exit() == 0 ? "starts" : "dies";
    }

    /** The jars of libraries, as Maven resolves them. */
    static String classPath(List<String> libraries, Path projects) {
        return libraries.isEmpty() ? "" : RESOLVED.computeIfAbsent(libraries, all -> resolved(all, projects));
    }

    private static String resolved(List<String> libraries, Path projects) {
        try {
            Path scratch = Files.createTempDirectory(projects, "resolved");
            Path found = scratch.resolve("class-path.txt");
            maven(scratch, libraries, "dependency:build-classpath", "-Dmdep.outputFile=" + found);
            return Files.readString(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs Maven on a project of libraries, and of the platform of Quarkus. */
    private static void maven(Path project, List<String> libraries, String... words) throws IOException {
        StringBuilder pom = new StringBuilder("<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId>"
                + "<artifactId>a</artifactId><version>1</version><dependencies>");
        String platform = "";
        for (String library : libraries) {
            String[] part = library.split(":", -1);
            pom.append("<dependency><groupId>" + part[0] + "</groupId><artifactId>" + part[1] + "</artifactId><version>"
                    + part[2] + "</version></dependency>");
            if (part[0].equals("io.quarkus")) {
                String quarkus = "<groupId>io.quarkus.platform</groupId><version>" + part[2] + "</version>";
                platform =
                        "<dependencyManagement><dependencies><dependency><artifactId>quarkus-bom</artifactId>" + quarkus
                                + "<type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>"
                                + "<build><plugins><plugin><artifactId>quarkus-maven-plugin</artifactId>" + quarkus
                                + "<executions><execution><goals><goal>build</goal></goals></execution></executions></plugin>"
                                + "</plugins></build>";
            }
        }
        pom.append("</dependencies>" + platform + "</project>");
        Files.writeString(project.resolve("pom.xml"), pom);
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-ntp", "-f", project.toString()));
        command.addAll(List.of(words));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
