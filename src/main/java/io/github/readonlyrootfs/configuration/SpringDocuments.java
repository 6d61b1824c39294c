// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.SpringLocations.Found;
import io.github.readonlyrootfs.configuration.file.KeyName;
import io.github.readonlyrootfs.configuration.file.PropertyDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents that Spring Boot reads, in the tree of its ConfigDataEnvironmentContributors: below each location and each
 * document are its imports, first those found before the active profiles are known, then those found after that. A file is
 * read where it is found first.
 *
 * <p>Documents whose condition does not hold are in the tree too, with that condition, because they apply with other
 * profiles. They do not prevent other documents from being read.
 */
final class SpringDocuments {

    static final String IMPORT = "spring.config.import";
    private static final String ON_PROFILE = "spring.config.activate.on-profile";

    /** The key in Spring Boot up to 2.3; later 2.x versions still accept it. */
    private static final String OLD_PROFILES = "spring.profiles";

    private static final String ON_CLOUD_PLATFORM = "spring.config.activate.on-cloud-platform";

    /** Spring Boot does not detect ECS as a cloud platform. */
    private static final String NO_PLATFORM = "NONE";

    /** The most levels of imports that are followed from documents that do not apply. */
    private static final int MAX_IMPORTS = 10;

    /** The most documents that do not apply. */
    private static final int MAX_ASSUMED = 2000;

    private enum Phase {
        BEFORE_PROFILES,
        AFTER_PROFILES
    }

    private final SpringLocations locations;
    private final SpringConfiguration configuration;
    private final Node root = new Node(Optional.empty(), Optional.empty(), List.of(), "");
    private final Set<String> read = new HashSet<>();
    private final Set<String> reading = new LinkedHashSet<>();

    /** Until the platform is known, no document for a platform applies, not even one for none. */
    private String platform = "";

    private int assumed;

    /** A location, or a document with its imports. */
    private static final class Node {

        private final Optional<Found> file;
        private final Optional<ProfileDocument> document;
        private final List<ProfileExpression> inherited;
        private final String key;
        private @Nullable List<String> groups;
        private final Map<Phase, List<Node>> children = new EnumMap<>(Phase.class);
        private boolean onCloud;
        private boolean forProfile;

        Node(Optional<Found> file, Optional<ProfileDocument> document, List<ProfileExpression> inherited, String key) {
            this.file = file;
            this.document = document;
            this.inherited = inherited;
            this.key = key;
            this.forProfile = file.isPresent() && file.get().profile().isPresent();
        }

        /** Locations in its document are relative to this. */
        String reference() {
            return file.isPresent() ? file.get().reference() : "";
        }

        List<Node> children(Phase phase) {
            return children.getOrDefault(phase, List.of());
        }

        /** Adds all nodes below this one, and this one, the strongest first. */
        void addTo(List<Node> all) {
            for (Node child : children(Phase.AFTER_PROFILES)) {
                child.addTo(all);
            }
            for (Node child : children(Phase.BEFORE_PROFILES)) {
                child.addTo(all);
            }
            all.add(this);
        }

        /** Children for a profile move up to those found after profiles were known, and win over them. */
        void setChildren(Phase phase, List<Node> found) {
            children.put(phase, found);
            if (phase == Phase.AFTER_PROFILES) {
                List<Node> after = new ArrayList<>();
                for (Node child : children(Phase.BEFORE_PROFILES)) {
                    child.moveForProfile(after);
                }
                after.addAll(found);
                children.put(phase, after);
            }
        }

        private void moveForProfile(List<Node> to) {
            for (Phase phase : Phase.values()) {
                if (children.containsKey(phase)) {
                    List<Node> kept = new ArrayList<>();
                    for (Node child : children(phase)) {
                        (child.forProfile ? to : kept).add(child);
                        child.forProfile = false;
                    }
                    children.put(phase, kept);
                }
            }
        }
    }

    /**
     * The documents of some locations.
     *
     * @param configuration that they belong to: it resolves placeholders in imports
     */
    SpringDocuments(SpringLocations locations, SpringConfiguration configuration) {
        this.locations = locations;
        this.configuration = configuration;
        root.children.put(Phase.BEFORE_PROFILES, new ArrayList<>());
    }

