// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shortens the names in a text that are more than a name: with a login, a URL, an assignment or a random part. Few tasks have one. */
public final class ShortNames {

    /** What is masked, each with the character before it, and what is shown instead. */
    private final Map<String, String> hidden = new LinkedHashMap<>();

    /** How many names are looked for in reports of any size. */
    private static final int MAX_NAMES = 100;

    private ShortNames() {}

    /** The names of users, containers, volumes, directories and paths. */
    public static ShortNames of(Analysis tasks, List<Finding> findings) {
        ShortNames names = new ShortNames();
        for (ContainerAnalysis container : tasks.containers()) {
            names.add(container.definition());
            Image.Config image = container.context().image().config();
            names.add(image.user());
            image.volumes().declared().forEach(volume -> names.add(volume.written()));
        }
        tasks.all().stream()
                .flatMap(task -> task.definition().stream())
                .flatMap(task -> task.volumes().stream())
                .forEach(volume -> names.add(volume.name()));
        for (Finding finding : findings) {
            finding.path().ifPresent(path -> names.add(path.toString()));
            finding.subject().name().ifPresent(names::add);
        }
        return names;
    }

    private void add(ContainerDefinition container) {
        add(container.name());
        add(container.process().user());
        add(container.process().workingDirectory());
        container.fileSystem().mountPoints().forEach(mount -> {
            add(mount.sourceVolume());
            add(mount.containerPath());
        });
        container.fileSystem().volumesFrom().forEach(from -> add(from.sourceContainer()));
        container.linuxParameters().tmpfs().forEach(tmpfs -> add(tmpfs.containerPath()));
    }

    private void add(Value<String> name) {
        name.known().ifPresent(this::add);
    }

    private void add(String name) {
        boolean isLong = name.length() > PublicText.LONGEST_NAME;
        if (!isLong && hidden.size() < MAX_NAMES && !PublicText.isName(name)) {
            hide(name);
            // A user and its group are named one by one.
            Stream.of(name.split(":", -1)).forEach(this::hide);
        }
    }

    /** Hides a name from where it is more than that, with the character before. */
    private void hide(String name) {
        int end = PublicText.nameEnd(name);
        if (end < name.length()) {
            String rest = name.substring(Math.max(0, end - 1));
            boolean all = PublicText.nameEnd(rest) == 0;
            hidden.put(rest, (all ? "" : rest.substring(0, 1)) + PublicText.MASK);
        }
    }

    public boolean isEmpty() {
        return hidden.isEmpty();
    }

    /** A text with each of them shortened. */
    public String in(String text) {
        String shortened = text;
        for (Map.Entry<String, String> name : hidden.entrySet()) {
            shortened = shortened.replace(name.getKey(), name.getValue());
        }
        return shortened;
    }
}
