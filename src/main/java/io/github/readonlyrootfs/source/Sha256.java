// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The beginnings of SHA-256 hashes, which reports and records keep to see whether something is the same. Carriage returns do not
 * count: Git adds them on some machines.
 */
public final class Sha256 {

    private Sha256() {}

    /** So many hexadecimal digits, at most 64, of the hash of a text. */
    public static String of(String text, int digits) {
        try {
            return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), digits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of what is left of a stream. */
    public static String of(InputStream bytes, int digits) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                int kept = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] != '\r') {
                        buffer[kept++] = buffer[i];
                    }
                }
                digest.update(buffer, 0, kept);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
