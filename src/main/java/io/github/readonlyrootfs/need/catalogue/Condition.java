// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.CodeDatabase;
import io.github.readonlyrootfs.need.ProjectApplication;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A condition of a write in the syntax of the catalogue. An asterisk stands for any text, and a vertical bar between blanks for
 * "or":
 *
 * <ul>
 *   <li>{@code $ROCKSDB_SHAREDLIB_DIR}: an environment variable is set and not empty
 *   <li>{@code spring.main.web-application-type = none | reactive}: a configuration key with one of these values; {@code true}
 *       and {@code false} also match the framework's other words for them
 *   <li>{@code -Djna.nounpack = true}: a system property
 *   <li>{@code spring.liquibase.enabled switched off}: a key of Spring Boot's {@code @ConditionalOnProperty} is false
 *   <li>{@code jdbc:sqlite:*}: the URL of a database, in the configuration or in the application's own classes
 *   <li>{@code packaging = war | ear}: the packaging of the project
 *   <li>{@code starts itself}: the application is started, not a servlet container that loads it
 *   <li>{@code starts CLASS}: the word is on the command line
 *   <li>{@code pages *.jsp}: the web application's sources have such files; {@code pages *.jsp alone}: and no code
 *   <li>{@code uses org.rocksdb}: the application's own classes use such a class; {@code uses org.example.Stores.persistent*}: it and
 *       a method whose name begins so; {@code uses @jakarta.ws.rs.POST(java.io.File)}: a method with that annotation has such a
 *       parameter without one
 *   <li>{@code perhaps CONDITION}: unknown where that condition certainly holds
 *   <li>{@code surely CONDITION | CONDITION}: one of them certainly holds
 *   <li>{@code unknown}: it cannot be determined from the files
 * </ul>
 *
 * <p>Conditions on a program that a container runs:
 *
 * <ul>
 *   <li>{@code arguments -jar *-bootable.jar | --install}: it has these consecutive arguments
 *   <li>{@code verb run | start}: its first argument
 *   <li>{@code option -P, --pool = solo | threads}: an option with one of these values; without {@code =}, with any value;
 *       {@code ""} is an empty value
 *   <li>{@code exists /etc/nginx/templates}: the image has something there; {@code exists /webapps/*.war}: with such a name
 *   <li>{@code configuration replaced}: the project adds the program's configuration, or an option names it
 *   <li>{@code configuration says PATTERN}, {@code configuration lacks PATTERN}: whether a regular expression matches the project's
 *       configuration
 *   <li>{@code script docker-entrypoint.sh}: the engine starts the image's own start script
 *   <li>{@code sources say PATTERN}: a regular expression matches the application's own sources
 *   <li>{@code library npm:multer}: a manifest beside the code names it, or the project is packaged with it
 *   <li>{@code user = root}: root runs it
 *   <li>{@code log router}: the container is the task's log router, whose configuration and socket ECS mounts
 *   <li>{@code log configuration}: the task adds a file to that configuration, whose content is not known
 *   <li>{@code log output s3 | file}: a container of the task has it write with this plugin
 * </ul>
 */
public sealed interface Condition {

    String SWITCHED_OFF = " switched off";

    /** An empty word. */
    String EMPTY = "\"\"";

    Answer holds(Circumstances circumstances);

    /** Whether a condition that holds does so from the start on, and not only after some code runs. */
    default boolean isAtStart(Application application) {
        return true;
    }

    static List<Condition> all(List<String> texts, ConfigurationPaths files) {
        List<Condition> conditions = new ArrayList<>();
        for (String text : texts) {
            conditions.add(parse(text, files));
        }
        return conditions;
    }

    private static Condition parse(String text, ConfigurationPaths files) {
        if (text.startsWith("jdbc:")) {
            return new DatabaseUrl(Wildcard.of(text));
        }
        if (text.endsWith(SWITCHED_OFF)) {
            String key = text.substring(0, text.length() - SWITCHED_OFF.length());
            return new IsSet(Variable.parse(key), new SwitchedOff());
        }
        int blank = text.indexOf(' ');
        String rest = blank < 0 ? "" : text.substring(blank + 1);
        return switch (blank < 0 ? text : text.substring(0, blank)) {
            case "unknown" -> new Unknown();
            case "surely" -> new Surely(all(Wildcard.alternatives(rest), files));
            case "perhaps" -> new Perhaps(parse(rest, files), rest.substring(rest.indexOf(' ') + 1));
            case "starts" -> rest.equals("itself") ? new StartsItself() : new Starts(rest);
            case "pages" -> new Pages(rest.split(" ", 2)[0].substring(1), rest.endsWith(" alone"));
            case "uses" -> new Uses(rest);
            case "packaging" -> new Packaging(OneOf.parse(rest.substring(2)));
            case "arguments" -> Arguments.parse(rest);
            case "verb" -> new Verb(words(rest));
            case "option" -> IsGiven.parse(rest);
            case "exists" -> new Exists(rest);
            case "configuration" -> Configured.parse(rest, files);
            case "script" -> new Script(rest);
            case "sources" -> Sources.parse(rest);
            case "library" -> new Library(LibraryPattern.parse(rest));
            case "user" -> new Root();
            case "log" ->
                rest.startsWith("output ")
                        ? new LogOutput(words(rest.substring("output ".length())))
                        : rest.equals("router") ? new LogRouter() : new LogConfiguration();
            default -> IsSet.parse(text);
        };
    }

    private static List<Wildcard> words(String choices) {
        List<Wildcard> words = new ArrayList<>();
        for (String choice : Wildcard.alternatives(choices)) {
            words.add(Wildcard.exact(choice));
            if (choice.equals(EMPTY)) {
                words.add(Wildcard.exact(""));
                words.add(Wildcard.exact("''"));
            }
        }
        return words;
    }

    private static boolean isOne(List<Wildcard> words, Field argument) {
        return argument.known() && Wildcard.any(words, argument.text());
    }

    record IsSet(Variable variable, Wanted wanted) implements Condition {

        private static IsSet parse(String text) {
            int equals = text.indexOf(" = ");
            if (equals < 0) {
                return new IsSet(Variable.parse(text), new Something());
            }
            String value = text.substring(equals + " = ".length());
            Wanted wanted =
                    value.equals("true") || value.equals("false") ? new Flag(value.equals("true")) : OneOf.parse(value);
            return new IsSet(Variable.parse(text.substring(0, equals)), wanted);
        }

        @Override
        public Answer holds(Circumstances circumstances) {
            Answer any = Answer.NO;
            for (Value<String> value : variable.in(circumstances)) {
                any = any.isYes() ? any : any.or(holds(value, variable.words(circumstances)));
            }
            return any;
        }

        private Answer holds(Value<String> value, BooleanWords words) {
            if (value instanceof Value.Unknown<String> unknown) {
                return Answer.unknown("the value of " + variable.written() + " is not known: " + unknown.reason());
            }
            return value instanceof Value.Known<String> known
                    ? wanted.is(known.value().strip(), words, variable.written())
                    : Answer.NO;
        }
    }

    sealed interface Wanted {

        /**
         * Whether a text is the wanted value.
         *
         * @param words the words for true and false
         * @param of the name of the variable, for display
         */
        Answer is(String text, BooleanWords words, String of);
    }

    /** Any value that is not empty. */
    record Something() implements Wanted {

        @Override
        public Answer is(String text, BooleanWords words, String of) {
            return Answer.of(!text.isEmpty());
        }
    }

    record OneOf(List<Wildcard> values) implements Wanted {

        static OneOf parse(String values) {
            return new OneOf(Wildcard.choices(values));
        }

        @Override
        public Answer is(String text, BooleanWords words, String of) {
            return Answer.of(Wildcard.any(values, text));
        }
    }

    /** A word for true, or for false. */
    record Flag(boolean wanted) implements Wanted {

        @Override
        public Answer is(String text, BooleanWords words, String of) {
            if (words.isUnset(text)) {
                return Answer.NO;
            }
            return words.read(text)
                    .map(value -> Answer.of(value == wanted))
                    .orElseGet(() -> Answer.unknown("the value of " + of + " is not a boolean"));
        }
    }

    /**
     * The word {@code false}, the only one that {@code @ConditionalOnProperty} takes for false; from 3.5 on, Spring Boot reads most
     * such keys like other booleans.
     */
    record SwitchedOff() implements Wanted {

        @Override
        public Answer is(String text, BooleanWords words, String of) {
            if (text.equalsIgnoreCase("false") || !words.read(text).equals(Optional.of(false))) {
                return Answer.of(text.equalsIgnoreCase("false"));
            }
            return Answer.unknown("only some versions of Spring Boot take the value of " + of + " for false");
        }
    }

    /** One of the application's databases has such a URL, in the configuration or in the code. */
    record DatabaseUrl(Wildcard url) implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            Application application = circumstances.application();
            return Answer.of(isSet(application) || inCode(application).findAny().isPresent());
        }

        @Override
        public boolean isAtStart(Application application) {
            return isSet(application) || inCode(application).anyMatch(CodeDatabase::start);
        }

        private boolean isSet(Application application) {
            return application.settings().databaseUrls().stream()
                    .flatMap(value -> value.known().stream())
                    .anyMatch(known -> url.matches(known));
        }

        private Stream<CodeDatabase> inCode(Application application) {
            return CodeDatabase.of(application.container()).stream()
                    .filter(database -> url.matches(database.url().raw()));
        }
    }

    /** The project has one of these packagings. */
    record Packaging(OneOf values) implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            return values.is(circumstances.application().packaging(), BooleanWords.JAVA, "packaging");
        }
    }

    /** No servlet container loads the application. */
    record StartsItself() implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            return circumstances.application().container().application().startsItself();
        }
    }

    /** A word, such as the name of a main class, is on the command line. */
    record Starts(String word) implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            return circumstances.application().starts(word);
        }
    }

    /**
     * The web application has pages with this extension.
     *
     * @param alone whether it must have no code
     */
    record Pages(String ending, boolean alone) implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            ProjectApplication application =
                    circumstances.application().container().application();
            boolean has = application
                    .project()
                    .filter(project -> project.directories().hasPage(ending))
                    .isPresent();
            return Answer.of(has && (!alone || application.modules().arePages()));
        }
    }

    /** The application's own classes use such a class. */
    record Uses(String name) implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            return circumstances.application().code().uses(name);
        }
    }

    /** It cannot be determined from the files. */
    record Unknown() implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            return Answer.unknown("the files do not show it");
        }
    }

    /** What a condition shows may be known of a part of the application only. */
    record Perhaps(Condition condition, String written) implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            return condition.holds(circumstances).isYes() ? Answer.unknown("its code also has " + written) : Answer.NO;
        }
    }

    /** One of these is shown, and not only possible. */
    record Surely(List<Condition> conditions) implements Condition {

        @Override
        public Answer holds(Circumstances circumstances) {
            return Answer.of(conditions.stream()
                    .anyMatch(condition -> condition.holds(circumstances).isYes()));
        }
    }

    /** A condition on a program that a container runs. */
    sealed interface OfProgram extends Condition {

        Truth holds(WriterCircumstances program);

        @Override
        default Answer holds(Circumstances circumstances) {
            if (circumstances instanceof WriterCircumstances program) {
                Truth truth = holds(program);
                return truth.isUnknown()
                        ? Answer.unknown("not all arguments of its program are known")
                        : Answer.of(truth.isTrue());
            }
            throw new IllegalStateException("a library has a condition on a program");
        }
    }

    /** The program has such consecutive arguments. */
    record Arguments(List<List<Wildcard>> sequences) implements OfProgram {

        private static Arguments parse(String choices) {
            List<List<Wildcard>> sequences = new ArrayList<>();
            for (String sequence : Wildcard.alternatives(choices)) {
                sequences.add(Wildcard.exact(List.of(sequence.split(" ", -1))));
            }
            return new Arguments(sequences);
        }

        @Override
        public Truth holds(WriterCircumstances program) {
            boolean found = false;
            for (List<Wildcard> sequence : sequences) {
                found |= isIn(sequence, program.invocation().arguments());
            }
            return program.invocation().known(found);
        }

        private static boolean isIn(List<Wildcard> sequence, List<Field> arguments) {
            for (int start = 0; start + sequence.size() <= arguments.size(); start++) {
                int found = 0;
                while (found < sequence.size() && isOne(List.of(sequence.get(found)), arguments.get(start + found))) {
                    found++;
                }
                if (found == sequence.size()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The program's first argument is one of these. */
    record Verb(List<Wildcard> words) implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            return program.invocation()
                    .known(program.invocation().arguments().stream()
                            .limit(1)
                            .anyMatch(argument -> isOne(words, argument)));
        }
    }

    /**
     * One of these options is given.
     *
     * @param values that it may have; none for any value
     */
    record IsGiven(List<String> options, List<Wildcard> values) implements OfProgram {

        private static IsGiven parse(String text) {
            String[] sides = text.split(" = ", 2);
            return new IsGiven(List.of(sides[0].split(", ", -1)), sides.length == 1 ? List.of() : words(sides[1]));
        }

        @Override
        public Truth holds(WriterCircumstances program) {
            return program.invocation()
                    .known(program.invocation()
                            .option(options)
                            .filter(value -> values.isEmpty() || isOne(values, value))
                            .isPresent());
        }
    }

    record Exists(String path) implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            return program.exists(path);
        }
    }

    /** The project adds the program's configuration; an unreadable one is reported when its paths are looked up. */
    record Replaced(ConfigurationPaths files) implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            return Truth.of(program.isReplaced(files));
        }
    }

    /**
     * The configuration that the project adds matches a pattern, or lacks it. Only a known configuration can lack it.
     *
     * @param lacks whether it must not match
     */
    record Configured(ConfigurationPaths files, Pattern pattern, boolean lacks) implements OfProgram {

        private static Condition parse(String text, ConfigurationPaths files) {
            if (text.equals("replaced")) {
                return new Replaced(files);
            }
            String[] words = text.split(" ", 2);
            if (!words[0].matches("says|lacks")) {
                throw new IllegalArgumentException("not a condition on a configuration: " + text);
            }
            return new Configured(files, Pattern.compile(words[1], Pattern.MULTILINE), words[0].equals("lacks"));
        }

        @Override
        public Truth holds(WriterCircumstances program) {
            WriterCircumstances.Configuration configuration = program.configuration(files);
            boolean found = configuration.texts().stream()
                    .anyMatch(text -> pattern.matcher(text.text()).find() != lacks);
            return !found && !lacks && configuration.unknown().isPresent() ? Truth.UNKNOWN : Truth.of(found);
        }
    }

    /** The engine starts the published image's own start script. */
    record Script(String name) implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            return program.container().startsScript(name);
        }
    }

    /** The application's own sources match a pattern. */
    record Sources(Pattern pattern) implements OfProgram {

        private static Sources parse(String text) {
            if (!text.startsWith("say ")) {
                throw new IllegalArgumentException("not a condition on sources: " + text);
            }
            return new Sources(Pattern.compile(text.substring("say ".length()), Pattern.MULTILINE));
        }

        @Override
        public Truth holds(WriterCircumstances program) {
            return Truth.of(program.container().sourceCode().says(pattern));
        }
    }

    /** A manifest beside the application's code names a library, or the application is packaged with it. */
    record Library(LibraryPattern pattern) implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            return Truth.of(program.container().codeBase().libraries().has(pattern)
                    || program.container().application().libraries().packages(pattern));
        }
    }

    record Root() implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            return program.isRoot();
        }
    }

    /** The container is the task's log router. */
    record LogRouter() implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            return Truth.of(
                    !program.container().definition().logging().firelensType().isAbsent());
        }
    }

    /** The task adds to the configuration of its log router. */
    record LogConfiguration() implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            boolean adds = program.container().definition().logging().addsToRouter();
            // What is in the file is not known: FireLens has it from S3 or from another image.
            return adds ? Truth.UNKNOWN : Truth.FALSE;
        }
    }

    /** A container of the task has its log router write with a plugin. */
    record LogOutput(List<Wildcard> plugins) implements OfProgram {

        @Override
        public Truth holds(WriterCircumstances program) {
            Truth holds = Truth.FALSE;
            for (Value<String> output :
                    program.container().definition().logging().outputs()) {
                Optional<String> plugin = output.known();
                holds = holds.or(plugin.isEmpty() ? Truth.UNKNOWN : Truth.of(Wildcard.any(plugins, plugin.get())));
            }
            return holds;
        }
    }
}
