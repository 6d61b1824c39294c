// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Something that an entry of the catalogue depends on. */
sealed interface WriterCondition {

    /** Whether it holds. */
    Truth holds(WriterCircumstances application);

    /** A variable is set, to a value like this. */
    record Variable(String name, Pattern value) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return application.hasVariable(name, value);
        }
    }

    /** The arguments have something like this. */
    record HasArgument(Pattern pattern) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return application.hasArgument(pattern);
        }
    }

    /** There is something at a path. */
    record Exists(String path) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return application.exists(path);
        }
    }

    /** The project's own file is where the image has one; one that cannot be read is told of where its paths are asked for. */
    record Replaced(String file, List<String> options) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return Truth.of(application.isReplaced(file, options));
        }
    }

    /** The project's own configuration files have something like this. */
    record Says(List<String> files, List<String> options, Pattern pattern) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return Truth.of(application.configuration(files, options).texts().stream()
                    .anyMatch(text -> pattern.matcher(text.text()).find()));
        }
    }

    /** The published image's own start script is what the engine starts. */
    record Script(String name) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return application.startsScript(name);
        }
    }

    /** The image is built from a project of such a packaging. */
    record Packaging(Pattern packaging) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return application.isPackaged(packaging);
        }
    }

    /** Root runs it. */
    record Root() implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return application.isRoot();
        }
    }

    /** The container is the task's log router, whose configuration and socket ECS mounts. */
    record LogRouter() implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return Truth.of(!application
                    .container()
                    .definition()
                    .logging()
                    .firelensType()
                    .isAbsent());
        }
    }

    /** Something does not hold. */
    record Not(WriterCondition condition) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return condition.holds(application).not();
        }
    }

    /** All of several hold. */
    record All(List<WriterCondition> conditions) implements WriterCondition {

        @Override
        public Truth holds(WriterCircumstances application) {
            return conditions.stream()
                    .map(condition -> condition.holds(application))
                    .reduce(Truth.TRUE, Truth::and);
        }
    }

    /** What {@code when} and {@code unless} of an entry say: all of the first and none of the second must hold. */
    static WriterCondition of(Json entry) {
        List<WriterCondition> conditions = new ArrayList<>(each(entry.get("when")));
        each(entry.get("unless")).forEach(condition -> conditions.add(new Not(condition)));
        return new All(conditions);
    }

    private static List<WriterCondition> each(Json written) {
        List<WriterCondition> conditions = new ArrayList<>();
        written.members().forEach((key, value) -> {
            switch (key) {
                case "environment" ->
                    value.members()
                            .forEach((name, pattern) -> conditions.add(
                                    new Variable(name, Pattern.compile(pattern.string(), Pattern.DOTALL))));
                case "argument" -> conditions.add(new HasArgument(Pattern.compile(value.string())));
                case "exists" -> conditions.add(new Exists(value.string()));
                case "replaced" -> conditions.add(new Replaced(value.get("file").string(), value.strings("options")));
                case "says" ->
                    conditions.add(new Says(
                            value.strings("files"),
                            value.strings("options"),
                            Pattern.compile(value.get("pattern").string(), Pattern.MULTILINE)));
                case "script" -> conditions.add(new Script(value.string()));
                case "packaging" -> conditions.add(new Packaging(Pattern.compile(value.string())));
                case "user" -> conditions.add(value.string().equals("root") ? new Root() : new Not(new Root()));
                case "logRouter" -> conditions.add(new LogRouter());
                default -> throw new IllegalStateException("no condition " + key);
            }
        });
        return conditions;
    }
}
