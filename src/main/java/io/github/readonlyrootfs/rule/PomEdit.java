package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.Insertion;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/** An element to add to a pom whose plugin describes an image, as a help text: a fragment that begins with a verb. */
record PomEdit(ImageSource.Described source, Location reader) {

    /** Has the image declare a path as VOLUME; empty where the plugin has no setting for that. */
    Optional<String> declare(ContainerPath path) {
        return source.volume().map(place -> add(place, xml(path.toString())));
    }

    /** Gives a directory that the pom puts into the image to a user; empty where no setting can do that. */
    Optional<String> own(ContainerPath directory, ContainerUser user) {
        Optional<Integer> uid = user.uid().map(UnixId::number);
        Optional<Integer> gid = user.gid().map(UnixId::number);
        return source.owner()
                .filter(place -> uid.isPresent() && source.description().owns(directory))
                .map(place -> add(
                        place,
                        "<glob>" + xml(directory.toString()) + "</glob><ownership>" + uid.get() + ":" + gid.orElse(0)
                                + "</ownership>"));
    }

    /** Where to say who runs the container; empty where the plugin has no setting for that. */
    Optional<String> user() {
        return source.user().map(place -> add(place, "UID"));
    }

    private String add(Insertion insertion, String value) {
        Location place = insertion.place();
        String edit = "add `" + insertion.xml(value) + "` to the <" + insertion.parent() + ">";
        if (place.equals(Location.of(place.file()))) {
            return edit + " of " + source.plugin() + " in " + place.file();
        }
        // Where Maven does not place what is in a plugin's configuration, it places the plugin.
        boolean exact = !place.equals(source.location()) || insertion.parent().equals(Insertion.PLUGIN);
        return edit + (exact ? "" : " of the plugin") + " in " + LineNumber.of(place, reader);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
