// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.Instruction.Assignment;
import io.github.readonlyrootfs.dockerfile.Keyword;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what stands where in a Dockerfile: names, assigned values, and commands. */
final class DockerfileWords {

    /** The first words of a line; what is no instruction may look like one without telling anything. */
    private static final Pattern KEYWORDS =
            Pattern.compile("(?m)^[ \\t]*+(?:ONBUILD[ \\t]++)?([A-Za-z]++)(?![\\w./:=@-])");

    /** Comments for this plugin, words of FROM, and the word that ends a here-document. */
    private static final Pattern OWN = Pattern.compile("readonly-rootfs:ignore(?!\\S)|[ \\t](?:AS|as)[ \\t]|--platform="
            + "|<<-?[\"']?[A-Za-z_]\\w*+[\"']?(?!\\S)");

    /** Flags whose values are names, paths and users. */
    private static final Set<String> NAMING = Set.of("from", "chown", "chmod", "exclude");

    /** What their lines have is a command even if it cannot be parsed. */
    private static final Set<String> COMMANDS = Set.of("CMD", "ENTRYPOINT", "RUN");

    /** What looks like a comment, though it is none, and what a template engine fills in. */
    private static final Pattern HIDING = Pattern.compile("\\s#|\\{\\{");

    private final PublicText text;
    private final Set<Integer> starts = new HashSet<>();

    private DockerfileWords(SourceFile source) {
        this.text = new PublicText(source);
    }

    static PublicText of(SourceFile source) {
        DockerfileWords words = new DockerfileWords(source);
        Dockerfile dockerfile = DockerfileParser.parse(source);
        for (Instruction.Arg arg : dockerfile.globalArgs()) {
            words.read(arg);
        }
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            words.read(stage.from());
            for (Instruction instruction : stage.instructions()) {
                words.read(instruction);
            }
        }
        Matcher keyword = KEYWORDS.matcher(source.text());
        while (keyword.find()) {
            if (Keyword.isNear(keyword.group(1))) {
                words.text.show(keyword.start(), keyword.end());
            }
            if (COMMANDS.contains(keyword.group(1)) && !words.starts.contains(keyword.start(1))) {
                int line = source.text().indexOf('\n', keyword.end());
                words.command(source.location(
                        keyword.start(1), line < 0 ? source.text().length() : line));
            }
        }
        Matcher own = OWN.matcher(source.text());
        while (own.find()) {
            words.text.show(own.start(), own.end());
        }
        return words.text;
    }

    private void read(Instruction instruction) {
        if (instruction instanceof Instruction.From from) {
            name(from.platform());
            name(from.image());
            name(from.alias());
        } else if (instruction instanceof Instruction.Arg arg) {
            assignments(arg.assignments());
        } else if (instruction instanceof Instruction.Env env) {
            assignments(env.assignments());
        } else if (instruction instanceof Instruction.Label label) {
            assignments(label.assignments());
        } else if (instruction instanceof Instruction.User user) {
            name(user.user());
        } else if (instruction instanceof Instruction.Workdir workdir) {
            name(workdir.path());
        } else if (instruction instanceof Instruction.Volume volume) {
            names(volume.paths());
        } else if (instruction instanceof Instruction.Copy copy) {
            flags(copy.flags());
            names(copy.sources());
            name(copy.destination());
        } else if (instruction instanceof Instruction.Onbuild onbuild) {
            read(onbuild.trigger());
        } else if (instruction instanceof Instruction.Run run) {
            flags(run.flags());
            command(run.location());
        } else if (!(instruction instanceof Instruction.Unknown)
                && !(instruction instanceof Instruction.Other other
                        && other.keyword().equalsIgnoreCase("MAINTAINER"))) {
            command(instruction.location());
        }
    }

    private void assignments(List<Assignment> assignments) {
        for (Assignment assignment : assignments) {
            name(assignment.key());
            if (assignment.value().isPresent()) {
                text.hide(assignment.value().get().location());
            }
        }
    }

    private void flags(List<Instruction.Flag> flags) {
        for (Instruction.Flag flag : flags) {
            text.command(flag.location());
            if (flag.name().equals("mount")) {
                text.showOptions(flag.value().location());
            } else if (NAMING.contains(flag.name())) {
                text.showName(flag.value().location());
            }
        }
    }

    /** What follows the keyword. */
    private void command(Location all) {
        int start = text.source().start(all);
        starts.add(start);
        while (start < text.source().end(all)
                && Character.isLetter(text.source().text().charAt(start))) {
            start++;
        }
        text.command(text.source().location(start, text.source().end(all)));
    }

    private void names(List<JoinedText> names) {
        for (JoinedText name : names) {
            name(name);
        }
    }

    private void name(Optional<JoinedText> name) {
        if (name.isPresent()) {
            name(name.get());
        }
    }

    /** Several lines may have comments between them. */
    private void name(JoinedText name) {
        Location place = name.location();
        String before = text.source().line(place.line()).substring(0, place.column() - 1);
        if (place.line() == place.endLine()
                && !HIDING.matcher(before + name.text()).find()) {
            text.showName(place);
        }
    }
}
