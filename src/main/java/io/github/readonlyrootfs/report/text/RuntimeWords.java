// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users, mounts and owners in few words, the same wherever they are explained. */
public final class RuntimeWords {

    private static final String UNKNOWN = "?";

    private RuntimeWords() {}

    /** The user, and the line that sets it: what is known of an image that the container only names has none. */
    static String user(ContainerUser user, JudgedContainer on) {
        Optional<Location> line = user.location().filter(where -> !where.equals(on.nameLocation()));
        if (user.unknownBecause().isPresent()) {
            return "unknown: " + ReasonText.of(user.unknownBecause().get()) + from(line);
        }
        List<String> ids = new ArrayList<>();
        ids.add("uid " + number(user.uid()));
        ids.add("gid " + number(user.gid()));
        if (!user.supplementary().isEmpty() && !user.overridesPermissions()) {
            ids.add("groups "
                    + Wording.and(
                            user.supplementary().stream().map(UnixId::toString).toList()));
        }
        return user.name() + " (" + String.join(", ", ids) + ")"
                + (user.location().isEmpty() ? ", the default" : line.isEmpty() ? ", the image's" : from(line))
                + (user.overridesPermissions() ? "; ignores owner and mode" : "");
    }

    private static String number(Optional<UnixId> id) {
        Integer number = id.map(UnixId::number).orElse(null);
        return number == null ? UNKNOWN : number.toString();
    }

    private static String from(Optional<Location> location) {
        return location.map(where -> ", from " + Wording.place(where)).orElse("");
    }

    /** Where a mount comes from. */
    public static String origin(Mount mount) {
        String place = mount.declaration().location().map(Wording::place).orElse("");
        return switch (mount.declaration().origin()) {
            case PROJECT -> place;
            case BASE_IMAGE -> (place + " (base image)").strip();
            case ENGINE -> "the engine";
        };
    }

    static String path(Mount mount) {
        return mount.path() + (mount.target().equals(mount.path()) ? "" : " -> " + mount.target());
    }

    public static String kind(Mount mount) {
        return mount.declaration().kind().label()
                + mount.declaration().volume().map(name -> " " + name).orElse("");
    }

    static String flags(Mount mount) {
        return (mount.readOnly() ? "ro" : "rw") + (mount.noexec() ? ",noexec" : "");
    }

    static String content(Mount mount) {
        return mount.root().content() == Mount.Content.UNKNOWN
                ? UNKNOWN
                : lowerCase(mount.root().content());
    }

    public static String owner(Ownership ownership) {
        return orUnknown(ownership.owner()) + ":" + orUnknown(ownership.group());
    }

    public static String mode(Ownership ownership) {
        Integer mode = ownership.mode();
        return mode == null ? UNKNOWN : Ownership.octal(mode);
    }

    private static String orUnknown(@Nullable UnixId value) {
        return value == null ? UNKNOWN : PublicText.name(value.toString());
    }

    /** {@code RUN chown (Dockerfile:4)}. */
    static String provenance(OwnerReason reason) {
        Optional<Location> place =
                reason instanceof OwnerReason.OfImage image ? image.provenance().location() : Optional.empty();
        return ReasonText.of(reason)
                + place.map(where -> " (" + Wording.place(where) + ")").orElse("");
    }

    /** {@code pom.xml:41 <writablePaths>}. */
    public static String evidence(Evidence evidence) {
        return evidence.location().map(where -> Wording.place(where) + " ").orElse("") + evidence.words();
    }

    public static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
