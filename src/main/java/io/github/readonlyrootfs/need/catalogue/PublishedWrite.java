// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Applies a known write of a program to a container that runs it. */
record PublishedWrite(WriteFact fact) {

    /** Adds the need unless a condition excludes it. */
    void find(WriterCircumstances application, boolean entryIsCertain, FoundNeeds found) {
        Answer holds = fact.conditions().hold(application);
        if (holds.isNo()) {
            return;
        }
        boolean certain = entryIsCertain && holds.isYes() && application.certain() && !fact.isAssumed();
        Impact worst = fact.impact() == Impact.FATAL && !application.stops() ? Impact.FEATURE : fact.impact();
        Impact effect = certain ? worst : Impact.TOLERATED;
        boolean perhaps = !certain && !fact.isAssumed() && fact.impact() == Impact.FATAL;
        Optional<List<Value<ContainerPath>>> moved = moved(application, found);
        if (moved.isPresent()) {
            for (Value<ContainerPath> path : moved.get()) {
                add(List.of(path), path.where().orElse(application.location()), effect, perhaps, "", found);
            }
        } else if (!fact.paths().isEmpty()) {
            add(
                    fact.paths().stream().map(application::path).toList(),
                    application.location(),
                    effect,
                    perhaps,
                    application.unless(fact.paths().get(0)),
                    found);
        }
    }

    private void add(
            List<Value<ContainerPath>> alternatives,
            Location location,
            Impact effect,
            boolean perhaps,
            String unless,
            FoundNeeds found) {
        Evidence evidence = found.evidence(fact.explanation().why() + unless, Optional.of(location))
                .keeping(fact.explanation().keeps())
                .perhaps(perhaps);
        List<ContainerPath> known =
                alternatives.stream().flatMap(path -> path.known().stream()).toList();
        if (known.size() == alternatives.size()) {
            List<ContainerPath> each = known.stream().distinct().toList();
            found.add(new Need(each, effect, fact.executable(), fact.createsParents(), List.of(evidence))
                    .advising(fact.explanation().advice()));
        } else {
            alternatives.stream()
                    .flatMap(path -> path instanceof Value.Unknown<ContainerPath> it ? Stream.of(it) : Stream.empty())
                    .limit(1)
                    .forEach(unknown -> unknown(unknown, effect, evidence, found));
        }
    }

    /** An unknown configuration may name other paths than the image's own; this is reported once for each program. */
    private void unknown(Value.Unknown<ContainerPath> path, Impact effect, Evidence evidence, FoundNeeds found) {
        if (!fact.paths().isEmpty()) {
            found.write(path, WriterCircumstances.words(fact.paths().get(0)), effect, evidence);
        } else if (effect != Impact.TOLERATED
                && found.gaps().stream()
                        .noneMatch(told -> told.evidence().location().equals(evidence.location()))) {
            found.gap(new Gap(Gap.Kind.WRITES, "the program", path.reason(), effect, evidence));
        }
    }

    /** The paths that replace those of the entry; empty if nothing replaces them. */
    private Optional<List<Value<ContainerPath>>> moved(WriterCircumstances application, FoundNeeds found) {
        for (Mover mover : fact.moved()) {
            boolean nowhere = false;
            List<Value<ContainerPath>> moved = new ArrayList<>();
            if (mover instanceof Mover.Option option) {
                application
                        .invocation()
                        .option(option.names())
                        .ifPresent(value -> moved.add(application.invocation().path(value)));
            } else if (mover instanceof Mover.InArgument inArgument) {
                for (Field argument : application.invocation().arguments()) {
                    Matcher matcher = inArgument.pattern().matcher(argument.text());
                    if (matcher.find()) {
                        moved.add(application.invocation().path(Field.of(matcher.group(1), argument.where())));
                    }
                }
            } else if (mover instanceof Mover.InFile inFile) {
                nowhere = inFile(inFile, application, moved, found);
            } else if (mover instanceof Mover.Setting) {
                throw new IllegalStateException("only libraries have settings that move writes");
            }
            if (!moved.isEmpty() || nowhere) {
                return Optional.of(moved);
            }
        }
        return Optional.empty();
    }

    /** Adds the paths in files; true if a file says that nothing is written. */
    private static boolean inFile(
            Mover.InFile mover, WriterCircumstances application, List<Value<ContainerPath>> moved, FoundNeeds found) {
        boolean nowhere = false;
        WriterCircumstances.Configuration configuration = application.configuration(mover.files());
        for (SourceFile text : configuration.texts()) {
            Matcher matcher = mover.pattern().matcher(text.text());
            while (matcher.find()) {
                String written = matcher.group(1);
                if (mover.isNowhere(written)) {
                    nowhere = true;
                    continue;
                }
                Location location = text.location(matcher.start(1), matcher.end(1));
                moved.add(Text.of(written).resolve(application.invocation().directory(), location));
                found.source(text);
            }
        }
        if (moved.isEmpty() && !nowhere) {
            configuration.unknown().ifPresent(moved::add);
        }
        return nowhere;
    }
}
