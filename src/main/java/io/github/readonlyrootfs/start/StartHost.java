// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.command.ImageHost;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.program.Program;
import io.github.readonlyrootfs.program.Wrapper;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.FileStatus;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host of a container's start command: it has the image's files with the changes since, and records the programs that run
 * and the files that are opened for writing.
 */
final class StartHost extends ImageHost {

    private final StartRecord record;
    private final StartContext context;
    private final Writer writer;
    /** The files as the start finds them. */
    private final ImageHost first;

    /** The locations of the parts of words that the engine starts, by the locations of the words. */
    private final Map<Location, Place> places;

    /** The locations in a script of the project. */
    private record FilePlace(SourceFile file) implements Place {

        @Override
        public Location of(int start, int end) {
            return file.location(start, end);
        }
    }

    StartHost(ImageHost files, StartRecord record, StartContext context, Map<Location, Place> places) {
        this(files, record, context, places, Writer.CONTAINERS_OWN, files.fork());
    }

    private StartHost(
            ImageHost files,
            StartRecord record,
            StartContext context,
            Map<Location, Place> places,
            Writer writer,
            ImageHost first) {
        super(files);
        this.first = first;
        this.record = record;
        this.context = context;
        this.places = places;
        this.writer = writer;
    }

    private Writer writer() {
        return record.writer(writer, first, this);
    }

    @Override
    public ShellVariable variable(String name) {
        ShellVariable variable = variable(name, context.environment().get(name));
        return context.environment().isFilled(name)
                ? variable.with(variable.value().orElse(Text.UNKNOWN).filled(), null)
                : variable;
    }

    /** A variable of the environment for a shell. */
    static ShellVariable variable(String name, Value<String> value) {
        if (value instanceof Value.Known<String> known) {
            return ShellVariable.inherited(Text.of(known.value()), known.location());
        }
        return value instanceof Value.Unknown<String> unknown
                ? ShellVariable.inherited(
                        Text.unknown("the value of " + name + " is not known: " + unknown.reason()), null)
                : ShellVariable.UNSET;
    }

    @Override
    public Text home() {
        return context.directories().home() instanceof Value.Known<ContainerPath> home
                ? Text.of(home.value().toString())
                : Text.UNKNOWN;
    }

    @Override
    public StartHost as(Optional<Field> user, Optional<Field> group) {
        return new StartHost(super.as(user, group), record, context, places, Writer.as(spec(user, group)), first);
    }

    /** The user to switch to, in the form of {@code USER}. */
    private Value<String> spec(Optional<Field> user, Optional<Field> group) {
        Location where = user.or(() -> group).map(Field::location).orElse(null);
        Location location = where == null ? Location.of("") : where;
        Optional<String> name = user.isPresent() ? user.get().exact() : context.user();
        Optional<String> of = group.isPresent() ? group.get().exact().map(other -> ":" + other) : Optional.of("");
        if (name.isEmpty() || of.isEmpty()) {
            return unknownUser(location);
        }
        boolean own = group.isEmpty() && name.equals(context.user());
        return own ? Value.absent() : new Value.Known<>(name.get() + of.get(), location);
    }

    private static Value<String> unknownUser(Location location) {
        return new Value.Unknown<>("the user that the start command switches to is not known", location);
    }

    @Override
    public FileStatus entry(ContainerPath path, boolean follow) {
        record.looksAt(path);
        return super.entry(path, follow);
    }

    @Override
    public Optional<ScriptFile> script(ContainerPath file, Location caller) {
        record.looksAt(file);
        Optional<FileContent> content = fileContent(file);
        if (content.isPresent() && content.get() instanceof FileContent.Copied copied) {
            return copied.read()
                    .map(source -> new ScriptFile(new Script(source.text(), new FilePlace(source)), source.line(1)));
        }
        return content.isEmpty() ? Optional.empty() : super.script(file, caller);
    }

    @Override
    public void follows(Script script) {
        record.shellText(script.text());
        if (script.place() instanceof FilePlace place) {
            record.script(place.file);
        }
    }

    @Override
    public Optional<Place> textPlace(Field text) {
        return Optional.ofNullable(text.location()).map(places::get);
    }

    @Override
    public boolean succeeds() {
        return !record.hasRefused();
    }

    @Override
    public boolean looksBehindFailures() {
        return false;
    }

    @Override
    public void reaches(Call call) {
        Field program = call.words().get(0).literal(call.location());
        record.reaches(program, program.is("tail") || program.is("sleep"), writer());
    }

    @Override
    public void leaves() {
        record.leaves();
    }

    @Override
    public void waits() {
        record.waits();
    }

    /** Traps that run when the container ends are not part of its start. */
    @Override
    public boolean endsScripts() {
        return record.isExact();
    }

