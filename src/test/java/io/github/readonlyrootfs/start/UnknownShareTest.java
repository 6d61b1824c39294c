// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.program.Operation.Reason;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.Word;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Counts which commands of start scripts stay unknown: {@code -Dstart.scripts.directory} names a directory of scripts. */
@EnabledIfSystemProperty(named = "start.scripts.directory", matches = ".+")
class UnknownShareTest {

    @TempDir
    Path context;

    private final Map<Reason, Map<String, Integer>> unknown = new HashMap<>();
    private int scripts;
    private int commands;

    @Test
    void fewCommandsOfUsualScriptsAreUnknown() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("start.scripts.directory")))) {
            for (Path file : files.sorted().toList()) {
                count(Files.readAllBytes(file));
            }
        }
        System.out.println(scripts + " scripts have " + commands + " commands");
        unknown.forEach((reason, programs) -> System.out.println(reason + " "
                + programs.values().stream().mapToInt(Integer::intValue).sum() + ": "
                + programs.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .limit(150)
                        .map(program -> program.getKey() + " " + program.getValue())
                        .collect(Collectors.joining(", "))));
        assertThat(scripts).isPositive();
    }

    private void count(byte[] script) throws IOException {
        Files.write(context.resolve("start.sh"), script);
        StartCommand start = Contexts.built(
                        context,
                        "FROM registry.example/base:1\nCOPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\nCMD [\"nginx\"]\n",
                        "")
                .start();
        scripts++;
        commands += written(new String(script, StandardCharsets.ISO_8859_1));
        for (UnknownCommand command : start.unknownCommands()) {
            String word =
                    command.reason() == Reason.OPTION ? command.program() + " " + command.word() : command.program();
            unknown.computeIfAbsent(command.reason(), reason -> new HashMap<>()).merge(word, 1, Integer::sum);
        }
        assertThat(List.of(Reason.values())).containsAll(unknown.keySet());
    }

    /** The simple commands in a script, each where it is written. */
    private static int written(String script) {
        Set<Integer> places = new HashSet<>();
        try {
            collect(ShellParser.parse(script, List.of()), places);
        } catch (ShellSyntaxException e) {
            return 0;
        }
        return places.size();
    }

    private static void collect(Object node, Set<Integer> places) {
        if (node instanceof ShellNode.Simple simple && !simple.words().isEmpty()) {
            places.add(simple.start());
        } else if (node instanceof List<?> list) {
            list.forEach(one -> collect(one, places));
        } else if (node instanceof Record parts && !(node instanceof Word)) {
            for (RecordComponent component : parts.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    collect(component.getAccessor().invoke(parts), places);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
