// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.configuration.ProfileExpression;
import io.github.readonlyrootfs.configuration.Profiles;
import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.file.Resources;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.xml.XmlElement;
import io.github.readonlyrootfs.xml.XmlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code logback.xml} and {@code logback-spring.xml}: first the definitions in the order of the file, then the appenders, as
 * Logback does since 1.3.
 */
final class LogbackReader {

    /** The text between two conditions that must both hold. */
    static final String AND = " and ";

    private static final int MAX_INCLUDES = 100;
    private static final int MAX_INCLUDE_DEPTH = 10;

    private final Resources resources;
    private final LoggingEnvironment environment;
    private final LogbackProperties properties;
    private final LogbackAppenders appenders;
    private final List<Problem> problems = new ArrayList<>();
    private int includes;

    /**
     * The position of an element in the configuration.
     *
     * @param condition under which it applies, as the text after "if"
     * @param assumed whether the condition does not hold in the current configuration
     * @param undecided whether it is one that the configuration asks for, and nothing here tells the answer
     * @param include the location of the outermost element that includes it
     * @param depth the number of nested includes
     */
    record Scope(
            Optional<String> condition, boolean assumed, boolean undecided, Optional<Location> include, int depth) {

        /** What a file is in that no other includes. */
        static final Scope OUTERMOST = new Scope(Optional.empty(), false, false, Optional.empty(), 0);

        /** This scope under a further condition that may hold. */
        Scope under(String further) {
            return new Scope(both(further), assumed, false, include, depth);
        }

        /** This scope below an {@code <if>} whose condition cannot be evaluated. */
        Scope asking(String further) {
            return new Scope(both(further), assumed, condition.isEmpty() || undecided, include, depth);
        }

        /** This scope under a further condition that does not hold. */
        Scope assuming(String further) {
            return new Scope(both(further), true, false, include, depth);
        }

        /** This scope for something that is used in another one. */
        Scope usedIn(Scope other) {
            return condition.isEmpty()
                    ? new Scope(other.condition, false, other.undecided, include, depth)
                    : new Scope(
                            condition,
                            assumed,
                            undecided && (other.condition.isEmpty() || other.undecided),
                            include,
                            depth);
        }

        private Optional<String> both(String further) {
            return Optional.of(condition.map(outer -> outer + AND + further).orElse(further));
        }

        Scope within(Location place) {
            return new Scope(condition, assumed, undecided, include.or(() -> Optional.of(place)), depth + 1);
        }

        Location place(Location own) {
            return include.orElse(own);
        }
    }

    private LogbackReader(Resources resources, LoggingEnvironment environment) {
        this.resources = resources;
        this.environment = environment;
        this.properties = new LogbackProperties(environment);
        this.appenders = new LogbackAppenders(properties, environment);
    }

    static LoggingOutput read(SourceFile source, Resources resources, LoggingEnvironment environment) {
        LogbackReader reader = new LogbackReader(resources, environment);
        reader.file(source, Scope.OUTERMOST);
        return new LoggingOutput(reader.appenders.files(), reader.problems);
    }

    private void file(SourceFile source, Scope scope) {
        try {
            elements(XmlReader.read(source), scope);
        } catch (UnreadableSourceException e) {
            problems.add(e.problem());
        }
    }

    private void elements(XmlElement parent, Scope scope) {
        Truth before = Truth.UNKNOWN;
        for (XmlElement element : parent.children()) {
            if (element.is("condition")) {
                before = LogbackCondition.holds(element, properties::value);
            } else if (element.is("if")) {
                condition(element, before, scope);
                before = Truth.UNKNOWN;
            } else {
                element(element, scope);
            }
        }
    }

    /** Reads an {@code <if>}; a condition that cannot be evaluated may hold. */
    private void condition(XmlElement element, Truth before, Scope scope) {
        Optional<String> script = element.attributeText("condition");
        Truth evaluates = script.isPresent() ? environment.logbackScripts() : Truth.TRUE;
        if (evaluates.isFalse()) {
            return;
        }
        Truth holds = script.map(text -> LogbackCondition.holds(text, properties::value))
                .orElse(before);
        String condition =
                "the condition in line " + scope.place(element.location()).line();
        // A Logback that cannot evaluate conditions takes neither branch.
        boolean decided = evaluates.isTrue() && !holds.isUnknown();
        if (!holds.isFalse()) {
            Scope inner = decided ? scope : scope.asking(condition + " holds");
            element.children("then").forEach(then -> elements(then, inner));
        }
        if (!holds.isTrue()) {
            Scope inner = decided ? scope : scope.asking(condition + " does not hold");
            element.children("else").forEach(otherwise -> elements(otherwise, inner));
        }
    }

    private void element(XmlElement element, Scope scope) {
        switch (element.name().toLowerCase(Locale.ROOT)) {
            case "property", "variable", "substitutionproperty" -> property(element, scope);
            case "springproperty" -> springProperty(element, scope);
            case "define" ->
                element.attributeText("name")
                        .ifPresent(name -> define(
                                name, Text.unknown("a class that is called at run time defines " + name), scope));
            case "insertfromjndi" ->
                element.attributeText("as")
                        .ifPresent(name -> define(name, Text.unknown("JNDI defines " + name), scope));
            case "timestamp" -> element.attributeText("key").ifPresent(name -> define(name, Text.VARYING, scope));
            case "include" -> include(element, scope);
            case "appender" -> appenders.add(element, scope);
            case "root", "logger" -> appenders.addReferences(element, scope);
            case "springprofile" -> springProfile(element, scope);
            // No other element defines names or writes files.
            default -> appenders.addIgnored(element, scope);
        }
    }

