// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.Instruction.Assignment;
import io.github.readonlyrootfs.dockerfile.Instruction.Command;
import io.github.readonlyrootfs.dockerfile.Instruction.Heredoc;
import io.github.readonlyrootfs.dockerfile.Keyword;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.CommandWords;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is public in a Dockerfile: keywords, flags, images, paths, users, the names of variables and labels, and of
 * the programs that are run. Their values and the other words of commands are not.
 */
final class DockerfileWords {

    /** The first words of a line; what is no instruction may look like one without telling anything. */
    private static final Pattern KEYWORDS =
            Pattern.compile("(?m)^[ \\t]*+(?:ONBUILD[ \\t]++)?([A-Za-z]++)(?![\\w./:=@-])");

    /** Comments for this plugin, and the word that ends a here-document. */
    private static final Pattern OWN =
            Pattern.compile("readonly-rootfs:ignore[ \\t]++[a-z-]++(?!\\S)|<<-?[\"']?[A-Za-z_]\\w*+[\"']?(?!\\S)");

    private final PublicText text;

    private DockerfileWords(SourceFile source) {
        this.text = new PublicText(source);
    }

    static PublicText of(SourceFile source) {
        DockerfileWords words = new DockerfileWords(source);
        Matcher keyword = KEYWORDS.matcher(source.text());
        while (keyword.find()) {
            if (Keyword.isNear(keyword.group(1))) {
                words.text.show(keyword.start(), keyword.end());
            }
        }
        Dockerfile dockerfile = DockerfileParser.parse(source);
        dockerfile.globalArgs().forEach(words::read);
        dockerfile.stages().forEach(stage -> {
            words.read(stage.from());
            stage.instructions().forEach(words::read);
        });
        Matcher own = OWN.matcher(source.text());
        while (own.find()) {
            words.text.show(own.start(), own.end());
        }
        return words.text;
    }

    private void read(Instruction instruction) {
        if (instruction instanceof Instruction.From from) {
            from.platform().ifPresent(platform -> {
                name(platform);
                showBetween(text.source().start(from.location()), text.source().start(platform.location()));
            });
            name(from.image());
            from.alias().ifPresent(alias -> {
                name(alias);
                showBetween(
                        text.source().end(from.image().location()),
                        text.source().start(alias.location()));
            });
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
            copy.flags().forEach(this::flag);
            copy.sources().forEach(this::name);
            name(copy.destination());
        } else if (instruction instanceof Instruction.Run run) {
            run.flags().forEach(this::flag);
            command(run.command(), run.heredocs());
        } else if (instruction instanceof Instruction.Cmd cmd) {
            // The words of an array may be arguments of an ENTRYPOINT, be it the base image's.
            if (cmd.command() instanceof Command.Exec exec) {
                words(exec.words());
            } else {
                command(cmd.command(), List.of());
            }
        } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
            command(entrypoint.command(), List.of());
        } else if (instruction instanceof Instruction.Shell shell) {
            program(shell.words());
            words(shell.words());
        } else if (instruction instanceof Instruction.Healthcheck check) {
            check.command().ifPresent(command -> command(command, List.of()));
        } else if (instruction instanceof Instruction.Onbuild onbuild) {
            read(onbuild.trigger());
        } else if (instruction instanceof Instruction.Other other
                && !other.keyword().equalsIgnoreCase("MAINTAINER")) {
            name(other.arguments());
        }
    }

    private void assignment(Assignment assignment) {
        name(assignment.key());
        assignment.value().ifPresent(value -> text.hide(value.location()));
    }

    private void flag(Instruction.Flag flag) {
        String all = text.source().text(flag.location());
        int value = all.indexOf('=') + 1;
        int start = text.source().start(flag.location());
        text.show(start, start + (value == 0 ? all.length() : value));
        text.showOption(flag.value().location());
    }

    private void command(Command command, List<Heredoc> heredocs) {
        if (command instanceof Command.Exec exec) {
            program(exec.words());
            words(exec.words());
        } else if (command instanceof Command.ShellForm form) {
            List<String> bodies =
                    heredocs.stream().map(heredoc -> heredoc.body().text()).toList();
            show(form.text(), ScriptWords.in(form.text().text(), bodies));
        }
    }

    private void words(List<JoinedText> words) {
        for (JoinedText word : words) {
            if (CommandWords.isHarmless(word.text())) {
                text.show(word.location());
            } else {
                show(word, CommandWords.options(word.text(), 0, word.length()));
            }
        }
    }

    private void show(JoinedText words, List<Span> pieces) {
        pieces.forEach(piece -> text.show(words.location(piece.start(), piece.end())));
    }

    private void program(List<JoinedText> words) {
        words.stream().limit(1).filter(word -> ScriptWords.isName(word.text())).forEach(this::name);
    }

    /** Several lines may have comments between. */
    private void name(JoinedText name) {
        Location place = name.location();
        if (place.line() == place.endLine()) {
            text.showName(place);
        }
    }

    /** Shows the punctuation between two places, if it is on one line. */
    private void showBetween(int from, int to) {
        if (from < to && text.source().text().indexOf('\n', from) >= to) {
            text.show(from, to);
        }
    }
}
