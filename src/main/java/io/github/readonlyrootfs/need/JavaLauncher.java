package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.need.JvmOptions.Part;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The scripts of published images that start a JVM, and the variables that they put on its command line. */
final class JavaLauncher {

    private JavaLauncher() {}

    /** The options of the JVM that a command starts; empty where it is no such script. */
    static Optional<JvmOptions> of(Command command, Image image) {
        for (Json launcher : DataFiles.read(JavaLauncher.class, "java-launchers.json")
                .orElseThrow()
                .get("launchers")
                .elements()) {
            if (launcher.strings("programs").contains(command.program()) && isStarted(launcher, command)) {
                return Optional.of(options(launcher, command, image));
            }
        }
        return Optional.empty();
    }

    private static boolean isStarted(Json launcher, Command command) {
        List<String> verbs = launcher.strings("verbs");
        return verbs.isEmpty() || command.arguments().stream().limit(1).anyMatch(first -> verbs.contains(first.text()));
    }

    private static JvmOptions options(Json launcher, Command command, Image image) {
        List<Part> parts = new ArrayList<>();
        Location location = command.words().get(0).location();
        Template template = new Template(command.environment(), Value.absent(), location);
        for (String changer : launcher.strings("changedBy")) {
            boolean changed = template.expand(changer)
                    .known()
                    .filter(path -> image.files().at(ContainerPath.of(path)) instanceof FileNode.RegularFile)
                    .isPresent();
            if (changed) {
                parts.add(Part.unknown("what " + ContainerPath.of(changer).name() + " sets is not known", location));
            }
        }
        for (String variable : launcher.strings("variables")) {
            parts.add(JvmOptions.variable(command.environment(), variable));
        }
        List<Argument> properties = new ArrayList<>();
        launcher.texts("properties").forEach((name, value) -> {
            Value<String> expanded = template.expand(value);
            String option = "-D" + name + "=" + expanded.known().orElse("");
            properties.add(new Argument(
                    option, expanded.known().isPresent(), expanded.where().orElse(location)));
        });
        parts.add(Part.of(properties));
        return JvmOptions.of(command.environment(), true, parts);
    }
}
