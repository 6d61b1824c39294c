package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.Insertion;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/** An element to add to a pom whose plugin describes an image, as a help text: a fragment that begins with a verb. */
record PomEdit(ImageSource.Described source, Location reader) {

    /** Has the image declare a path as VOLUME; empty where the plugin has no setting for that. */
    Optional<String> declare(ContainerPath path) {
        return source.volume().map(place -> add(place, xml(path.toString())));
    }

    /** Where to say who runs the container; empty where the plugin has no setting for that. */
    Optional<String> user() {
        return source.user().map(place -> add(place, "UID"));
    }

    private String add(Insertion insertion, String value) {
        Location place = insertion.place();
        boolean known = !place.equals(Location.of(place.file()));
        String where = known ? LineNumber.of(place, reader) : place.file() + ", plugin " + source.plugin();
        return "add `" + insertion.xml(value) + "` to the <" + insertion.parent() + "> in " + where;
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
