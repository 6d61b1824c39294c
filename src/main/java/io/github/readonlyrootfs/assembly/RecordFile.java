// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.need.observed.NeedsRecord.NotARecordException;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The file beside the task definition with what runs of its containers showed.
 *
 * @param name for messages
 * @param lock the file that those lock who write it: a file of the task definition, since this one is replaced
 */
public record RecordFile(Path path, String name, Path lock) {

    /** The place of the record of a request, whether or not it is there. */
    public static RecordFile of(CheckRequest request) {
        NamedFile task = request.taskDefinition().file();
        boolean isDirectory = Files.isDirectory(task.file());
        Path path = isDirectory
                ? task.file().resolve(NeedsRecord.FILE_NAME)
                : task.file().resolveSibling(NeedsRecord.FILE_NAME);
        String directory = isDirectory ? task.name() + "/" : task.name().replaceFirst("[^/]*$", "");
        return new RecordFile(path, directory + NeedsRecord.FILE_NAME, isDirectory ? first(task.file()) : task.file());
    }

    /** The first file of Terraform in a directory. */
    private static Path first(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.tf(?:\\.json)?"))
                    .min(Comparator.naturalOrder())
                    .orElse(directory);
        } catch (IOException e) {
            return directory;
        }
    }

    /**
     * Reads it; a file that is not there has nothing.
     *
     * @throws ConfigurationException if it is not a record: it must not close a gap, nor be forgotten silently
     */
    public NeedsRecord read() throws ConfigurationException {
        if (!Files.exists(path)) {
            return NeedsRecord.EMPTY;
        }
        try {
            return NeedsRecord.parse(SourceFile.read(path, name).text());
        } catch (UnreadableSourceException e) {
            throw new ConfigurationException(
                    name, e.problem().message(), e.problem().help());
        } catch (NotARecordException e) {
            throw new ConfigurationException(
                    name, String.valueOf(e.getMessage()), "restore the file, or delete it and observe again");
        }
    }
}
