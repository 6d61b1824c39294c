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
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what stands where in a Dockerfile: names, assigned values, and commands. */
final class DockerfileWords {

    /** The first words of a line, and the rest of it; what is no instruction may look like one without telling anything. */
    private static final Pattern LINE =
            Pattern.compile("(?m)^[ \\t]*+(?:ONBUILD[ \\t]++)?([A-Za-z]++)(?![\\w./:=@-])([^\\n]*+)");

    /** Comments for this plugin, words of FROM, and the word that ends a here-document. */
    private static final Pattern OWN = Pattern.compile("readonly-rootfs:ignore(?!\\S)|[ \\t](?:AS|as)[ \\t]|--platform="
            + "|<<-?[\"']?[A-Za-z_]\\w*+[\"']?(?!\\S)");

    /** Flags whose values are names, paths and users. */
    private static final Set<String> NAMING = Set.of("from", "chown", "chmod", "exclude");

    /** What their lines have is a command even if it cannot be parsed. */
    private static final Set<String> COMMANDS = Set.of("CMD", "ENTRYPOINT", "RUN");

    /** What looks like a comment, though it is none, and what a template engine fills in. */
    private static final Pattern HIDING = Pattern.compile("\\s#|\\{\\{");

    private final SourceFile source;
    private final PublicText text;

    private DockerfileWords(SourceFile source) {
        this.source = source;
        this.text = new PublicText(source);
    }

    static PublicText of(SourceFile source) {
        DockerfileWords words = new DockerfileWords(source);
        Dockerfile dockerfile = DockerfileParser.parse(source);
        dockerfile.globalArgs().forEach(words::read);
        for (Dockerfile.Stage stage : dockerfile.stages()) {
            words.read(stage.from());
            stage.instructions().forEach(words::read);
        }
        Matcher line = LINE.matcher(source.text());
        while (line.find()) {
            if (Keyword.isNear(line.group(1))) {
                words.text.show(line.start(), line.end(1));
            }
            if (COMMANDS.contains(line.group(1))) {
                words.text.command(line.start(2), line.end(2));
            }
        }
        OWN.matcher(source.text()).results().forEach(own -> words.text.show(own.start(), own.end()));
        return words.text;
    }

    private void read(Instruction instruction) {
        if (instruction instanceof Instruction.From from) {
            from.platform().ifPresent(this::name);
            name(from.image());
            from.alias().ifPresent(this::name);
        } else if (instruction instanceof Instruction.Arg arg) {
            arg.assignments().forEach(this::assignment);
        } else if (instruction instanceof Instruction.Env env) {
            env.assignments().forEach(this::assignment);
        } else if (instruction instanceof Instruction.Label label) {
            label.assignments().forEach(this::assignment);
        } else if (instruction instanceof Instruction.User user) {
            name(user.user());
        } else if (instruction instanceof Instruction.Workdir workdir) {
            name(workdir.path());
        } else if (instruction instanceof Instruction.Volume volume) {
            volume.paths().forEach(this::name);
        } else if (instruction instanceof Instruction.Copy copy) {
            flags(copy.flags());
            copy.sources().forEach(this::name);
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

    private void assignment(Assignment assignment) {
        name(assignment.key());
        assignment.value().ifPresent(value -> text.hide(value.location()));
    }

    private void flags(List<Instruction.Flag> flags) {
        for (Instruction.Flag flag : flags) {
            text.command(source.start(flag.location()), source.end(flag.location()));
            if (flag.name().equals("mount")) {
                text.showOptions(flag.value().location());
            } else if (NAMING.contains(flag.name())) {
                text.showName(flag.value().location());
            }
        }
    }

    /** What follows the keyword. */
    private void command(Location all) {
        int start = source.start(all);
        while (start < source.end(all) && Character.isLetter(source.text().charAt(start))) {
            start++;
        }
        text.command(start, source.end(all));
    }

    /** Several lines may have comments between them. */
    private void name(JoinedText name) {
        Location place = name.location();
        String before = source.line(place.line()).substring(0, place.column() - 1);
        if (place.line() == place.endLine()
                && !HIDING.matcher(before + name.text()).find()) {
            text.showName(place);
        }
    }
}