    private void define(String name, Text value, Scope scope) {
        if (scope.assumed()) {
            properties.assume(scope.condition().orElseThrow(), name, value);
        } else {
            properties.define(
                    name,
                    scope.condition()
                            .map(condition -> Text.unknown("only if " + condition))
                            .orElse(value));
        }
    }

    private void property(XmlElement element, Scope scope) {
        Optional<String> name = element.attributeText("name");
        Optional<String> value = element.attributeText("value");
        if (name.isPresent() && value.isPresent()) {
            define(name.get(), properties.resolve(value.get(), scope), scope);
        } else if (element.attribute("resource").isPresent()) {
            define(resource(element, element.attribute("resource").get(), scope), element, scope);
        } else if (element.attribute("file").isPresent()) {
            define(containerFile(element.attribute("file").get(), scope), element, scope);
        }
    }

    /** @param file empty if it cannot be read */
    private void define(Optional<SourceFile> file, XmlElement element, Scope scope) {
        if (file.isEmpty()) {
            properties.defineOthers("what " + scope.place(element.location()) + " reads may define it");
            return;
        }
        PropertiesReader.read(file.get())
                .forEach(property -> define(property.key(), properties.resolve(property.value(), scope), scope));
    }

    private Optional<SourceFile> containerFile(Value.Known<String> written, Scope scope) {
        return properties.resolve(written.value(), scope).known().flatMap(environment.files()::read);
    }

    private void springProperty(XmlElement element, Scope scope) {
        Optional<String> name = element.attributeText("name");
        Optional<String> source = element.attributeText("source");
        if (name.isEmpty() || source.isEmpty() || environment.spring().isEmpty()) {
            return;
        }
        ApplicationConfiguration spring = environment.spring().get();
        Optional<Setting> setting = spring.find(source.get());
        if (setting.isPresent()) {
            define(name.get(), spring.resolve(setting.get()), scope);
        } else if (spring.incomplete().isPresent()) {
            define(name.get(), Text.of(Setting.unset(source.get(), spring.incomplete()), source.get()), scope);
        } else {
            element.attribute("defaultValue").ifPresent(standard -> {
                if (scope.condition().isEmpty()) {
                    properties.defineUnresolved(name.get(), standard);
                } else {
                    define(name.get(), properties.resolve(standard.value(), scope), scope);
                }
            });
        }
    }

    private void springProfile(XmlElement element, Scope scope) {
        Optional<ProfileExpression> expression = element.attributeText("name").flatMap(ProfileExpression::parse);
        if (expression.isEmpty() || environment.spring().isEmpty()) {
            appenders.addIgnored(element, scope);
            return;
        }
        Profiles profiles = environment.spring().get().profiles();
        Truth holds = profiles.match(expression.get());
        String condition = "profile " + expression.get() + " is active";
        if (holds.isTrue()) {
            elements(element, scope);
        } else if (profiles.mayComeToHold(expression.get())) {
            elements(element, holds.isUnknown() ? scope.under(condition) : scope.assuming(condition));
        }
    }

    private void include(XmlElement element, Scope scope) {
        includes++;
        if (includes > MAX_INCLUDES || scope.depth() == MAX_INCLUDE_DEPTH) {
            problem(element.location(), scope, "files include each other", "include each file once");
            return;
        }
        Optional<Value.Known<String>> resource = element.attribute("resource");
        Optional<SourceFile> file = resource.isPresent()
                ? SpringBootLogging.included(resource.get().value()).or(() -> resource(element, resource.get(), scope))
                : element.attribute("file").flatMap(name -> containerFile(name, scope));
        file.ifPresent(it -> file(it, scope.within(element.location())));
        if (file.isEmpty() && resource.isEmpty() && !isOptional(element)) {
            problem(
                    element.location(),
                    scope,
                    "the included file is read in the container, and its content is unknown",
                    "include a resource");
        }
    }

    private static boolean isOptional(XmlElement element) {
        return element.attributeText("optional")
                .flatMap(BooleanWords.JAVA::read)
                .orElse(false);
    }

    /** A file of the project that an element names; if it is missing, that is a problem unless it is optional. */
    private Optional<SourceFile> resource(XmlElement element, Value.Known<String> written, Scope scope) {
        Optional<String> name = properties.resolve(written.value(), scope).known();
        if (name.isPresent() && SpringBootLogging.isHarmless(name.get())) {
            return Optional.of(SourceFile.of(name.get(), "<included/>"));
        }
        try {
            Optional<SourceFile> file = name.isEmpty() ? Optional.empty() : resources.read(name.get());
            if (file.isEmpty() && !isOptional(element)) {
                problem(
                        written.location(),
                        scope,
                        "this file is not in the project, so its content is unknown",
                        "keep it in src/main/resources");
            }
            return file;
        } catch (UnreadableSourceException e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private void problem(Location location, Scope scope, String message, String help) {
        problems.add(new Problem(scope.place(location), message, help));
    }
}
