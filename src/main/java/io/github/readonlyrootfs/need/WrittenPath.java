package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.ResolvedText;
import io.github.readonlyrootfs.logging.FilePattern;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * The path of a file that a configuration names, and what of it must be writable.
 *
 * @param createsParents whether the writer makes missing directories
 */
record WrittenPath(ResolvedText text, boolean createsParents, Location location) {

    /**
     * What must be writable for the file: its directory, since log files are renamed and databases have files beside them;
     * the file itself where a directory on its own is not what people would mount: in the working directory and in
     * {@code /}, or where the writer needs the directory to be there.
     *
     * @param base what a relative path starts from
     */
    Value<ContainerPath> file(Value<ContainerPath> base) {
        Optional<String> directory = text.directory();
        if (directory.isEmpty()) {
            return unknown();
        }
        Optional<String> whole = text.whole();
        boolean alone = !createsParents || directory.get().isEmpty() || directory.get().equals("/");
        return below(base, alone && whole.isPresent() ? whole.get() : directory.get());
    }

    /**
     * What must be writable for files of a pattern with {@code %d} and the like.
     *
     * @param base what a relative path starts from
     */
    Value<ContainerPath> pattern(Value<ContainerPath> base) {
        return new WrittenPath(FilePattern.path(text), createsParents, location).file(base);
    }

    /**
     * What must be writable for a directory.
     *
     * @param base what a relative path starts from
     */
    Value<ContainerPath> directory(Value<ContainerPath> base) {
        return text.whole().map(whole -> below(base, whole)).orElseGet(this::unknown);
    }

    private Value<ContainerPath> below(Value<ContainerPath> base, String path) {
        if (path.startsWith("/")) {
            return new Value.Known<>(ContainerPath.of(path), location);
        }
        return base instanceof Value.Known<ContainerPath> known
                ? new Value.Known<>(known.value().resolve(path), location)
                : base;
    }

    private Value<ContainerPath> unknown() {
        return new Value.Unknown<>(text.unknown().orElse("it is another one each time"), location);
    }
}
