package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.FileContent;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.shell.ShellParser;
import io.github.readonlyrootfs.shell.ShellSyntaxException;
import io.github.readonlyrootfs.shell.run.Place;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the commands that a list of words comes to: through wrappers, shells, and the scripts that the Dockerfile copies
 * in.
 */
final class CommandReader {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

    private final Image image;
    private final Value<ContainerPath> home;
    private final EntrypointScripts entrypoints;
    private final FoundCommands found;

    /** A word, and where its parts stand in case it is a shell's text. */
    record Source(Argument argument, Place place) {}

    private CommandReader(Image image, Value<ContainerPath> home, FoundCommands found) {
        this.image = image;
        this.home = home;
        this.entrypoints = EntrypointScripts.of(image);
        this.found = found;
    }

    /**
     * What a container starts.
     *
     * @param words what the engine starts
     */
    static StartCommand read(List<Source> words, Image image, Environment environment, BaseDirectories directories) {
        FoundCommands found = new FoundCommands();
        new CommandReader(image, directories.home(), found).run(words, environment, directories.workdir(), Way.START);
        return found.of(arguments(words));
    }

    /** Where the user is at home. */
    Value<ContainerPath> home() {
        return home;
    }

    /** Follows a command to what it comes to. */
    void run(List<Source> given, Environment environment, Value<ContainerPath> directory, Way way) {
        if (!found.command(way)) {
            return;
        }
        List<Source> words = given;
        Environment seen = environment;
        while (!words.isEmpty()) {
            Argument program = words.get(0).argument;
            if (!program.complete()) {
                found.gap("the program that it runs is not known");
                return;
            }
            int skipped = Wrappers.skip(arguments(words));
            if (skipped > 0) {
                seen = seen.with(assignments(words.subList(1, skipped)));
                words = words.subList(skipped, words.size());
                continue;
            }
            boolean own = content(program, seen, directory).isPresent();
            Optional<List<Source>> handedOn = own ? Optional.empty() : entrypoints.command(words);
            if (handedOn.isEmpty()) {
                break;
            }
            words = handedOn.get();
        }
        if (words.isEmpty()) {
            return;
        }
        Argument program = words.get(0).argument;
        if (SHELLS.contains(program.baseName())) {
            shell(words, seen, directory, way);
            return;
        }
        Optional<FileContent> content = content(program, seen, directory);
        Optional<SourceFile> script = content.flatMap(FileContent::read).filter(CommandReader::isShellScript);
        if (script.isPresent()) {
            script(script.get(), arguments(words.subList(1, words.size())), seen, directory, way);
            return;
        }
        boolean readable = content.filter(FileContent.Copied.class::isInstance).isPresent();
        if (!readable && looksLikeScript(program)) {
            found.gap("what " + program.text() + " runs is not known");
        }
        found.add(
                new Command(unwrapped(arguments(words)), seen, directory, way.certain(), way.certain() && way.last()));
        packageScript(arguments(words), seen, directory, way);
    }

    /** {@code npm start}, where the project's package.json is known. */
    private void packageScript(List<Argument> words, Environment environment, Value<ContainerPath> directory, Way way) {
        Optional<String> name = PackageScripts.name(words);
        if (name.isEmpty()) {
            return;
        }
        Optional<SourceFile> file = directory
                .known()
                .flatMap(path -> image.files().content(path.resolve(PackageScripts.FILE)))
                .flatMap(FileContent::read);
        if (file.isPresent()) {
            found.script(file.get());
            for (PackageScripts.Script script : PackageScripts.of(file.get(), name.get())) {
                Scope scope = new Scope(environment, home, directory, List.of());
                read(script.text(), Place.whole(script.location()), scope, way.deeper());
            }
        }
    }

    /** {@code python -m gunicorn} is gunicorn. */
    private static List<Argument> unwrapped(List<Argument> words) {
        if (words.get(0).baseName().matches("python[\\d.]*")) {
            for (int i = 1; i + 1 < words.size() && words.get(i).text().startsWith("-"); i++) {
                if (words.get(i).is("-m") && words.get(i + 1).complete()) {
                    return words.subList(i + 1, words.size());
                }
            }
        }
        return words;
    }

    private static List<Argument> arguments(List<Source> words) {
        return words.stream().map(Source::argument).toList();
    }

