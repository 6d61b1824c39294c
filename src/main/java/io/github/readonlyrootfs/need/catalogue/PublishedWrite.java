// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.catalogue.PublishedWriter.Certainty;
import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One path that an entry of the catalogue tells of.
 *
 * @param paths alternatives with variables in them; none for what only a configuration file names
 * @param why a clause that begins with who writes
 * @param advice what to do where making the path writable is no way out
 * @param movers what may have it elsewhere, the strongest first
 */
public record PublishedWrite(
        List<String> paths,
        Impact impact,
        boolean createsParents,
        boolean executable,
        String why,
        Optional<String> advice,
        Certainty certainty,
        WriterCondition condition,
        List<Mover> movers) {

    /** What may say that a path is another one. */
    sealed interface Mover {

        /** An option's value. */
        record Option(List<String> names) implements Mover {}

        /** The first group of a pattern in an argument. */
        record InArgument(Pattern pattern) implements Mover {}

        /**
         * The first group of a pattern in a file.
         *
         * @param files see {@link WriterCircumstances#configuration}
         * @param options that name another file in the place of the first one
         * @param nowhere what stands for no file at all
         */
        record InFile(List<String> files, List<String> options, Pattern pattern, Optional<Pattern> nowhere)
                implements Mover {}

        private static Mover of(Json json, String each) {
            if (json.has("files")) {
                return new InFile(
                        json.strings("files"),
                        json.strings("options"),
                        Pattern.compile(json.get("pattern").string().replace("{each}", each), Pattern.MULTILINE),
                        json.get("nowhere").text().map(Pattern::compile));
            }
            return json.has("argument")
                    ? new InArgument(Pattern.compile(json.get("argument").string()))
                    : new Option(json.strings("options"));
        }
    }

    /** The writes of one row; several where it has {@code each}, a list of what stands for <code>{each}</code> in its patterns. */
    static List<PublishedWrite> all(Json json) {
        List<String> each = json.strings("each");
        return each.isEmpty()
                ? List.of(of(json, ""))
                : each.stream().map(word -> of(json, word)).toList();
    }

    private static PublishedWrite of(Json json, String each) {
        return new PublishedWrite(
                json.strings("paths"),
                json.get("impact").constant(Impact.class),
                json.get("parents").isTrue(),
                json.get("executable").isTrue(),
                json.get("why").string(),
                json.get("advice").text(),
                json.get("certainty").constant(Certainty.class),
                WriterCondition.of(json),
                json.get("moved").elements().stream()
                        .map(mover -> Mover.of(mover, each))
                        .toList());
    }

    /** Puts the need among what was found, unless a condition rules it out. */
    public void find(WriterCircumstances application, boolean entryIsCertain, FoundNeeds found) {
        Truth holds = condition.holds(application);
        if (holds.isFalse()) {
            return;
        }
        boolean certain = entryIsCertain && holds.isTrue() && application.certain() && certainty != Certainty.ASSUMED;
        Impact worst = impact == Impact.FATAL && !application.stops() ? Impact.FEATURE : impact;
        Impact effect = certain ? worst : Impact.TOLERATED;
        Optional<List<Value<ContainerPath>>> moved = moved(application, found);
        if (moved.isPresent()) {
            for (Value<ContainerPath> path : moved.get()) {
                add(List.of(path), path.where().orElse(application.location()), effect, found);
            }
        } else if (!paths.isEmpty()) {
            add(paths.stream().map(application::path).toList(), application.location(), effect, found);
        }
    }

    private void add(List<Value<ContainerPath>> alternatives, Location location, Impact effect, FoundNeeds found) {
        Evidence evidence = found.evidence(why, Optional.of(location));
        List<ContainerPath> known =
                alternatives.stream().flatMap(path -> path.known().stream()).toList();
        if (known.size() == alternatives.size()) {
            List<ContainerPath> each = known.stream().distinct().toList();
            found.add(new Need(each, effect, executable, createsParents, List.of(evidence)).advising(advice));
        } else if (!paths.isEmpty()) {
            alternatives.stream()
                    .filter(Value::isUnknown)
                    .limit(1)
                    .forEach(
                            unknown -> found.write(unknown, WriterCircumstances.words(paths.get(0)), effect, evidence));
        }
    }

    /** The paths that something has put in the place of those of the entry; empty where nothing has. */
    private Optional<List<Value<ContainerPath>>> moved(WriterCircumstances application, FoundNeeds found) {
        for (Mover mover : movers) {
            boolean nowhere = false;
            List<Value<ContainerPath>> moved = new ArrayList<>();
            if (mover instanceof Mover.Option option) {
                application.option(option.names()).ifPresent(value -> moved.add(path(value, application)));
            } else if (mover instanceof Mover.InArgument inArgument) {
                for (Argument argument : application.arguments()) {
                    Matcher matcher = inArgument.pattern().matcher(argument.text());
                    if (matcher.find()) {
                        moved.add(path(Argument.of(matcher.group(1), argument.location()), application));
                    }
                }
            } else if (mover instanceof Mover.InFile inFile) {
                nowhere = inFile(inFile, application, moved, found);
            }
            if (!moved.isEmpty() || nowhere) {
                return Optional.of(moved);
            }
        }
        return Optional.empty();
    }

    /** Whether a file says that nothing is written at all. */
    private static boolean inFile(
            Mover.InFile mover, WriterCircumstances application, List<Value<ContainerPath>> moved, FoundNeeds found) {
        boolean nowhere = false;
        WriterCircumstances.Configuration configuration = application.configuration(mover.files(), mover.options());
        for (SourceFile text : configuration.texts()) {
            Matcher matcher = mover.pattern().matcher(text.text());
            while (matcher.find()) {
                String written = matcher.group(1);
                if (mover.nowhere()
                        .filter(pattern -> pattern.matcher(written).matches())
                        .isPresent()) {
                    nowhere = true;
                    continue;
                }
                Location location = text.location(matcher.start(1), matcher.end(1));
                moved.add(path(Argument.of(matcher.group(1), location), application));
                found.source(text);
            }
        }
        if (moved.isEmpty() && !nowhere) {
            configuration.unknown().ifPresent(moved::add);
        }
        return nowhere;
    }

    private static Value<ContainerPath> path(Argument written, WriterCircumstances application) {
        return application.path(written);
    }
}
