// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.shell.Word;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The assignments before a command, or those of a command without words. */
public final class Assignments {

    private static final int MAX_ELEMENTS = 5_000;

    private final List<ShellNode.Assignment> written;
    private final Expander expander;
    private final Shell shell;
    private final Place place;
    private final Map<String, ShellVariable> before = new LinkedHashMap<>();

    public Assignments(List<ShellNode.Assignment> written, Expander expander, Place place) {
        this.written = written;
        this.expander = expander;
        this.shell = expander.shell();
        this.place = place;
    }

    /** Sets the variables, exported if they precede a command. */
    public void set(boolean exported) {
        for (ShellNode.Assignment assignment : written) {
            String name = assignment.name();
            ShellVariable old = shell.lookup(name);
            before.putIfAbsent(name, old);
            ShellVariable changed = changed(assignment, old);
            shell.put(name, exported || shell.allexport() ? changed.export() : changed);
        }
    }

    /** Restores the variables after the command. */
    public void unset() {
        before.forEach(shell::put);
    }

    private ShellVariable changed(ShellNode.Assignment assignment, ShellVariable old) {
        Word word = assignment.value();
        Location location = place.of(word.start(), word.end());
        if (assignment.elements().isPresent()) {
            return array(assignment, old, location);
        }
        Text value = expander.text(word);
        if (!assignment.subscript().isEmpty()) {
            return element(assignment, old, value, location);
        }
        if (!assignment.appends()) {
            return old.with(value, location);
        }
        if (old.elements().isPresent()) {
            return old.with(Text.UNKNOWN, location);
        }
        return old.with(old.value().orElse(Text.EMPTY).plus(value), location);
    }

    private ShellVariable array(ShellNode.Assignment assignment, ShellVariable old, Location location) {
        List<Text> elements = new ArrayList<>();
        if (assignment.appends()) {
            Optional<List<Text>> known = old.elements().isPresent()
                    ? old.elements()
                    : old.value().map(List::of).or(() -> Optional.of(List.of()));
            boolean unknown = old.elements().isEmpty()
                    && old.value().isPresent()
                    && !old.value().get().isKnown();
            if (unknown) {
                return old.with(Text.UNKNOWN, location);
            }
            known.ifPresent(elements::addAll);
        }
        for (Field field : expander.expand(assignment.elements().orElse(List.of()))) {
            if (field.text().startsWith("[") || field.pattern() != null || elements.size() >= MAX_ELEMENTS) {
                // Explicit keys and the names of files are not followed.
                return old.with(Text.UNKNOWN, location);
            }
            elements.add(field.value());
        }
        return old.withElements(elements, location);
    }

    private ShellVariable element(ShellNode.Assignment assignment, ShellVariable old, Text value, Location location) {
        Optional<Long> index = new Arithmetic(shell).value(Text.of(assignment.subscript()));
        List<Text> elements = new ArrayList<>(old.elements().orElse(List.of()));
        boolean fits = index.isPresent()
                && index.get() >= 0
                && index.get() <= elements.size()
                && elements.size() < MAX_ELEMENTS
                && !assignment.appends()
                && (old.elements().isPresent() || old.value().isEmpty());
        if (!fits) {
            return old.with(Text.UNKNOWN, location);
        }
        int at = index.get().intValue();
        if (at == elements.size()) {
            elements.add(value);
        } else {
            elements.set(at, value);
        }
        return old.withElements(elements, location);
    }
}
