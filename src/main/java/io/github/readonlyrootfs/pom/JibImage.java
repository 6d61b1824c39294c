// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.stage.ImageDescription;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The image that jib-maven-plugin builds.
 *
 * @see <a href="https://github.com/GoogleContainerTools/jib/tree/master/jib-maven-plugin">its documentation; defaults
 *     as in version 3.5</a>
 */
final class JibImage {

    static final String KEY = "com.google.cloud.tools:jib-maven-plugin";

    private static final Set<String> GOALS = Set.of("build", "dockerBuild", "buildTar");
    private static final String CONTAINER = "container";
    private static final String INHERIT = "INHERIT";
    private static final String EXTENSIONS = "com.google.cloud.tools.jib.maven.extension.";

    /** They leave out files, or put them into other layers. */
    private static final Set<String> HARMLESS_EXTENSIONS = Set.of(
            EXTENSIONS + "layerfilter.JibLayerFilterExtension",
            EXTENSIONS + "springboot.JibSpringBootExtension",
            EXTENSIONS + "ownership.JibOwnershipExtension");

    /** It does the same for an application; for a function it replaces the command or the directories. */
    private static final String MICRONAUT_EXTENSION = "io.micronaut.maven.jib.JibMicronautExtension";

    /** They start something else than the main class. */
    private static final Set<String> STARTING_EXTENSIONS =
            Set.of(EXTENSIONS + "nativeimage.JibNativeImageExtension", EXTENSIONS + "quarkus.JibQuarkusExtension");

    /** Stands for a main class that Jib finds among the project's classes. */
    private static final String MAIN_CLASS = "(main class)";

    private final BuildPlugin plugin;
    private final PomBuild build;
    private final Optional<Element> configuration;

    private JibImage(BuildPlugin plugin, PomBuild build) {
        this.plugin = plugin;
        this.build = build;
        this.configuration = plugin.configurationOf(GOALS);
    }

    static Optional<ImageSource> of(BuildPlugin plugin, PomBuild build) {
        JibImage jib = new JibImage(plugin, build);
        boolean skipped = build.isSet("jib.skip") || BuildPlugin.skips(jib.configuration, "skip");
        return skipped || build.isAggregator() ? Optional.empty() : Optional.of(jib.source());
    }

    private ImageSource source() {
        return new ImageSource.Described(
                plugin.name(),
                plugin.location(),
                description(),
                insertion("jib.container.volumes", "volumes", "volume"),
                // One that is there, with a property that nothing defines, is fixed where the property is.
                setting("jib.container.user", CONTAINER, "user").isAbsent()
                        ? insertion("jib.container.user", "user")
                        : Optional.empty(),
                JibOwnership.rules(configuration).map(rules -> Insertion.below(rules, "rule")));
    }

    /** A property overrides the pom, so an edit there has no effect. */
    private Optional<Insertion> insertion(String property, String... path) {
        if (build.property(property).isPresent()) {
            return Optional.empty();
        }
        List<String> whole = new ArrayList<>(List.of(CONTAINER));
        whole.addAll(List.of(path));
        return Optional.of(Insertion.of(plugin, configuration, whole.toArray(String[]::new)));
    }

    private ImageDescription description() {
        Optional<String> open = extensions().stream()
                .filter(extension -> !isKnown(extension))
                .findFirst()
                .map(extension ->
                        "the extension " + simpleName(extension) + " may change what " + plugin.name() + " builds");
        JibLayer layer = applicationLayer();
        Optional<Provenance> changed = new JibExtraDirectories(build, plugin, configuration).addTo(layer);
        Value<String> user = setting("jib.container.user", CONTAINER, "user");
        Value<List<CommandWord>> entrypoint = entrypoint();
        Location location = plugin.location();
        return new ImageDescription(
                base(),
                location,
                new ImageDescription.Start(
                        open.<Value<String>>map(reason -> new Value.Unknown<>(reason, location))
                                .orElse(user),
                        open.<Value<ContainerPath>>map(reason -> new Value.Unknown<>(reason, location))
                                .orElseGet(
                                        () -> setting("jib.container.workingDirectory", CONTAINER, "workingDirectory")
                                                .map(ContainerPath::of)),
                        map("jib.container.environment", "environment"),
                        open.<Value<List<CommandWord>>>map(reason -> new Value.Unknown<>(reason, location))
                                .orElse(entrypoint),
                        CommandWord.all(list("jib.container.args", CONTAINER, "args"))),
                new ImageDescription.Volumes(list("jib.container.volumes", CONTAINER, "volumes"), false),
                map("jib.container.labels", "labels"),
                layer.entries(),
                changed,
                open);
    }

