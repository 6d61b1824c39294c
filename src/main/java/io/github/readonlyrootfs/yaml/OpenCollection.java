// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.yaml;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.yaml.YamlNode.Entry;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import io.github.readonlyrootfs.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/** A mapping or sequence whose end has not come yet. */
final class OpenCollection {

    final int start;
    final CollectionStartEvent event;
    private final boolean mapping;
    private final List<YamlNode> items = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Scalar key;
    private int weight = 1;
    private int height = 1;
    private int end;

    OpenCollection(int start, CollectionStartEvent event) {
        this.start = start;
        this.end = start;
        this.event = event;
        this.mapping = event.getEventId() == Event.ID.MappingStart;
    }

    /** The number of its values, counting those of each alias. */
    int weight() {
        return weight;
    }

    /** The number of its levels. */
    int height() {
        return height;
    }

    /** Adds a key, a value or an item; false if it is not allowed. */
    boolean add(YamlNode node, int nodeEnd, int nodeWeight, int nodeHeight) {
        end = nodeEnd;
        weight += nodeWeight;
        height = Math.max(height, nodeHeight + 1);
        if (!mapping) {
            items.add(node);
        } else if (key != null) {
            entries.add(new Entry(key, node));
            key = null;
        } else if (node instanceof Scalar scalar) {
            key = scalar;
        } else {
            return false;
        }
        return true;
    }

    /** The end of its last part; a block has no end mark. */
    int end() {
        return end;
    }

    YamlNode close(Location location) {
        return mapping
                ? new Mapping(location, event.getTag(), merged())
                : new Sequence(location, event.getTag(), List.copyOf(items));
    }

    /** The entries with those of {@code <<}, which the mapping's own and earlier ones override. */
    private List<Entry> merged() {
        if (entries.stream().noneMatch(OpenCollection::isMerge)) {
            return List.copyOf(entries);
        }
        Set<String> taken = new HashSet<>();
        List<Entry> own = entries.stream().filter(entry -> !isMerge(entry)).toList();
        own.forEach(entry -> taken.add(entry.key().value()));
        List<Entry> all = new ArrayList<>();
        for (Entry merge : entries) {
            if (isMerge(merge)) {
                List<YamlNode> sources =
                        merge.value() instanceof Sequence sequence ? sequence.items() : List.of(merge.value());
                for (YamlNode source : sources) {
                    addMissing((Mapping) source, taken, all);
                }
            }
        }
        all.addAll(own);
        return List.copyOf(all);
    }

    private static void addMissing(Mapping source, Set<String> taken, List<Entry> all) {
        List<Entry> missing = source.entries().stream()
                .filter(entry -> !taken.contains(entry.key().value()))
                .toList();
        missing.forEach(entry -> taken.add(entry.key().value()));
        all.addAll(missing);
    }

    /** If the value of {@code <<} is not one or more mappings, it is a key like any other. */
    private static boolean isMerge(Entry entry) {
        return entry.key().plain()
                && entry.key().value().equals("<<")
                && (entry.value() instanceof Mapping
                        || (entry.value() instanceof Sequence sequence
                                && sequence.items().stream().allMatch(Mapping.class::isInstance)));
    }
}
