// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shortens the names in a text that are more than a name: with a login, a URL, an assignment or a random part. Few tasks have one. */
public final class ShortNames {

    private static final int SHORTEST_SECRET = 4;

    /** How many names are looked for in reports of any size. */
    private static final int MAX_NAMES = 100;

    /** What is masked, each with the character before it, and what is shown instead. */
    private final Map<String, String> hidden = new LinkedHashMap<>();

    private ShortNames() {}

    /** The names of users, containers, volumes, directories and paths. */
    public static ShortNames of(Analysis tasks, List<Finding> findings) {
        ShortNames names = new ShortNames();
        Set<Image.Config> images = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ContainerAnalysis container : tasks.containers()) {
            ContainerDefinition definition = container.definition();
            Image.Config image = container.context().image().config();
            names.add(definition.name());
            names.add(definition.process().user(), definition.process().workingDirectory(), image.user());
            for (String path : definition.mountPaths()) {
                names.add(path);
            }
            for (ContainerDefinition.MountPoint mount : definition.fileSystem().mountPoints()) {
                names.add(mount.sourceVolume());
            }
            for (ContainerDefinition.VolumesFrom from : definition.fileSystem().volumesFrom()) {
                names.add(from.sourceContainer());
            }
            // Containers of one image share its volumes. They are not compared: the equals of a record takes long to
            // link.
            if (images.add(image)) {
                names.addVolumes(image.volumes().declared());
            }
        }
        for (TaskAnalysis task : tasks.all()) {
            if (task.definition().isPresent()) {
                for (Volume volume : task.definition().get().volumes()) {
                    names.add(volume.name());
                }
            }
        }
        for (String resource : tasks.resources()) {
            names.add(resource.replaceFirst("^[^\\[]+", ""));
        }
        for (Finding finding : findings) {
            if (finding.path().isPresent()) {
                names.add(finding.path().get().toString());
            }
            names.add(finding.subject().name().orElse(""));
        }
        return names;
    }

    /** A user and its group are named one by one, too. */
    @SafeVarargs
    private void add(Value<String>... names) {
        for (Value<String> name : names) {
            if (name.known().isPresent()) {
                String known = name.known().get();
                add(known);
                for (String part : known.split(":", -1)) {
                    add(part);
                }
            }
        }
    }

    /** The words of a comment behind a VOLUME become paths, too. */
    private void addVolumes(List<Image.ImageVolume> volumes) {
        int comment = 0;
        for (Image.ImageVolume volume : volumes) {
            comment = volume.written().equals("#") ? volume.location().line() : comment;
            String path = volume.path().toString();
            if (volume.location().line() == comment && path.length() > SHORTEST_SECRET) {
                hidden.put(path, "/" + PublicText.MASK);
            }
            add(volume.written());
            // What would be said if the edit made an array of it.
            add(volume.written().replaceAll("[\\[\\]\"',]", ""));
        }
    }

    /** Hides a name from where it is more than that, with the character before. */
    private void add(String name) {
        int end = PublicText.nameEnd(name);
        if (end < name.length() && name.length() <= PublicText.LONGEST_NAME && hidden.size() < MAX_NAMES) {
            String rest = name.substring(Math.max(0, end - 1));
            String before = PublicText.nameEnd(rest) == 0 ? "" : rest.substring(0, 1);
            JsonStringEncoder json = JsonStringEncoder.getInstance();
            // As it is, and as JSON, HTML and XML have it.
            for (String text : List.of(rest, PlainText.of(rest))) {
                hidden.put(text, before + PublicText.MASK);
                hidden.put(
                        new String(json.quoteAsString(text)), new String(json.quoteAsString(before)) + PublicText.MASK);
                hidden.put(Markup.escaped(text), Markup.escaped(before) + PublicText.MASK);
            }
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