    /**
     * Adds locations to search; those that were added before win.
     *
     * @param groups the last one wins
     * @param key that names them; empty for Spring Boot's own locations
     */
    void search(List<String> groups, String key) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            searchTogether(List.of(groups.get(i)), key);
        }
    }

    /**
     * Adds imports from outside the documents.
     *
     * @param together whether they are read like the imports of one document, so that a file for a profile wins over all
     *     others
     */
    void searchImports(List<String> imports, boolean together) {
        if (together) {
            searchTogether(imports, IMPORT);
        } else {
            search(imports, IMPORT);
        }
    }

    private void searchTogether(List<String> groups, String key) {
        Node location = new Node(Optional.empty(), Optional.empty(), List.of(), key);
        location.groups = groups;
        root.children(Phase.BEFORE_PROFILES).add(location);
    }

    /** Reads the documents that do not depend on profiles. */
    void readBeforeProfiles() {
        process(root, Phase.BEFORE_PROFILES, Profiles.standard(List.of()));
        platform = plain(configuration
                .value("spring.main.cloud-platform", unconditional())
                .orElse(NO_PLATFORM));
        process(root, Phase.BEFORE_PROFILES, Profiles.standard(List.of()));
    }

    /** Reads the documents for these profiles, and those for others. */
    void readForProfiles(Profiles profiles) {
        process(root, Phase.AFTER_PROFILES, profiles);
        for (Node node : nodes()) {
            if (!counts(node, Phase.AFTER_PROFILES, profiles)) {
                assume(node, profiles, 0);
            }
        }
    }

    /** The documents that do not depend on profiles, the strongest first. */
    List<ProfileDocument> unconditional() {
        List<ProfileDocument> unconditional = new ArrayList<>();
        for (ProfileDocument document : documents()) {
            if (document.isUnconditional()) {
                unconditional.add(document);
            }
        }
        return unconditional;
    }

    /** All documents except those for another cloud platform, the strongest first. */
    List<ProfileDocument> documents() {
        List<ProfileDocument> documents = new ArrayList<>();
        for (Node node : nodes()) {
            if (node.document.isPresent() && isOnPlatform(node)) {
                documents.add(node.document.get());
            }
        }
        return documents;
    }

    private List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        root.addTo(nodes);
        return nodes;
    }

    /** Goes in the order of {@link Node#addTo}: the imports of a document are searched before weaker documents. */
    private void process(Node node, Phase phase, Profiles profiles) {
        process(node.children(Phase.AFTER_PROFILES), phase, profiles);
        process(node.children(Phase.BEFORE_PROFILES), phase, profiles);
        if (!node.children.containsKey(phase) && counts(node, phase, profiles) && imports(node)) {
            node.setChildren(phase, found(node, phase, profiles, true));
            process(node.children(phase), phase, profiles);
        }
    }

    private void process(List<Node> nodes, Phase phase, Profiles profiles) {
        for (Node node : List.copyOf(nodes)) {
            process(node, phase, profiles);
        }
    }

    /** Whether a node imports locations, which are read when this is first asked. */
    private boolean imports(Node node) {
        if (node.groups == null) {
            Optional<String> text = text(node, IMPORT);
            node.groups = text.isPresent() ? configuration.imports(text.get(), this, locations) : List.of();
        }
        return !node.groups.isEmpty();
    }

    private boolean counts(Node node, Phase phase, Profiles profiles) {
        if (!isOnPlatform(node)) {
            return false;
        }
        return node.document.isEmpty()
                || (phase == Phase.BEFORE_PROFILES
                        ? node.document.get().isUnconditional()
                        : node.document.get().holds(profiles));
    }

    private boolean isOnPlatform(Node node) {
        if (!node.onCloud) {
            return true;
        }
        Optional<String> text = text(node, ON_CLOUD_PLATFORM);
        return text.isPresent() && plain(text.get()).equals(platform);
    }

    private static Optional<String> text(Node node, String key) {
        return node.document.isEmpty()
                ? Optional.empty()
                : node.document.get().document().text(key);
    }

    private static String plain(String platform) {
        return KeyName.canonical(platform).toUpperCase(Locale.ROOT);
    }

    /** Reads the imports that a document has with other profiles. */
    private void assume(Node node, Profiles profiles, int depth) {
        if (depth > MAX_IMPORTS || assumed > MAX_ASSUMED || !isOnPlatform(node) || !imports(node)) {
            return;
        }
        List<Node> found = found(node, Phase.AFTER_PROFILES, profiles, false);
        node.children.put(Phase.AFTER_PROFILES, found);
        if (reading.add(node.reference())) {
            assumed += found.size();
            for (Node each : found) {
                assume(each, profiles, depth + 1);
            }
            reading.remove(node.reference());
        }
    }

    /** The documents at the locations of a node, the strongest first. */
    private List<Node> found(Node node, Phase phase, Profiles profiles, boolean certain) {
        List<Found> files = new ArrayList<>();
        for (String group : Objects.requireNonNull(node.groups)) {
            files.addAll(locations.plain(group, node.reference(), node.key));
            if (phase == Phase.AFTER_PROFILES) {
                files.addAll(locations.forProfiles(group, node.reference(), node.key, profiles.active()));
            }
        }
        Collections.reverse(files);
        List<Node> found = new ArrayList<>();
        for (Found file : files) {
            boolean counts = certain
                    && (file.profile().isEmpty()
                            || profiles.active().contains(file.profile().get()));
            if (counts ? read.add(file.id()) : !read.contains(file.id())) {
                found.addAll(documents(file, node));
            }
        }
        return found;
    }

    private List<Node> documents(Found file, Node importer) {
        List<ProfileExpression> inherited = new ArrayList<>(importer.inherited);
        if (importer.document.isPresent()) {
            inherited.addAll(importer.document.get().conditions());
        }
        List<Node> documents = new ArrayList<>();
        for (PropertyDocument document : file.file().documents()) {
            String condition =
                    document.text(ON_PROFILE).orElse(document.text(OLD_PROFILES).orElse(""));
            List<ProfileExpression> conditions = new ArrayList<>(inherited);
            if (!condition.isBlank()) {
                Optional<ProfileExpression> expression = ProfileExpression.parse(condition);
                if (expression.isEmpty()) {
                    continue;
                }
                conditions.add(expression.get());
            }
            Node node = new Node(
                    Optional.of(file),
                    Optional.of(new ProfileDocument(document, file.profile(), conditions)),
                    inherited,
                    IMPORT + " in " + file.file().resource());
            node.onCloud = document.text(ON_CLOUD_PLATFORM).isPresent();
            documents.add(node);
        }
        Collections.reverse(documents);
        return documents;
    }
}
