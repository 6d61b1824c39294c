// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.ImageReference;
import io.github.readonlyrootfs.image.facts.StartFacts;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.JvmOptions.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The scripts of published images that start a JVM, and the variables that they add to its command line. The key
 * {@code launch} of their entry describes them:
 *
 * <ul>
 *   <li>{@code paths}: the path of the script, as a regular expression
 *   <li>{@code verbs}: its first arguments that start the JVM
 *   <li>{@code changedBy}: files that may change its behaviour
 *   <li>{@code variables}: variables that it adds before the JVM's own options; of alternatives, the first one that is set
 *   <li>{@code properties}: system properties that it sets
 *   <li>{@code directory}: in which it starts the JVM
 * </ul>
 */
final class JavaLauncher {

    private JavaLauncher() {}

    /** The JVM that a command starts; empty if it is not such a script. */
    static Optional<Jvm> of(Command command, Image image) {
        List<String> names = ImageReference.parse(image.base()).names();
        Set<String> subjects = new LinkedHashSet<>(names);
        subjects.add(command.program());
        for (Catalogue.Entry entry : Catalogue.about(subjects)) {
            Json launcher = entry.json().get("launch");
            List<String> images = entry.json().strings("images");
            boolean known = images.isEmpty() || !Collections.disjoint(images, names);
            if (known
                    && entry.json().has("launch")
                    && isAt(launcher.get("paths").text(), command)
                    && entry.json().strings("programs").contains(command.program())
                    && isStarted(launcher, command)) {
                return Optional.of(new Jvm(
                        command.in(directory(launcher, command)),
                        options(launcher, command, image),
                        false,
                        command.certain()));
            }
        }
        return Optional.empty();
    }

    /** The options that the start script of a published image adds to the {@code java} command in its arguments. */
    static List<Part> scriptOptions(StartCommand start, Command command, Image image) {
        List<Part> parts = new ArrayList<>();
        for (StartFacts.Script script : StartFacts.of(start.scriptImage(image)).scripts()) {
            if (start.startsScript(script.name(), image, command.directory()).isTrue()) {
                Optional<StartFacts.Server> server = script.server().filter(it -> isGiven(it.jar(), command));
                if (server.isEmpty()) {
                    parts.add(properties(script.properties(), command));
                }
                List<String> dropped = server.map(StartFacts.Server::drops).orElse(List.of());
                variables(script.variables(), command).forEach(part -> parts.add(part.without(dropped)));
            }
        }
        return parts;
    }

    private static boolean isGiven(String jar, Command command) {
        return command.arguments().stream().anyMatch(word -> word.text().matches(jar));
    }

    private static boolean isAt(Optional<String> paths, Command command) {
        return paths.isEmpty()
                || command.programPath()
                        .filter(path -> path.toString().matches(paths.get()))
                        .isPresent();
    }

    /** The directory in which the script starts the JVM. */
    private static Value<ContainerPath> directory(Json launcher, Command command) {
        Optional<String> written = launcher.get("directory").text();
        return written.isEmpty()
                ? command.directory()
                : Text.resolve(template(command).expand(written.get()), command.directory());
    }

    private static Template template(Command command) {
        // JavaDirectories reports the variables that something else may set.
        return new Template(
                command.environment().withoutOthers(),
                command.programPath(),
                Value.absent(),
                command.words().get(0).where());
    }

    private static boolean isStarted(Json launcher, Command command) {
        List<String> verbs = launcher.strings("verbs");
        return verbs.isEmpty() || command.arguments().stream().limit(1).anyMatch(first -> verbs.contains(first.text()));
    }

    private static JvmOptions options(Json launcher, Command command, Image image) {
        List<Part> parts = new ArrayList<>();
        Location location = command.words().get(0).where();
        Template template = template(command);
        for (String changer : launcher.strings("changedBy")) {
            boolean changed = template.expand(changer)
                    .known()
                    .filter(path ->
                            image.files().content(ContainerPath.of(path)).isPresent())
                    .isPresent();
            if (changed) {
                parts.add(Part.unknown("what " + ContainerPath.of(changer).name() + " sets is not known", location));
            }
        }
        parts.addAll(variables(launcher.strings("variables"), command));
        parts.add(properties(launcher.texts("properties"), command));
        return JvmOptions.of(command, image, parts);
    }

    private static List<Part> variables(List<String> variables, Command command) {
        return variables.stream()
                .map(names -> JvmOptions.variable(command.environment(), firstSet(names, command.environment())))
                .toList();
    }

    /** The first of several variables that is set: the script ignores the others. */
    private static String firstSet(String names, Environment environment) {
        String[] each = names.split(" \\| ", -1);
        for (String name : each) {
            if (!environment.get(name).isAbsent()) {
                return name;
            }
        }
        return each[each.length - 1];
    }

    private static Part properties(Map<String, String> written, Command command) {
        Location location = command.words().get(0).where();
        Template template = template(command);
        List<Field> properties = new ArrayList<>();
        written.forEach((name, value) -> {
            Value<String> expanded = template.expand(value);
            Text option = Text.of("-D" + name + "=")
                    .plus(expanded.known().map(Text::of).orElse(Text.UNKNOWN));
            properties.add(Field.of(option, expanded.where().orElse(location)));
        });
        return Part.of(properties);
    }
}
