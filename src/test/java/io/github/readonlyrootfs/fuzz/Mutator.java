// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a file slightly: lines and words of a text, bytes of any file. */
final class Mutator {

    /** {@code HostileInputTest} has larger files. */
    private static final int MAX_BYTES = 32 * 1024;

    private static final String[] STRANGE = {
        "\0",
        "\uFEFF",
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\u00a0",
        "\u2028",
        "\ud83d\ude00",
        "\u001b[31m",
        "\\",
        "\\\n",
        "\"",
        "'",
        "`",
        "$",
        "${",
        "}",
        "$(",
        ")",
        "{",
        "[",
        "]",
        "<",
        ">",
        ",",
        ":",
        ";",
        "&",
        "|",
        "#",
        "=",
        "/",
        "//",
        "/./",
        "/../",
        "..",
        "~",
        "*",
        "?",
        "!",
        "%",
        "@",
        "-",
        "--",
        "-1",
        "0",
        "1e999",
        "2147483648",
        "99999999999999999999",
        "0x",
        "null",
        "true",
    };

    private final Random random;
    private final List<String> words;

    /** @param words keywords of the language of the files */
    Mutator(Random random, List<String> words) {
        this.random = random;
        this.words = words;
    }

    /** @param other a file of the same language, to copy a piece from */
    byte[] mutate(byte[] file, byte[] other, boolean text) {
        byte[] changed = file;
        int steps = 1 + random.nextInt(random.nextInt(4) == 0 ? 12 : 3);
        for (int i = 0; i < steps; i++) {
            changed = text && random.nextInt(8) > 0 ? inText(changed, other) : inBytes(changed, other);
        }
        return changed.length > MAX_BYTES ? Arrays.copyOf(changed, MAX_BYTES) : changed;
    }

    private byte[] inText(byte[] file, byte[] other) {
        String text = new String(file, StandardCharsets.UTF_8);
        String changed = switch (random.nextInt(9)) {
            case 0 -> withLine(text, lines -> lines.remove(random.nextInt(lines.size())));
            case 1 -> withLine(text, lines -> lines.add(place(lines), lines.get(random.nextInt(lines.size()))));
            case 2 ->
                withLine(text, lines -> {
                    String line = lines.remove(random.nextInt(lines.size()));
                    lines.add(place(lines), line);
                });
            case 3 -> withLine(text, lines -> lines.add(place(lines), line(new String(other, StandardCharsets.UTF_8))));
            case 4 -> replaceWord(text, any(words));
            case 5 -> replaceWord(text, STRANGE[random.nextInt(STRANGE.length)]);
            case 6 -> insert(text, any(words));
            case 7 -> insert(text, STRANGE[random.nextInt(STRANGE.length)]);
            default -> repeat(text);
        };
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private interface Change {
        void in(List<String> lines);
    }

    private static String withLine(String text, Change change) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        change.in(lines);
        return String.join("\n", lines);
    }

    private int place(List<String> lines) {
        return random.nextInt(lines.size() + 1);
    }

    private String line(String text) {
        return any(Arrays.asList(text.split("\n", -1)));
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Replaces a run of letters and digits, or another character, by a word. */
    private String replaceWord(String text, String by) {
        if (text.isEmpty()) {
            return by;
        }
        int start = random.nextInt(text.length());
        int end = start + 1;
        if (Character.isLetterOrDigit(text.charAt(start))) {
            while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
                start--;
            }
            while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
                end++;
            }
        }
        return text.substring(0, start) + by + text.substring(end);
    }

    private String insert(String text, String what) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + what + text.substring(at);
    }

    private String repeat(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int start = random.nextInt(text.length());
        int end = Math.min(text.length(), start + 1 + random.nextInt(40));
        return text.substring(0, end) + text.substring(start, end).repeat(1 + random.nextInt(4)) + text.substring(end);
    }

    private byte[] inBytes(byte[] file, byte[] other) {
        if (file.length == 0) {
            return other;
        }
        byte[] changed = file.clone();
        int at = random.nextInt(file.length);
        switch (random.nextInt(7)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> changed[at] = (byte) (random.nextBoolean() ? 0xff : 0);
            case 3 -> changed = Arrays.copyOf(file, at);
            case 4 ->
                changed = joined(file, 0, at, file, Math.min(file.length, at + 1 + random.nextInt(16)), file.length);
            case 5 -> {
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                changed = joined(file, 0, at, other, from, other.length);
            }
            default -> {
                // Changes a few adjacent bytes, such as lengths and offsets of binary formats.
                for (int i = at; i < Math.min(file.length, at + 4); i++) {
                    changed[i] = (byte) (random.nextInt(3) == 0 ? 0xff : random.nextInt(4));
                }
            }
        }
        return changed;
    }

    private static byte[] joined(byte[] first, int from, int to, byte[] second, int start, int end) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first, from, to - from);
        all.write(second, start, end - start);
        return all.toByteArray();
    }
}