    private boolean isKnown(String extension) {
        return HARMLESS_EXTENSIONS.contains(extension)
                || STARTING_EXTENSIONS.contains(extension)
                || (extension.equals(MICRONAUT_EXTENSION) && !MicronautImages.buildsFunction(build));
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private List<String> extensions() {
        return configuration.flatMap(element -> element.find("pluginExtensions")).stream()
                .flatMap(all -> all.children().stream())
                .flatMap(extension -> extension.find("implementation").stream())
                .map(Element::text)
                .toList();
    }

    /** The value of a property, else of the configuration. */
    private Value<String> setting(String property, String... path) {
        return build.property(property)
                .map(value -> Element.value(value, plugin.location()))
                .orElseGet(() -> Element.value(configuration, path));
    }

    private List<Value<String>> list(String property, String... path) {
        return build.property(property)
                .map(value -> PropertyLists.split(value).stream()
                        .map(part -> Element.value(part, plugin.location()))
                        .filter(part -> !part.isAbsent())
                        .toList())
                .orElseGet(() -> configuration
                        .flatMap(element -> element.find(path))
                        .map(Element::items)
                        .orElse(List.of()));
    }

    private Map<String, Value<String>> map(String property, String element) {
        Optional<String> set = build.property(property);
        if (set.isEmpty()) {
            return Element.entries(configuration, CONTAINER, element);
        }
        Map<String, Value<String>> values = new LinkedHashMap<>();
        PropertyLists.pairs(set.get())
                .forEach((name, value) -> values.put(name, new Value.Known<>(value, plugin.location())));
        return values;
    }

    private Value<String> base() {
        Value<String> written = setting("jib.from.image", "from", "image");
        if (written.isAbsent()) {
            return defaultBase();
        }
        return written.flatMap(known -> {
            if (known.value().startsWith("tar://")) {
                return new Value.Unknown<>("the base of " + plugin.name() + " is an archive", known.location());
            }
            return new Value.Known<>(known.value().replaceFirst("^(docker|registry)://", ""), known.location());
        });
    }

    private Value<String> defaultBase() {
        if (build.isWar()) {
            return new Value.Known<>("jetty", plugin.location());
        }
        Optional<Integer> version = JavaTarget.of(build);
        String choice = "the base that " + plugin.name() + " chooses for the project's version of Java is not known";
        boolean isMicronaut = extensions().contains(MICRONAUT_EXTENSION);
        if (version.isEmpty() || version.get() > (isMicronaut ? 21 : 25)) {
            return new Value.Unknown<>(choice, plugin.location());
        }
        int base = List.of(8, 11, 17, 21, 25).stream()
                .filter(supported -> supported >= version.get())
                .findFirst()
                .orElseThrow();
        return new Value.Known<>("eclipse-temurin:" + base + "-jre", plugin.location());
    }

    private Value<List<CommandWord>> entrypoint() {
        Optional<String> starter =
                extensions().stream().filter(STARTING_EXTENSIONS::contains).findFirst();
        if (starter.isPresent()) {
            return new Value.Unknown<>(
                    "the extension " + simpleName(starter.get()) + " decides what is started", plugin.location());
        }
        List<Value<String>> written = list("jib.container.entrypoint", CONTAINER, "entrypoint");
        if (!written.isEmpty()) {
            boolean inherits = written.size() == 1
                    && written.get(0).known().filter(INHERIT::equals).isPresent();
            return inherits ? Value.absent() : CommandWord.all(written);
        }
        if (build.isWar()) {
            boolean ownBase = !setting("jib.from.image", "from", "image").isAbsent();
            return ownBase
                    ? Value.absent()
                    : CommandWord.all(List.of(
                            word("java"),
                            word("-jar"),
                            word("/usr/local/jetty/start.jar"),
                            word("--module=ee10-deploy")));
        }
        List<Value<String>> words = new ArrayList<>(List.of(word("java")));
        words.addAll(list("jib.container.jvmFlags", CONTAINER, "jvmFlags"));
        words.add(word("-cp"));
        words.add(classPath());
        words.add(mainClass());
        return CommandWord.all(words);
    }

    private Value<String> word(String text) {
        return new Value.Known<>(text, plugin.location());
    }

    /**
     * From Java 9 on, Jib has it in a file and writes {@code -cp @/app/jib-classpath-file}: the launcher puts the file's
     * content, which has the libraries one by one, in its place.
     */
    private Value<String> classPath() {
        List<Value<String>> extra = list("jib.container.extraClasspath", CONTAINER, "extraClasspath");
        if (extra.stream().anyMatch(Value::isUnknown)) {
            return extra.stream().filter(Value::isUnknown).findFirst().orElseThrow();
        }
        List<String> path = new ArrayList<>();
        extra.forEach(entry -> entry.known().ifPresent(path::add));
        return appRoot().map(root -> {
            contents().forEach(name -> path.add(root.resolve(name) + (isDirectoryOfJars(name) ? "/*" : "")));
            return String.join(":", path);
        });
    }

    private static boolean isDirectoryOfJars(String name) {
        return name.equals("libs") || name.equals("classpath");
    }

    /** Jib ignores a value that is not the name of a class, such as an undefined property. */
    private Value<String> mainClass() {
        Value<String> written = setting("jib.container.mainClass", CONTAINER, "mainClass");
        if (written.known().isPresent()) {
            return written;
        }
        Value<String> inManifest = build.plugin("org.apache.maven.plugins:maven-jar-plugin")
                .flatMap(jar -> jar.configurationOf(Set.of("jar")))
                .map(element -> element.value("archive", "manifest", "mainClass"))
                .orElse(Value.absent());
        return inManifest.known().isPresent() ? inManifest : word(MAIN_CLASS);
    }

    private Value<ContainerPath> appRoot() {
        Value<String> written = setting("jib.container.appRoot", CONTAINER, "appRoot");
        return written.isAbsent()
                ? new Value.Known<>(
                        ContainerPath.of(build.isWar() ? "/var/lib/jetty/webapps/ROOT" : "/app"), plugin.location())
                : written.map(ContainerPath::of);
    }

    /** The directories that Jib creates below the root of the application; for a WAR, its own files are there instead. */
    private List<String> contents() {
        boolean packaged = setting("jib.containerizingMode", "containerizingMode")
                .known()
                .filter("packaged"::equals)
                .isPresent();
        return packaged ? List.of("classpath", "libs") : List.of("resources", "classes", "libs");
    }

    /** The layer of the application's own files. */
    private JibLayer applicationLayer() {
        JibLayer layer = new JibLayer(JibOwnership.of(configuration), Provenance.at(plugin.name(), plugin.location()));
        appRoot().known().ifPresent(root -> {
            if (build.isWar()) {
                layer.addUnlisted(root);
            } else {
                contents().forEach(name -> layer.addUnlisted(root.resolve(name)));
            }
        });
        return layer;
    }
}
