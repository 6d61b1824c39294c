// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ApplicationImage;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.CheckRequest.TaskDefinitionInput;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts the readable words of lines that stand where no secret does: {@code -Dreadable.directory} has a directory per public
 * repository (several directories as in a class path). What holds a secret is told here from the text alone, in another way than the plugin does.
 */
@EnabledIfSystemProperty(named = "readable.directory", matches = ".+")
class ReadableShareTest {

    private static final Pattern DOCKERFILE = Pattern.compile("(?i)(?:.*\\.)?dockerfile(?:\\.[\\w-]+)?|containerfile");

    private static final Pattern TASK = Pattern.compile("\"?[cC]ontainerDefinitions\"?\\s*:");

    private static final int MAX_DOCKERFILES = 4;

    private static final String PLAIN_TASK = """
            {"family": "app", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
             "containerDefinitions": [{"name": "app", "image": "app:latest", "readonlyRootFilesystem": true}]}
            """;

    private static final Pattern WORD = Pattern.compile("[\\w./@%+~-]*[A-Za-z0-9][\\w./@%+~-]*");

    /** What holds a secret, or may: comments, assigned values, what follows an option for a login, URLs. */
    private static final Pattern SECRET = Pattern.compile("(?:^|\\s)#.*|(?<==)(?:\"[^\"]*\"?|'[^']*'?|[^\\s;|&)]+)"
            + "|(?<=\\s|[\"'])(?:-[puHP]|--?(?:\\w+-)*(?:password|passwd|token|user|header|secret|key|auth)\\w*)"
            + "[\\s\"',]+(?:\"[^\"]*\"?|'[^']*'?|[^\\s\"']+)|\\w+://[^\\s\"')]*|\\w+@\\S+");

    private static final Pattern VALUES = Pattern.compile("(?i)\\s*(?:ENV|ARG|LABEL|MAINTAINER)\\s.*");

    private static final Pattern MEMBER = Pattern.compile(
            "(?i)^[\\s{-]*[\"']?(?:value|valueFrom|description|[\\w.-]*(?:awslogs|label|token|secret|key|url)[\\w.-]*)[\"']?\\s*:");

    @TempDir
    Path scratch;

    private static final class Count {
        int words;
        int readable;
        final Map<String, Integer> masked = new HashMap<>();

        @Override
        public String toString() {
            return readable + " of " + words + " words, " + Math.round(1000.0 * readable / Math.max(1, words)) / 10.0
                    + " %";
        }
    }

    private final Map<String, Count> quoted = new TreeMap<>();
    private final Map<String, Count> all = new TreeMap<>();
    private int repositories;
    private int findings;

    /** Quoted lines without a readable word. */
    private int silent;

    @Test
    void nineWordsOfTenAreReadable() throws IOException {
        for (String parent : System.getProperty("readable.directory").split(File.pathSeparator)) {
            try (Stream<Path> directories = Files.list(Path.of(parent))) {
                for (Path directory : directories.sorted().toList()) {
                    repository(directory);
                }
            }
        }
        System.out.println(repositories + " repositories, " + findings + " findings with a line, " + silent
                + " of them without a readable word");
        quoted.forEach((kind, count) -> System.out.println("quoted lines of " + kind + ": " + count));
        all.forEach((kind, count) -> System.out.println("all lines of " + kind + ": " + count));
        System.out.println("quoted lines: " + total(quoted));
        System.out.println("all lines: " + total(all));
        if (Boolean.getBoolean("readable.masked")) {
            Map.of("quoted", quoted, "all", all)
                    .forEach((name, counts) -> counts.forEach(
                            (kind, count) -> System.out.println(name + " " + kind + ": " + mostFrequent(count))));
        }
        assertThat(total(quoted).readable).isGreaterThan(total(quoted).words * 9 / 10);
    }

    private static String mostFrequent(Count count) {
        return count.masked.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(400)
                .map(word -> word.getKey() + " " + word.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Count total(Map<String, Count> counts) {
        Count total = new Count();
        counts.values().forEach(count -> {
            total.words += count.words;
            total.readable += count.readable;
        });
        return total;
    }

    private void repository(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory, 6)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*/(?:node_modules|\\.git|vendor)/.*"))
                    .sorted()
                    .toList();
        }
        List<Path> dockerfiles = files.stream()
                .filter(file ->
                        DOCKERFILE.matcher(file.getFileName().toString()).matches())
                .limit(MAX_DOCKERFILES)
                .toList();
        Optional<Path> task = files.stream().filter(ReadableShareTest::isTask).findFirst();
        Set<String> read = new HashSet<>();
        for (Path dockerfile : dockerfiles) {
            check(directory, dockerfile, task.orElseGet(() -> scratch.resolve("taskdef.json")), read);
        }
        repositories += dockerfiles.isEmpty() ? 0 : 1;
    }

