// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The beginnings of SHA-256 hashes of texts, which reports and records keep to see whether something is the same. */
public final class Sha256 {

    private Sha256() {}

    /** So many hexadecimal digits, at most 64, of the hash of a text. */
    public static String of(String text, int digits) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
