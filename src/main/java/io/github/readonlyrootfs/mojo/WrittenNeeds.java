// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** The declared paths, each with its place in the pom. */
final class WrittenNeeds {

    private static final String LABEL = "<writablePaths>";

    private final MavenBuild place;
    private final PomLocations poms;

    WrittenNeeds(MavenBuild place) {
        this.place = place;
        this.poms = place.pomLocations();
    }

    /** The needs outside {@code <containers>}. */
    List<DeclaredPath> ofProject(List<String> paths) {
        return declared(paths, place.configuration());
    }

    /** The needs in the n-th {@code <container>}. */
    List<DeclaredPath> ofContainer(int index, List<String> paths) {
        return declared(paths, place.entry("containers", index));
    }

    Optional<Location> locationOfContainer(int index) {
        return place.entry("containers", index).flatMap(poms::tag);
    }

    private List<DeclaredPath> declared(List<String> paths, Optional<Xpp3Dom> parent) {
        Xpp3Dom element = parent.isPresent() ? parent.get().getChild("writablePaths") : null;
        List<DeclaredPath> declared = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String label = element == null ? "-Dreadonly-rootfs.writablePaths" : LABEL;
            declared.add(new DeclaredPath(paths.get(i).strip(), label, location(element, i)));
        }
        return declared;
    }

    private Optional<Location> location(@Nullable Xpp3Dom element, int index) {
        if (element == null) {
            return Optional.empty();
        }
        // Written as one text with commas, it has no children.
        return index < element.getChildCount() ? poms.text(element.getChild(index)) : poms.text(element);
    }
}
