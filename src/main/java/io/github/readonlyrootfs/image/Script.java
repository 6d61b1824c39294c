package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.JoinedText;
import io.github.readonlyrootfs.source.Location;
import java.util.List;

/** Shell text and where in the Dockerfile it stands. */
sealed interface Script {

    String text();

    Location location(int start, int end);

    /**
     * Text of the Dockerfile itself.
     *
     * @param bodies of the here-documents in it
     */
    record Written(JoinedText source, List<String> bodies) implements Script {

        @Override
        public String text() {
            return source.text();
        }

        @Override
        public Location location(int start, int end) {
            return source.location(start, end);
        }
    }

    /** Text that a command hands to another shell: it stands where that command stands. */
    record Handed(String text, Location place) implements Script {

        @Override
        public Location location(int start, int end) {
            return place;
        }
    }
}
