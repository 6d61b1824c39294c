// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says which files are there once a logging library has been configured that were not there before. */
abstract class LoggingDriver extends Driver {

    private static final String OTHERS = "others";

    /** Configures the library, and closes what it has opened. */
    abstract void configure(Map<String, String> environment, List<String> arguments) throws Exception;

    @Override
    final Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws Exception {
        replaceEnvironment(environment);
        TreeSet<String> before = files();
        configure(environment, arguments);
        TreeSet<String> opened = files();
        opened.removeAll(before);
        Map<String, String> answers = new LinkedHashMap<>();
        for (String file : opened) {
            if (keys.contains(file)) {
                answers.put(file, startsWithout(file, opened, environment, arguments) ? "opened" : "required");
            } else {
                answers.merge(OTHERS, file, (all, one) -> all + " " + one);
            }
        }
        return answers;
    }

    /**
     * Whether the application starts where a file that it opens cannot be opened.
     *
     * @param opened all that are opened
     */
    boolean startsWithout(
            String file, Set<String> opened, Map<String, String> environment, List<String> arguments) throws Exception {
        return true;
    }

    private static TreeSet<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
