package io.github.readonlyrootfs.source;

import java.io.IOException;

/** A file that cannot be read as text. The message says why in words for the file's owner. */
public final class UnreadableSourceException extends IOException {

    private final transient Location location;
    private final String message;

    public UnreadableSourceException(Location location, String message) {
        super(message);
        this.location = location;
        this.message = message;
    }

    public UnreadableSourceException(Location location, String message, Throwable cause) {
        super(message, cause);
        this.location = location;
        this.message = message;
    }

    /** Never null, unlike other exceptions'. */
    @Override
    public String getMessage() {
        return message;
    }

    public Location location() {
        return location;
    }
}
