package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has been found of a start command so far, and how much more of it is gone through. */
final class FoundCommands {

    private static final String TOO_MANY = "it runs too many commands to follow";
    private static final int MAX_COMMANDS = 500;

    /** How many pieces of shell texts are gone through. */
    private static final int MAX_STEPS = 20_000;

    private static final int MAX_REDIRECTIONS = 500;

    private final List<Command> commands = new ArrayList<>();
    private final List<Redirection> redirections = new ArrayList<>();
    private final Map<String, SourceFile> scripts = new LinkedHashMap<>();
    private final List<String> gaps = new ArrayList<>();
    private final List<String> shellTexts = new ArrayList<>();
    private int left = MAX_COMMANDS;
    private int steps = MAX_STEPS;

    /** Whether one more command is followed. */
    boolean command(Way way) {
        boolean follows = --left >= 0 && way.isFollowed();
        if (!follows) {
            gap(TOO_MANY);
        }
        return follows;
    }

    /** Whether one more piece of a shell's text is gone through. */
    boolean step() {
        boolean goesOn = --steps >= 0 && left >= 0;
        if (!goesOn) {
            gap(TOO_MANY);
        }
        return goesOn;
    }

    void add(Command command) {
        commands.add(command);
    }

    void add(Redirection redirection) {
        if (redirections.size() < MAX_REDIRECTIONS) {
            redirections.add(redirection);
        } else {
            gap("it writes more files than are followed");
        }
    }

    void script(SourceFile file) {
        scripts.put(file.name(), file);
    }

    void shellText(String text) {
        shellTexts.add(text);
    }

    /** Why there may be commands that are not found. */
    void gap(String reason) {
        if (!gaps.contains(reason)) {
            gaps.add(reason);
        }
    }

    /** @param words what the engine starts */
    StartCommand of(List<Argument> words) {
        return new StartCommand(
                Optional.of(words), commands, redirections, gaps, shellTexts, List.copyOf(scripts.values()));
    }
}