    @Override
    public Truth writable(Field target, Call by) {
        Field argument = target.literal(by.location());
        Field written = argument.isIn(by.location()) ? argument : argument.at(by.location());
        Redirection asked = Redirection.of(written, directory(by), by.certain(), writer(), true);
        return record.add(asked) ? Truth.FALSE : Truth.TRUE;
    }

    @Override
    public Status open(Field target, Call by) {
        Field argument = target.literal(by.location());
        Redirection redirection = Redirection.of(argument, directory(by), by.certain(), writer(), false);
        if (record.add(redirection) || (!by.must() && hasNoPlace(redirection))) {
            return Status.FAILURE;
        }
        return onMounts(super.open(target, by));
    }

    /** A shell does not create the directory of a file that it opens. */
    private boolean hasNoPlace(Redirection redirection) {
        return redirection
                .directory()
                .filter(directory -> super.entry(directory, true).kind() == EntryKind.MISSING)
                .isPresent();
    }

    @Override
    public Status run(Call call) {
        Optional<List<Field>> deleted = deleted(call);
        List<Field> written = new ArrayList<>();
        for (Field word : deleted.orElse(call.words())) {
            written.add(word.literal(call.location()));
        }
        Field program = written.get(0);
        List<Field> words = Program.ofModule(written);
        List<Field> operated = new ArrayList<>(words);
        if (deleted.isPresent()) {
            operated.set(0, Field.of("rm").at(program.where()));
            operated.remove(1);
        }
        Operation operation = Operation.of(operated, call.shell().home());
        Command command = command(words, operation, call);
        boolean isUnread = EntrypointScripts.isNamedLikeOne(program)
                && !isReadable(program, call)
                && JavaLauncher.of(command, context.image()).isEmpty();
        if (isUnread) {
            Field script = call.words().get(0);
            gap("what " + program.text() + " runs is not known" + because(script, call), isOfBase(script, call), call);
        } else if (operation.unknown().isPresent()) {
            note(operation.unknown().get(), words.get(0), call);
        }
        if (record.add(command)) {
            record.rest(command).ifPresent(rest -> super.run(call.with(rest)));
            return Status.FAILURE;
        }
        return onMounts(super.run(call));
    }

    private Command command(List<Field> words, Operation operation, Call call) {
        return new Command(
                words,
                record.isFirst()
                        ? context.environment().with(call.shell().exported(), call.location())
                        : context.environment(),
                directory(call),
                call.certain(),
                Optional.empty(),
                handsOnUser(operation) ? Writer.as(unknownUser(call.location())) : writer(),
                call.location(),
                CommandWrites.of(operation, directory(call), context.image()));
    }

    @Override
    public boolean wraps(Call call) {
        if (Program.wrapper(call.name()).filter(Wrapper::writes).isEmpty()) {
            return true;
        }
        List<Field> words = new ArrayList<>();
        for (Field word : call.words()) {
            words.add(word.literal(call.location()));
        }
        return !record.add(command(words, Operation.of(words, call.shell().home()), call));
    }

    /** Whether it is not known what becomes of arguments that say who is to go on: {@code /start gosu app server}. */
    private static boolean handsOnUser(Operation operation) {
        return operation.unknown().isPresent()
                && operation.unknown().get().reason() == Operation.Reason.PROGRAM
                && operation.options().operands().stream()
                        .flatMap(word -> Program.wrapper(word.baseName()).stream())
                        .anyMatch(wrapper -> !wrapper.user().isEmpty());
    }

    /** A volume may allow what the image's files do not. */
    private Status onMounts(Status status) {
        return status == Status.FAILURE && !record.isExact() ? Status.ASSUMED_SUCCESS : status;
    }

    /** Notes a command that may write what nothing tells; not one that only starts scripts that are followed. */
    private void note(Operation.Unknown unknown, Field program, Call call) {
        if (unknown.reason() != Operation.Reason.CODE || scripts(call).isEmpty()) {
            Location where = unknown.word().location();
            record.unknown(new UnknownCommand(
                    unknown.reason(),
                    program.baseName(),
                    unknown.word().text(),
                    call.certain(),
                    where == null ? call.location() : where));
        }
    }

    /** {@code find … -delete} with the files that it finds, if they are known. */
    private Optional<List<Field>> deleted(Call call) {
        if (!call.name().equals("find") || call.words().stream().noneMatch(word -> word.is("-delete"))) {
            return Optional.empty();
        }
        return find(call).map(found -> {
            List<Field> words = new ArrayList<>(List.of(call.words().get(0), Field.of("-delete")));
            found.forEach(path -> words.add(Field.of(path)));
            return words;
        });
    }

