// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.CodeDatabase;
import io.github.readonlyrootfs.need.Wildcards;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a write depends on besides libraries, as the catalogue writes it:
 *
 * <ul>
 *   <li>{@code spring.main.web-application-type = none | reactive}: a configuration key with one of these values; without
 *       {@code =}, with any value; {@code true} and {@code false} are what the framework takes for them
 *   <li>{@code spring.liquibase.enabled switched off}: a key of Spring Boot's {@code @ConditionalOnProperty} is false
 *   <li>{@code -Djna.nounpack = true}: a system property
 *   <li>{@code $ROCKSDB_SHAREDLIB_DIR}: an environment variable
 *   <li>{@code jdbc:sqlite:*}: the URL of a database, in the configuration or in the application's own classes
 *   <li>{@code packaging = war}: of the project
 *   <li>{@code starts itself}: the application, not a servlet container that loads it
 *   <li>{@code starts CLASS}: that word is on the command line
 *   <li>{@code pages *.jsp}: the web application's sources have such files
 *   <li>{@code uses org.rocksdb}: the application's own classes use such a class
 * </ul>
 *
 * An asterisk in a value stands for anything.
 */
sealed interface ApplicationCondition {

    String SWITCHED_OFF = " switched off";

    Answer holds(Application application);

    /** Whether what holds does so from the start on, and not only once some code runs. */
    default boolean isAtStart(Application application) {
        return true;
    }

    static List<ApplicationCondition> all(List<String> texts) {
        return texts.stream().map(ApplicationCondition::parse).toList();
    }

    static ApplicationCondition parse(String text) {
        if (text.startsWith("jdbc:")) {
            return new DatabaseUrl(Wildcards.pattern(text));
        }
        if (text.equals("starts itself")) {
            return new StartsItself();
        }
        if (text.startsWith("starts ")) {
            return new Starts(text.substring("starts ".length()));
        }
        if (text.startsWith("pages *")) {
            return new Pages(text.substring("pages *".length()));
        }
        if (text.startsWith("uses ")) {
            return new Uses(text.substring("uses ".length()));
        }
        if (text.endsWith(SWITCHED_OFF)) {
            String key = text.substring(0, text.length() - SWITCHED_OFF.length());
            return new IsSet(Variable.parse(key), new SwitchedOff());
        }
        String[] sides = text.split(" = ", 2);
        String right = sides.length == 1 ? "*" : sides[1];
        if (sides[0].equals("packaging")) {
            return new Packaging(OneOf.parse(right));
        }
        return new IsSet(
                Variable.parse(sides[0]),
                right.matches("true|false") ? new Flag(right.equals("true")) : OneOf.parse(right));
    }

    /** Something is set to a value like this. */
    record IsSet(Variable variable, Wanted wanted) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            Answer any = Answer.NO;
            for (Value<String> value : variable.in(application)) {
                any = any.or(() -> holds(value, variable.words(application)));
            }
            return any;
        }

        private Answer holds(Value<String> value, BooleanWords words) {
            return value instanceof Value.Unknown<String> unknown
                    ? Answer.unknown("the value of " + variable.written() + " is not known: " + unknown.reason())
                    : value.known()
                            .map(text -> wanted.is(text.strip(), words, variable.written()))
                            .orElse(Answer.NO);
        }
    }

    /** A value that is asked for. */
    sealed interface Wanted {

        /**
         * Whether a text is it.
         *
         * @param words what counts as true and false
         * @param of what has the text, for people
         */
        Answer is(String text, BooleanWords words, String of);
    }

    /** One of some values. */
    record OneOf(List<Pattern> values) implements Wanted {

        static OneOf parse(String values) {
            return new OneOf(Arrays.stream(values.split(" \\| ", -1))
                    .map(Wildcards::pattern)
                    .toList());
        }

        @Override
        public Answer is(String text, BooleanWords words, String of) {
            return Answer.of(
                    values.stream().anyMatch(pattern -> pattern.matcher(text).matches()));
        }
    }

    /** What means true, or false. */
    record Flag(boolean wanted) implements Wanted {

        @Override
        public Answer is(String text, BooleanWords words, String of) {
            if (text.isEmpty()) {
                return Answer.NO;
            }
            return words.read(text)
                    .map(value -> Answer.of(value == wanted))
                    .orElseGet(() -> Answer.unknown("the value of " + of + " is no boolean"));
        }
    }

    /**
     * What {@code @ConditionalOnProperty} takes for false, which is that word; from 3.5 on, Spring Boot reads most such keys
     * as it does other booleans.
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

    /** One of the application's databases has such a URL, whether the configuration or the code says so. */
    record DatabaseUrl(Pattern url) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            return Answer.of(isSet(application) || inCode(application).findAny().isPresent());
        }

        @Override
        public boolean isAtStart(Application application) {
            return isSet(application) || inCode(application).anyMatch(CodeDatabase::start);
        }

        private boolean isSet(Application application) {
            return application.settings().databaseUrls().stream()
                    .flatMap(value -> value.known().stream())
                    .anyMatch(known -> url.matcher(known).matches());
        }

        private Stream<CodeDatabase> inCode(Application application) {
            return CodeDatabase.of(application.container()).stream()
                    .filter(database -> url.matcher(database.url().text()).matches());
        }
    }

    /** The project is packaged so. */
    record Packaging(OneOf values) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            return values.is(application.packaging(), BooleanWords.JAVA, "packaging");
        }
    }

    /** No servlet container loads the application. */
    record StartsItself() implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            return application.startsItself();
        }
    }

    /** A word, such as the name of a main class, is on the command line. */
    record Starts(String word) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            return application.starts(word);
        }
    }

    /** The web application has pages with such an ending. */
    record Pages(String ending) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            return Answer.of(application
                    .container()
                    .project()
                    .filter(project -> project.hasPage(ending))
                    .isPresent());
        }
    }

    /** The application's own classes use such a class. */
    record Uses(String name) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            return application.code().uses(name);
        }
    }
}
