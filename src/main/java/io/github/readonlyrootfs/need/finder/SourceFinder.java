// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.SoughtText;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.SourceCode.Run;
import io.github.readonlyrootfs.need.SourceCode.Source;
import io.github.readonlyrootfs.need.finder.PathExpression.Spelled;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the paths that code in other languages than Java's spells out in calls that write, such as {@code fs.mkdirSync('uploads')}.
 * Which calls those are is in {@code source-calls.txt}. When the code runs is not known: a refused write costs a feature at most,
 * unless a command of the start is known to write there, such as Django's {@code collectstatic}.
 */
final class SourceFinder implements NeedFinder {

    /**
     * A call that writes.
     *
     * @param makes whether it does nothing where that exists
     * @param sought up to the path; one with a group has it in the group
     */
    private record Call(
            Kind kind,
            boolean makes,
            Optional<Keeps> keeps,
            String words,
            SoughtText sought,
            Circumstances circumstances) {

        private static Call of(List<String> kind, String words, String written) {
            String[] parts = written.split(" (?=(?:&&|!!|@@) )", -1);
            return new Call(
                    kind.get(0).equals("file") ? Kind.FILE : Kind.DIRECTORY,
                    kind.get(0).equals("makes"),
                    kind.size() > 1
                            ? Optional.of(Keeps.valueOf(kind.get(1).toUpperCase(Locale.ROOT)))
                            : Optional.empty(),
                    words,
                    SoughtText.of(Pattern.compile(parts[0], Pattern.MULTILINE)),
                    new Circumstances(
                            marked("&& ", parts).map(Pattern::compile),
                            marked("!! ", parts).map(Pattern::compile),
                            marked("@@ ", parts)));
        }

        private static Optional<String> marked(String mark, String[] parts) {
            return Stream.of(parts)
                    .filter(part -> part.startsWith(mark))
                    .map(part -> part.substring(mark.length()))
                    .findFirst();
        }
    }

    /**
     * When a call writes.
     *
     * @param with what the sources must say too
     * @param without what they must not say
     * @param word an argument of the command that writes; empty for whatever runs the code
     */
    private record Circumstances(Optional<Pattern> with, Optional<Pattern> without, Optional<String> word) {

        boolean hold(ContainerContext container) {
            return with.filter(pattern -> !container.sourceCode().says(pattern)).isEmpty()
                    && without.filter(pattern -> container.sourceCode().says(pattern))
                            .isEmpty();
        }

        /** The command that writes; empty if there is none. */
        Optional<Command> command(ContainerContext container, Command runs) {
            return word.isEmpty()
                    ? Optional.of(runs)
                    : container.start().commands().stream()
                            .filter(command ->
                                    command.arguments().stream().anyMatch(argument -> argument.is(word.get())))
                            .findFirst();
        }
    }

    /** What is looked for, compiled only where there is a source. */
    private static final class Code {

        /** By ecosystem. */
        static final Map<String, List<Call>> CALLS = new HashMap<>();

        /** Comments, in which nothing is code, and literals, in which nothing is a comment. */
        static final Pattern SLASHES = Pattern.compile(
                "\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|`(?:[^`\\\\]|\\\\.)*+`|(//[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+(?:\\*/)?)");

        static final Pattern HASHES = Pattern.compile(
                "((?<![\\w=(,]\\s?)\"\"\"(?:[^\"]|\"(?!\"\"))*+(?:\"\"\")?)|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|(#[^\\n]*+)");

        static {
            for (String line : DataFiles.lines(SourceFinder.class, "source-calls.txt")) {
                String[] parts = line.split(" \\| ", 4);
                CALLS.computeIfAbsent(parts[0], ecosystem -> new ArrayList<>())
                        .add(Call.of(List.of(parts[1].split(" ", -1)), parts[2], parts[3]));
            }
        }
    }

    /** Of one kind in a source; each may search the source for the names in its path. */
    private static final int MAX_CALLS = 200;

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w{2,}+");

