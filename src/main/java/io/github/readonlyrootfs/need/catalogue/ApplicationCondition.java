// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.CodeDatabase;
import io.github.readonlyrootfs.need.Wildcards;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.Value;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a write depends on besides libraries, as the catalogue writes it:
 *
 * <ul>
 *   <li>{@code spring.main.web-application-type = none | reactive}: a configuration key with one of these values; without
 *       {@code =}, with any value
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
        String[] sides = text.split(" = ", 2);
        List<Pattern> values = sides.length == 1
                ? List.of(Wildcards.pattern("*"))
                : Arrays.stream(sides[1].split(" \\| ", -1))
                        .map(Wildcards::pattern)
                        .toList();
        return sides[0].equals("packaging") ? new Packaging(values) : new IsSet(Variable.parse(sides[0]), values);
    }

    /** Something is set to one of some values. */
    record IsSet(Variable variable, List<Pattern> values) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            Answer any = Answer.NO;
            for (Value<String> value : variable.in(application)) {
                any = any.or(() -> matches(value));
            }
            return any;
        }

        private Answer matches(Value<String> value) {
            if (value instanceof Value.Unknown<String> unknown) {
                return Answer.unknown("the value of " + variable.written() + " is not known: " + unknown.reason());
            }
            return Answer.of(value.known()
                    .filter(known -> values.stream()
                            .anyMatch(pattern -> pattern.matcher(known.strip()).matches()))
                    .isPresent());
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
    record Packaging(List<Pattern> values) implements ApplicationCondition {

        @Override
        public Answer holds(Application application) {
            return Answer.of(values.stream()
                    .anyMatch(value -> value.matcher(application.packaging()).matches()));
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
