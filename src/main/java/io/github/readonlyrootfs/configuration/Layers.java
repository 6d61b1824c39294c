// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.configuration.PropertySource.Named;
import io.github.readonlyrootfs.configuration.placeholder.PlaceholderStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merges the documents of an application's files, the weakest first: the ones that apply, the ones that may apply because the
 * active profiles are unknown, and the ones for profiles that nothing activates.
 */
final class Layers {

    /** The most conditions that are followed; each needs a configuration of its own. */
    private static final int MAX_CONDITIONS = 50;

    private final Profiles profiles;
    private final PropertySource weakest;
    private final Named files = new Named();
    private final Named uncertain = new Named();
    private final Map<String, Named> conditional = new LinkedHashMap<>();

    private Layers(Profiles profiles, PropertySource weakest) {
        this.profiles = profiles;
        this.weakest = weakest;
    }

    /**
     * Makes a configuration of documents in their order, the weakest first, as Spring Boot binds it.
     *
     * @param weakest what is below all documents
     */
    static ApplicationConfiguration bound(
            List<ProfileDocument> documents,
            List<? extends PropertySource> outside,
            PropertySource weakest,
            Optional<String> incomplete,
            Profiles profiles) {
        Layers layers = new Layers(profiles, weakest);
        for (ProfileDocument document : documents) {
            layers.add(document);
        }
        return layers.under(outside, incomplete);
    }

    private ApplicationConfiguration under(List<? extends PropertySource> outside, Optional<String> incomplete) {
        List<ApplicationConfiguration.Conditional> assumed = new ArrayList<>();
        for (Map.Entry<String, Named> condition : conditional.entrySet()) {
            List<PropertySource> told = with(outside, condition.getValue());
            assumed.add(new ApplicationConfiguration.Conditional(
                    condition.getKey(),
                    new ApplicationConfiguration(
                            with(told, files, weakest),
                            told,
                            incomplete,
                            profiles,
                            List.of(),
                            PlaceholderStyle.SPRING)));
        }
        return new ApplicationConfiguration(
                with(outside, new PropertySource.Doubtful(uncertain), files, weakest),
                incomplete,
                profiles,
                assumed,
                PlaceholderStyle.SPRING);
    }

    private static List<PropertySource> with(List<? extends PropertySource> sources, PropertySource... weaker) {
        List<PropertySource> all = new ArrayList<>(sources);
        all.addAll(List.of(weaker));
        return all;
    }

    private void add(ProfileDocument document) {
        if (document.holds(profiles)) {
            files.putAll(document.document());
            return;
        }
        Set<String> names = document.names();
        if (profiles.unknown().isPresent() && Profiles.mayBeDeployed(names)) {
            uncertain.putAll(document.document());
        }
        if (!profiles.chosen() && Profiles.concernsOperation(names)) {
            assume(document);
        }
    }

    private void assume(ProfileDocument document) {
        String condition = document.condition();
        if (conditional.size() < MAX_CONDITIONS || conditional.containsKey(condition)) {
            conditional.computeIfAbsent(condition, key -> new Named()).putAll(document.document());
        }
    }
}