    private boolean isReadable(Field program, Call call) {
        return program.text().contains("/")
                && call.shell()
                        .path(call.words().get(0))
                        .filter(path -> fileContent(path)
                                        .filter(FileContent.Copied.class::isInstance)
                                        .isPresent()
                                || (fileContent(path).isPresent()
                                        && content(path).isKnown()))
                        .isPresent();
    }

    @Override
    public List<List<Field>> before(Call call) {
        return EntrypointScripts.before(call.words(), context.image());
    }

    @Override
    public Optional<List<Field>> handedOn(Call call) {
        Optional<List<Field>> command = EntrypointScripts.command(call.words(), context.image());
        if (command.isPresent()) {
            record.skips(call.name());
        }
        return command;
    }

    /** The scripts of {@code npm start}, if the project's package.json is known, and those that supervisord starts. */
    @Override
    public List<Script> scripts(Call call) {
        List<Field> words = new ArrayList<>();
        for (Field word : call.words()) {
            words.add(word.literal(call.location()));
        }
        Optional<SupervisorPrograms> supervised =
                SupervisorPrograms.of(words, this, call.shell().directory());
        if (supervised.isPresent()) {
            supervised.get().files().forEach(record::script);
            if (!supervised.get().isComplete()) {
                record.gap("what supervisord starts is not known: its configuration is not among the project's files");
            }
            return supervised.get().scripts();
        }
        Optional<String> name = PackageScripts.name(words);
        Optional<SourceFile> file = name.isEmpty()
                ? Optional.empty()
                : call.shell()
                        .directory()
                        .map(directory -> directory.resolve(PackageScripts.FILE))
                        .flatMap(this::fileContent)
                        .flatMap(FileContent::read);
        if (name.isEmpty() || file.isEmpty()) {
            return List.of();
        }
        record.script(file.get());
        effort().spend(file.get().text().length());
        return PackageScripts.of(file.get(), name.get());
    }

    private static Value<ContainerPath> directory(Call by) {
        Optional<ContainerPath> directory = by.shell().directory();
        return directory.isPresent()
                ? new Value.Known<>(directory.get(), by.location())
                : new Value.Unknown<>("the working directory is not known", by.location());
    }

    @Override
    public void gap(Gap gap, Field what, Call by) {
        record.reachesUnknown(what.literal(by.location()).where());
        String reason = switch (gap) {
            case UNKNOWN_WORD -> unknownWord(what, by);
            case UNKNOWN_SCRIPT -> {
                boolean sourced = by.name().equals(".") || by.name().equals("source");
                String script = what.known() ? what.text() : "a script";
                yield "what " + script + (sourced ? " sets is not known" : " runs is not known") + because(what, by);
            }
            case MISSING_SCRIPT -> what.text() + " is not among the image's files";
            case NO_PROGRAM -> "the program is what the command passes to the script, and it passes none";
            case NO_SCRIPT -> "the shell's text cannot be read";
            case TOO_MUCH -> StartRecord.TOO_MANY;
        };
        if (gap == Gap.NO_PROGRAM) {
            // The script is right: the container's command has to change.
            record.gap(reason);
        } else {
            gap(reason, gap == Gap.UNKNOWN_SCRIPT && isOfBase(what, by), by);
        }
    }

    /** The line of the Dockerfile that decides what an unknown script has; nothing where there is none. */
    private String because(Field script, Call by) {
        Optional<Location> line = by.shell().path(script).flatMap(path -> {
            TreeNode file = context.image().files().resolved(path);
            FileContent content = file.content();
            Provenance changed = content == null ? null : content.by();
            return (changed == null ? file.why() : changed).location();
        });
        return line.isEmpty()
                ? ""
                : ", because of line " + line.get().line() + " of " + line.get().file();
    }

    private void gap(String reason, boolean inBase, Call by) {
        record.gap(new StartGap(reason, inBase, Optional.of(by.location())));
    }

    /** Whether an unknown script is of the base image; it may be of the project, or missing. */
    private boolean isOfBase(Field script, Call by) {
        Optional<ContainerPath> path = by.shell().path(script);
        return path.isEmpty()
                ? script.known()
                : fileContent(path.get()).isEmpty()
                        && super.entry(path.get(), true).kind() != EntryKind.MISSING;
    }

    private static String unknownWord(Field what, Call by) {
        if (by.words().get(0).equals(what)) {
            return "the program that it runs is not known";
        }
        if (by.name().equals("eval")) {
            return "what eval runs is not known";
        }
        return by.words().contains(what) ? "part of the shell's text is not known" : "the shell's input is not known";
    }

    @Override
    public boolean isDone() {
        return record.isFurther();
    }

    @Override
    public void giveUp(Location location) {
        record.gap(StartRecord.TOO_MANY);
    }
}
