// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.ApplicationCode;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.catalogue.ConfigurationPaths.Scope;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Environment;
import io.github.readonlyrootfs.start.Template;
import io.github.readonlyrootfs.start.Writer;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The circumstances of a program in a container, for the conditions of a catalogue entry.
 *
 * @param location where the program is named
 * @param certain whether it runs whenever the container starts
 * @param stops whether its failure ends the container's start
 * @param writer the user that runs it
 */
public record WriterCircumstances(
        ContainerContext container,
        ProgramInvocation invocation,
        Location location,
        boolean certain,
        boolean stops,
        Writer writer)
        implements Circumstances {

    static WriterCircumstances of(ContainerContext container, Command command) {
        return new WriterCircumstances(
                container,
                ProgramInvocation.of(command),
                place(container, command.words().get(0).where()),
                command.certain(),
                command.stops(),
                command.writer());
    }

    /** The circumstances of the program that a published image starts. */
    static WriterCircumstances ofImage(ContainerContext container, List<Field> arguments) {
        Location name = container.definition().metadata().nameLocation();
        Location location =
                place(container, container.image().config().entrypoint().where().orElse(name));
        return new WriterCircumstances(
                container,
                new ProgramInvocation(
                        Optional.empty(),
                        arguments,
                        container.environment().withKnownImage(),
                        container.directories().workdir()),
                location,
                true,
                true,
                Writer.CONTAINERS_OWN);
    }

    /** The location of a published image's own program is that of the image's name. */
    private static Location place(ContainerContext container, Location location) {
        return location.equals(container.definition().metadata().nameLocation())
                ? container.definition().image().written().where().orElse(location)
                : location;
    }

    /**
     * Expands a text with variables; {@code HOME} is the user's home. A variable with a default is assumed to be unset unless it is
     * known to be set, see {@link #unless}.
     */
    Value<String> expand(String text) {
        Environment all = invocation.environment();
        Environment seen = unseen(REQUIRED, text).isPresent() ? all : all.withoutOthers();
        return new Template(seen, invocation.program(), container.directories().home(), location).expand(text);
    }

    /** The assumption about the variables of a text, for display, such as {@code , unless an environment file sets DATA}. */
    String unless(String text) {
        return unseen(WITH_DEFAULT, text)
                .map(name -> ", unless "
                        + invocation.environment().unseenSetter(name).orElseThrow() + " sets " + name)
                .orElse("");
    }

    /** The first variable of a text that may be set by a file which was not read. */
    private Optional<String> unseen(Pattern variables, String text) {
        Matcher variable = variables.matcher(text);
        while (variable.find()) {
            String name = variable.group(1);
            if (!Template.isComputed(name)
                    && invocation.environment().unseenSetter(name).isPresent()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** How many files, each included by the one before, are read. */
    private static final int MAX_INCLUDED = 5;

    private static final Pattern WITH_DEFAULT = Pattern.compile("\\$\\{(\\w+):-");

    private static final Pattern REQUIRED = Pattern.compile("\\$\\{(\\w+)}");

    /** The directories of a JVM at the beginning of a text. */
    private static final String TEMPORARY = "{tmpdir}";

    private static final String USER_HOME = "{home}";

    /**
     * The path for a text with variables; a relative one starts in the program's directory, and one that begins
     * with <code>{tmpdir}</code> or <code>{home}</code> at the JVM's {@code java.io.tmpdir} or {@code user.home}.
     */
    Value<ContainerPath> path(String text) {
        if (text.equals(TEMPORARY)) {
            return container.application().temporary();
        }
        if (text.startsWith(USER_HOME)) {
            return container.java().home().map(home -> home.resolve(text.substring(USER_HOME.length() + 1)));
        }
        return Text.resolve(expand(text), invocation.directory());
    }

    @Override
    public Application application() {
        return new Application(container, container.application().settings(), ApplicationCode.of(container));
    }

    @Override
    public Value<String> variable(String name) {
        return invocation.environment().get(name);
    }

    /**
     * Whether the image has something at a path; unknown if a line of the Dockerfile may have added it. Paths that only a published
     * image may have are missing: the catalogue describes such images.
     */
    Truth exists(String path) {
        int name = path.lastIndexOf('/') + 1;
        if (path.indexOf('*', name) >= 0) {
            Wildcard names = Wildcard.of(path.substring(name));
            return Truth.of(
                    path(path.substring(0, name)).known(),
                    directory ->
                            container.image().files().names(directory).stream().anyMatch(names::matches));
        }
        Optional<TreeNode> found =
                path(path).known().map(at -> container.image().files().resolved(at));
        boolean perhaps = found.isPresent()
                && found.get().isUnknown()
                && found.get().content() != null
                && !(found.get().content() instanceof FileContent.Published);
        return perhaps ? Truth.UNKNOWN : Truth.of(found, TreeNode::exists);
    }

    /** The path for a text, for display. */
    static String words(String text) {
        return text.replace(TEMPORARY, "java.io.tmpdir").replace(USER_HOME, "user.home");
    }

    Truth isRoot() {
        if (!writer.user().isAbsent()) {
            return Truth.of(writer.user().known(), WriterCircumstances::isRoot);
        }
        Value<String> user = container
                .definition()
                .process()
                .user()
                .or(container.image().config().user());
        return user.isAbsent() ? Truth.TRUE : Truth.of(user.known(), WriterCircumstances::isRoot);
    }

    private static boolean isRoot(String spec) {
        return new UserSpec(spec).isRoot();
    }

    /**
     * The texts of configuration files.
     *
     * @param texts of the files that the project adds
     * @param unknown why one of the project's files is unknown; empty if all are known
     */
    record Configuration(List<SourceFile> texts, Optional<Value.Unknown<ContainerPath>> unknown) {

        private Configuration and(Configuration more) {
            return new Configuration(
                    Stream.concat(texts.stream(), more.texts.stream()).toList(), unknown.or(more::unknown));
        }
    }

    /** The project's configuration of the program. */
    Configuration configuration(ConfigurationPaths files) {
        List<Value<ContainerPath>> places =
                new ArrayList<>(files.files().stream().flatMap(this::places).toList());
        invocation.option(files.options()).ifPresent(named -> places.set(0, invocation.path(named)));
        Configuration main = configuration(places);
        if (files.scope() == Scope.MAIN) {
            return main;
        }
        boolean replaced = files.include().isPresent() && !main.texts().isEmpty();
        List<Value<ContainerPath>> included = files.included().stream()
                .filter(file -> !replaced)
                .flatMap(this::places)
                .collect(Collectors.toCollection(ArrayList::new));
        Configuration below = configuration(included);
        Optional<ContainerPath> directory = places.get(0).known().map(ContainerPath::parent);
        List<SourceFile> including = replaced ? main.texts() : below.texts();
        // What is included may include more, such as the snippets of a site.
        for (int depth = 0; files.include().isPresent() && directory.isPresent() && depth < MAX_INCLUDED; depth++) {
            List<Value<ContainerPath>> named = new ArrayList<>();
            for (SourceFile text : including) {
                Matcher directive = files.include().get().matcher(text.text());
                while (directive.find()) {
                    places(directory.get().resolve(directive.group(1)).toString())
                            .filter(place -> !included.contains(place))
                            .forEach(named::add);
                }
            }
            included.addAll(named);
            Configuration more = configuration(named);
            below = below.and(more);
            including = more.texts();
        }
        return files.scope() == Scope.INCLUDED ? below : main.and(below);
    }

    private Configuration configuration(List<Value<ContainerPath>> places) {
        List<SourceFile> texts = new ArrayList<>();
        Optional<Value.Unknown<ContainerPath>> unknown = Optional.empty();
        for (Value<ContainerPath> file : places) {
            if (file instanceof Value.Unknown<ContainerPath> where) {
                unknown = unknown.or(() -> Optional.of(where));
            }
            Optional<ContainerPath> path = file.known();
            Optional<FileContent> content =
                    path.flatMap(at -> container.image().files().content(at));
            Optional<SourceFile> text = path.flatMap(container::text);
            text.ifPresent(texts::add);
            boolean mounted = path.filter(this::isMounted).isPresent();
            if (mounted || (content.isPresent() && text.isEmpty())) {
                unknown = unknown.or(() -> Optional.of(
                        new Value.Unknown<>("the content of " + path.orElseThrow() + " is not known", location)));
            }
        }
        return new Configuration(texts, unknown);
    }

    /** The paths for a text; for one with an asterisk, the matching files and their directory, which may be a mount. */
    private Stream<Value<ContainerPath>> places(String written) {
        int star = written.lastIndexOf("/*");
        if (star < 0) {
            return Stream.of(path(written));
        }
        Value<ContainerPath> directory = path(written.substring(0, star));
        Stream<Value<ContainerPath>> files = directory.known().stream()
                .flatMap(at -> container.image().files().names(at).stream()
                        .filter(name -> name.endsWith(written.substring(star + 2)))
                        .map(name -> new Value.Known<>(at.resolve(name), location)));
        return Stream.concat(Stream.of(directory), files);
    }

    /** Whether the project replaces the image's configuration file, or an option names another one. */
    boolean isReplaced(ConfigurationPaths files) {
        return invocation.option(files.options()).isPresent()
                || !configuration(files).texts().isEmpty();
    }

    /** Whether a mount covers a file of the image. */
    private boolean isMounted(ContainerPath path) {
        return container.definition().fileSystem().mountPoints().stream()
                .map(MountPoint::containerPath)
                .flatMap(mount -> mount.known().stream())
                .anyMatch(mount -> path.isAtOrBelow(ContainerPath.of(mount)));
    }
}