    @Override
    public String name() {
        return "source";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        Set<String> done = new HashSet<>();
        Set<String> told = new HashSet<>();
        for (Run run : container.sourceCode().runs()) {
            if (done.add(run.ecosystem())) {
                for (Source source : run.sources()) {
                    find(container, run.command(), source, told, found);
                }
            }
        }
    }

    private static void find(
            ContainerContext container, Command command, Source source, Set<String> told, FoundNeeds found) {
        List<Call> calls = new ArrayList<>();
        for (Call call : Code.CALLS.getOrDefault(source.ecosystem(), List.of())) {
            if (call.sought().mayBeIn(source.file().text())) {
                calls.add(call);
            }
        }
        if (calls.isEmpty()) {
            return;
        }
        BitSet literals = new BitSet();
        String code = withoutComments(source, literals);
        PathExpression expressions = new PathExpression(
                code, command.directory(), source.at().map(ContainerPath::parent), command.environment()::get);
        for (Call call : calls) {
            Optional<Command> writer = call.circumstances().command(container, command);
            Matcher written = call.sought().pattern().matcher(code);
            for (int tried = 0; writer.isPresent() && tried < MAX_CALLS && written.find(); tried++) {
                boolean plain = written.groupCount() == 1;
                if (!plain && literals.get(written.start())) {
                    continue;
                }
                Optional<Spelled> path = plain ? expressions.of(written.group(1)) : expressions.at(written.end());
                if (path.isPresent()
                        && !(plain && isSetOutside(command, code, written.start()))
                        && told.add(call.words() + path.get().path())) {
                    Location location = source.file().location(written.start(), written.end());
                    add(container, writer.get(), call, path.get(), location, found);
                    found.source(source.file());
                }
            }
        }
    }

    /** Whether a variable of the container has a name that the line mentions before. */
    private static boolean isSetOutside(Command command, String code, int at) {
        Matcher word = WORD.matcher(code.substring(code.lastIndexOf('\n', at) + 1, at));
        while (word.find()) {
            if (!command.environment()
                    .get(word.group().toUpperCase(Locale.ROOT))
                    .isAbsent()) {
                return true;
            }
        }
        return false;
    }

    private static void add(
            ContainerContext container, Command command, Call call, Spelled path, Location location, FoundNeeds found) {
        boolean exists = container.image().files().resolved(path.path()).exists();
        if ((call.makes() && exists) || !call.circumstances().hold(container)) {
            return;
        }
        boolean ends = call.circumstances().word().isPresent()
                && !exists
                && command.stopsWithout(new Value.Known<>(path.path(), location));
        Impact impact = ends ? Impact.FATAL : Impact.FEATURE;
        Kind kind = path.inside() ? Kind.DIRECTORY : call.kind();
        found.by(command.writer())
                .add(new Need(
                                List.of(path.path()),
                                command.certain() ? impact : Impact.TOLERATED,
                                false,
                                true,
                                List.of(found.evidence(call.words(), Optional.of(location))
                                        .keeping(call.keeps())))
                        .of(kind));
    }

    /** As long as a text: a place in the code is one in the file. */
    private static String blank(String text) {
        StringBuilder blank = new StringBuilder(text);
        for (int i = 0; i < blank.length(); i++) {
            if (blank.charAt(i) != '\n') {
                blank.setCharAt(i, ' ');
            }
        }
        return blank.toString();
    }

    /** @param literals gets the places inside of literals */
    private static String withoutComments(Source source, BitSet literals) {
        boolean hashes = Set.of("pypi", "gem").contains(source.ecosystem());
        Pattern parts = hashes ? Code.HASHES : Code.SLASHES;
        return parts.matcher(source.file().text()).replaceAll(part -> {
            boolean comment = part.group(1) != null || (hashes && part.group(2) != null);
            if (!comment) {
                literals.set(part.start() + 1, part.end());
            }
            return Matcher.quoteReplacement(comment ? blank(part.group()) : part.group());
        });
    }
}