    private static Map<String, Value<String>> assignments(List<Source> words) {
        Map<String, Value<String>> assignments = new HashMap<>();
        for (Source word : words) {
            Argument argument = word.argument;
            int equals = argument.text().indexOf('=');
            if (equals > 0 && !argument.text().startsWith("-")) {
                String name = argument.text().substring(0, equals);
                assignments.put(
                        name,
                        argument.complete()
                                ? new Value.Known<>(argument.text().substring(equals + 1), argument.location())
                                : new Value.Unknown<>("part of its value is not known", argument.location()));
            }
        }
        return assignments;
    }

    private static boolean looksLikeScript(Argument program) {
        String name = program.baseName();
        return name.endsWith(".sh") || name.endsWith(".bash") || name.contains("entrypoint");
    }

    private static boolean isShellScript(SourceFile file) {
        String first = file.line(1);
        return first.matches("#!\\s*(/\\S*/)?(env\\s+(-S\\s*)?)?(\\S*/)?(sh|bash|ash|dash|zsh|ksh)(\\s.*)?")
                || (!first.startsWith("#!") && file.name().endsWith(".sh"));
    }

    /** What a program's file holds, where it is a file of the project's own. */
    Optional<FileContent> content(Argument program, Environment environment, Value<ContainerPath> directory) {
        if (program.text().contains("/")) {
            return Command.path(program, directory)
                    .known()
                    .flatMap(path -> image.files().content(path));
        }
        for (String entry : environment.get("PATH").known().orElse("").split(":", -1)) {
            Optional<FileContent> found = image.files().content(ContainerPath.of(entry + "/" + program.text()));
            if (entry.startsWith("/") && found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** {@code sh -c "…" name arguments} and {@code sh script arguments}. */
    private void shell(List<Source> words, Environment environment, Value<ContainerPath> directory, Way way) {
        boolean text = false;
        boolean stopsAtErrors = false;
        int at = 1;
        while (at < words.size()) {
            String word = words.get(at).argument.text();
            if (word.equals("--")) {
                at++;
                break;
            }
            if (!word.matches("[-+]\\w+|--\\w.*")) {
                break;
            }
            boolean letters = !word.startsWith("--");
            text |= letters && word.startsWith("-") && word.contains("c");
            stopsAtErrors |= letters && word.startsWith("-") && word.contains("e");
            boolean named = letters && word.matches("[-+]\\w*[oO]");
            stopsAtErrors |=
                    named && at + 1 < words.size() && words.get(at + 1).argument.is("errexit");
            at += named ? 2 : 1;
        }
        if (at >= words.size()) {
            found.gap("the shell's input is not known");
            return;
        }
        Source first = words.get(at);
        if (text) {
            List<Argument> arguments =
                    at + 2 < words.size() ? arguments(words.subList(at + 2, words.size())) : List.of();
            if (!first.argument.complete()) {
                found.gap("part of the shell's text is not known");
                return;
            }
            Scope scope = new Scope(environment, home, directory, arguments);
            scope.setStopsAtErrors(stopsAtErrors);
            read(first.argument.text(), first.place, scope, way.deeper());
            return;
        }
        Optional<SourceFile> script = first.argument.complete()
                ? content(first.argument, environment, directory).flatMap(FileContent::read)
                : Optional.empty();
        if (script.isPresent()) {
            script(script.get(), arguments(words.subList(at + 1, words.size())), environment, directory, way);
        } else {
            found.gap(
                    "what " + (first.argument.complete() ? first.argument.text() : "the shell") + " runs is not known");
        }
    }

    private void script(
            SourceFile file,
            List<Argument> arguments,
            Environment environment,
            Value<ContainerPath> directory,
            Way way) {
        found.script(file);
        Scope scope = new Scope(environment, home, directory, arguments);
        scope.setStopsAtErrors(file.line(1).matches("#!.*\\s-\\w*e\\w*.*"));
        read(file.text(), file::location, scope, way.deeper());
    }

    void read(String text, Place place, Scope scope, Way way) {
        found.shellText(text);
        try {
            new ShellWalk(this, found, place, scope).visit(ShellParser.parse(text, List.of()), way);
        } catch (ShellSyntaxException e) {
            found.gap("the shell's text cannot be read");
        }
    }
}