    private static boolean isTask(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        try {
            return (name.endsWith(".json") || name.endsWith(".yml") || name.endsWith(".yaml"))
                    && Files.size(file) < 200_000
                    && TASK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .find();
        } catch (IOException e) {
            return false;
        }
    }

    private void check(Path directory, Path dockerfile, Path task, Set<String> read) throws IOException {
        Files.writeString(scratch.resolve("taskdef.json"), PLAIN_TASK);
        CheckResult result;
        try {
            result = result(directory, dockerfile, task, Optional.empty());
        } catch (ConfigurationException e) {
            Matcher container = Pattern.compile("<(?:container|name)>([^<]+)<").matcher(e.getMessage());
            if (!container.find()) {
                return;
            }
            try {
                result = result(directory, dockerfile, task, Optional.of(container.group(1)));
            } catch (ConfigurationException again) {
                return;
            }
        }
        PublicTexts texts = new PublicTexts(result.tasks());
        Set<String> seen = new HashSet<>();
        for (Finding finding : result.findings()) {
            SourceFile source = result.tasks().sources().get(finding.location().file());
            int line = finding.location().line();
            if (finding.isProblem()
                    && source != null
                    && line <= source.lineCount()
                    && !source.name().equals("taskdef.json")
                    && new Excerpts(result.tasks(), texts).of(finding).isPresent()
                    && seen.add(source.name() + line)) {
                findings++;
                int readable = total(quoted).readable;
                int words = total(quoted).words;
                count(source, line, texts, quoted);
                silent += total(quoted).words > words && total(quoted).readable == readable ? 1 : 0;
                if (Boolean.getBoolean("readable.masked")
                        && total(quoted).words - words > total(quoted).readable - readable) {
                    int start = source.lineStart(line);
                    String text = source.line(line);
                    System.out.println(finding.rule() + " " + source.name() + "\n  < " + text + "\n  > "
                            + texts.of(source).quote(start, start + text.length()));
                }
            }
        }
        for (SourceFile source : result.tasks().sources().values()) {
            if (read.add(source.name()) && !source.name().equals("taskdef.json")) {
                for (int line = 1; line <= Math.min(source.lineCount(), 500); line++) {
                    count(source, line, texts, all);
                }
            }
        }
    }

    private static String kind(SourceFile source) {
        String name = source.name();
        return name.endsWith(".json") || name.endsWith(".yml") || name.endsWith(".yaml")
                ? "task definitions"
                : DOCKERFILE.matcher(name.substring(name.lastIndexOf('/') + 1)).matches()
                        ? "Dockerfiles"
                        : "other files";
    }

    private static void count(SourceFile source, int number, PublicTexts texts, Map<String, Count> counts) {
        String line = source.line(number);
        String kind = kind(source);
        Count count = counts.computeIfAbsent(kind, any -> new Count());
        boolean task = kind.equals("task definitions");
        if (line.length() > 2000
                || (task
                        ? MEMBER.matcher(line).lookingAt()
                        : VALUES.matcher(line).matches())) {
            return;
        }
        Matcher secret = SECRET.matcher(line);
        char[] rest = line.toCharArray();
        while (secret.find()) {
            Arrays.fill(rest, secret.start(), secret.end(), ' ');
        }
        Matcher word = WORD.matcher(new String(rest));
        int start = source.lineStart(number);
        while (word.find()) {
            count.words++;
            if (texts.of(source).isPublic(start + word.start(), start + word.end())) {
                count.readable++;
            } else {
                count.masked.merge(word.group(), 1, Integer::sum);
            }
        }
    }

    private static CheckResult result(Path directory, Path dockerfile, Path task, Optional<String> container)
            throws ConfigurationException {
        Path context = dockerfile.getParent();
        return ReadOnlyRootAnalysis.check(new CheckRequest(
                new TaskDefinitionInput(
                        named(directory, task),
                        Optional.empty(),
                        new TemplateValues(Map.of(), Map.of(), name -> Optional.empty())),
                new ApplicationImage(
                        Optional.of(new DockerfileBuild(
                                named(directory, dockerfile), Optional.of(context), Optional.empty(), Map.of())),
                        List.of(),
                        Optional.empty(),
                        ImageBuilder.Builder.BUILDKIT,
                        container,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(),
                List.of(),
                false,
                new Policy(Map.of(), Set.of(), List.of()),
                Set.copyOf(NeedFinders.names()),
                MountWith.AUTO));
    }

    private static NamedFile named(Path directory, Path file) {
        return new NamedFile(
                file, file.startsWith(directory) ? directory.relativize(file).toString() : "taskdef.json");
    }
}
