// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.start.JvmOptions.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files from which a JVM reads options: the launcher's argument files, and the file of {@code -XX:VMOptionsFile}. Measured
 * with Java 17 and 25.
 */
record OptionFiles(Command command, Image image) {

    private static final String ARGUMENT_FILE = "@";
    private static final String OPTIONS_FILE = "-XX:VMOptionsFile=";

    /** Whether a word names an argument file. */
    static boolean isArgumentFile(Field word) {
        return word.text().startsWith(ARGUMENT_FILE);
    }

    /** Expands the files in options of the launcher, which reads both kinds. */
    Part ofLauncher(Part options) {
        return in(in(options, ARGUMENT_FILE), OPTIONS_FILE);
    }

    /** Expands the files in a variable that the JVM itself reads. */
    Part ofJvm(Part options) {
        return in(options, OPTIONS_FILE);
    }

    private Part in(Part options, String prefix) {
        List<Field> all = new ArrayList<>();
        for (Field word : options.arguments()) {
            if (!word.text().startsWith(prefix)) {
                all.add(word);
                continue;
            }
            Optional<SourceFile> file = file(word.from(prefix.length()));
            if (file.isEmpty()) {
                return Part.unknown("the options in " + word.text() + " are not known", word.where());
            }
            all.addAll(words(file.get(), prefix.equals(ARGUMENT_FILE)));
        }
        return new Part(all, options.gap());
    }

    private Optional<SourceFile> file(Field name) {
        return command.path(name)
                .known()
                .flatMap(path -> image.files().content(path))
                .flatMap(FileContent::read);
    }

    private static List<Field> words(SourceFile file, boolean comments) {
        List<Field> words = new ArrayList<>();
        for (int i = 1; i <= file.lineCount(); i++) {
            String line = comments ? uncommented(file.line(i)) : file.line(i);
            int start = file.lineStart(i);
            words.addAll(JvmOptions.split(line, file.location(start, start + line.length())));
        }
        return words;
    }

    /** Outside of quotes, # begins a comment even within a word, which is then dropped. */
    private static String uncommented(String line) {
        int word = 0;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#') {
                return line.substring(0, word);
            } else if (Character.isWhitespace(c)) {
                word = i + 1;
            }
        }
        return line;
    }
}
