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
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents that Spring Boot reads, in the tree that its ConfigDataEnvironmentContributors makes of them: below each
 * location and each document is what it imports, found before it is known which profiles are active, and after that. A file
 * is read where it is found first.
 *
 * <p>Documents whose condition does not hold are in the tree too, with that condition, for they would count with other
 * profiles. They keep no other document from being read.
 */
final class SpringDocuments {

    static final String IMPORT = "spring.config.import";
    private static final String ON_PROFILE = "spring.config.activate.on-profile";

    /** Until Spring Boot 2.3, and understood by later 2.x. */
    private static final String OLD_PROFILES = "spring.profiles";

    private static final String ON_CLOUD_PLATFORM = "spring.config.activate.on-cloud-platform";

    /** ECS is not one that Spring Boot detects. */
    private static final String NO_PLATFORM = "NONE";

    /** Documents that do not count import others; this many levels are followed. */
    private static final int MAX_IMPORTS = 10;

    /** And not more than so many of those that do not count. */
    private static final int MAX_ASSUMED = 2000;

    private enum Phase {
        BEFORE_PROFILES,
        AFTER_PROFILES
    }

    private final SpringLocations locations;
    private final BiFunction<String, Supplier<List<ProfileDocument>>, List<String>> imports;
    private final Node root = new Node(Optional.empty(), Optional.empty(), List.of(), "");
    private final Set<String> read = new HashSet<>();
    private final Set<String> reading = new LinkedHashSet<>();

    /** Until it is known, no document for a platform counts, not even one for none. */
    private String platform = "";

    private int assumed;

    /** A location, or a document and what it imports. */
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
            this.forProfile = file.flatMap(Found::profile).isPresent();
        }

        List<Node> children(Phase phase) {
            return children.getOrDefault(phase, List.of());
        }

        /** All below it, and it, the strongest first. */
        void addTo(List<Node> all) {
            for (Node child : children(Phase.AFTER_PROFILES)) {
                child.addTo(all);
            }
            for (Node child : children(Phase.BEFORE_PROFILES)) {
                child.addTo(all);
            }
            all.add(this);
        }

        /** What is for a profile goes up to what else is, and wins over it. */
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
     * Documents of these locations.
     *
     * @param imports the locations that a text imports, given what gathers the documents read so far for its placeholders
     */
    SpringDocuments(
            SpringLocations locations, BiFunction<String, Supplier<List<ProfileDocument>>, List<String>> imports) {
        this.locations = locations;
        this.imports = imports;
        root.children.put(Phase.BEFORE_PROFILES, new ArrayList<>());
    }

    /**
     * Adds locations to search, which lose to those added before.
     *
     * @param groups of which the last one wins
     * @param key what names them; empty for where Spring Boot looks by itself
     */
    void search(List<String> groups, String key) {
        for (int i = groups.size() - 1; i >= 0; i--) {
            searchTogether(List.of(groups.get(i)), key);
        }
    }

    /**
     * Adds what is imported from outside of all documents.
     *
     * @param together as what one document imports, so that a file for a profile wins over all files for none
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

    /** Reads what counts whatever the profiles are. */
    void readBeforeProfiles(BiFunction<String, List<ProfileDocument>, Optional<String>> setting) {
        process(root, Phase.BEFORE_PROFILES, Profiles.standard(List.of()));
        platform = setting.apply("spring.main.cloud-platform", unconditional())
                .map(SpringDocuments::plain)
                .orElse(NO_PLATFORM);
        process(root, Phase.BEFORE_PROFILES, Profiles.standard(List.of()));
    }

    /** Reads the rest: what is for these profiles, and what would be for others. */
    void readForProfiles(Profiles profiles) {
        process(root, Phase.AFTER_PROFILES, profiles);
        for (Node node : nodes()) {
            if (!counts(node, Phase.AFTER_PROFILES, profiles)) {
                assume(node, profiles, 0);
            }
        }
    }

    /** What counts whatever the profiles are, the strongest first. */
    List<ProfileDocument> unconditional() {
        List<ProfileDocument> unconditional = new ArrayList<>();
        for (ProfileDocument document : documents()) {
            if (document.isUnconditional()) {
                unconditional.add(document);
            }
        }
        return unconditional;
    }

    /** All documents, the strongest first; those of another cloud platform are not among them. */
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

    /** In the order of {@link Node#addTo}: what a document imports is searched before what is weaker. */
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

    /** Whether it names locations; they are found out when it is first asked. */
    private boolean imports(Node node) {
        if (node.groups == null) {
            Optional<String> text = text(node, IMPORT);
            node.groups = text.isPresent() ? imports.apply(text.get(), this::documents) : List.of();
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

    /** What the document of a node says of a key. */
    private static Optional<String> text(Node node, String key) {
        return node.document.isEmpty()
                ? Optional.empty()
                : node.document.get().document().text(key);
    }

    private static String plain(String platform) {
        return KeyName.canonical(platform).toUpperCase(Locale.ROOT);
    }

    /** What a document would import with other profiles. */
    private void assume(Node node, Profiles profiles, int depth) {
        if (depth > MAX_IMPORTS || assumed > MAX_ASSUMED || !isOnPlatform(node) || !imports(node)) {
            return;
        }
        List<Node> found = found(node, Phase.AFTER_PROFILES, profiles, false);
        node.children.put(Phase.AFTER_PROFILES, found);
        String file = node.file.map(Found::reference).orElse("");
        if (reading.add(file)) {
            assumed += found.size();
            found.forEach(each -> assume(each, profiles, depth + 1));
            reading.remove(file);
        }
    }

    /** What the locations of a node stand for, the strongest first. */
    private List<Node> found(Node node, Phase phase, Profiles profiles, boolean certain) {
        List<Found> files = new ArrayList<>();
        String parent = node.file.map(Found::reference).orElse("");
        for (String group : Objects.requireNonNull(node.groups)) {
            files.addAll(locations.plain(group, parent, node.key));
            if (phase == Phase.AFTER_PROFILES) {
                files.addAll(locations.forProfiles(group, parent, node.key, profiles.active()));
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
        importer.document.ifPresent(it -> inherited.addAll(it.conditions()));
        List<Node> documents = new ArrayList<>();
        for (PropertyDocument document : file.file().documents()) {
            Optional<String> written = document.text(ON_PROFILE)
                    .or(() -> document.text(OLD_PROFILES))
                    .filter(text -> !text.isBlank());
            Optional<ProfileExpression> expression = written.flatMap(ProfileExpression::parse);
            if (written.isPresent() && expression.isEmpty()) {
                continue;
            }
            List<ProfileExpression> conditions = new ArrayList<>(inherited);
            expression.ifPresent(conditions::add);
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
