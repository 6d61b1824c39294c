// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mode of a {@code chmod}: an octal mode or clauses such as {@code u=rwX,g-w,+t}, with GNU's rules for directories,
 * which keep their set-id bits unless these are mentioned.
 */
public final class ModeChange {

    private static final int SET_IDS = 06000;
    private static final int STICKY = 01000;
    private static final int ALL = 07777;
    private static final int USER = 04700;
    private static final int GROUP = 02070;
    private static final int OTHERS = 01007;
    private static final int OWNER_WRITES = 0300;

    /** A clause of a symbolic mode, or one octal number. */
    private record Clause(int affected, boolean anybody, char operator, int bits, char copied, boolean executeIfAny) {}

    private final int octal;
    /** Whether an octal mode has so many digits that it also removes the set-id bits of a directory. */
    private final boolean drops;

    private final List<Clause> clauses;

    private ModeChange(int octal, boolean drops, List<Clause> clauses) {
        this.octal = octal;
        this.drops = drops;
        this.clauses = clauses;
    }

    public static ModeChange to(int mode) {
        return new ModeChange(mode, true, List.of());
    }

    /** Reads a mode as written; empty if it is not a mode. */
    public static Optional<ModeChange> parse(String written) {
        if (written.matches("[0-7]{1,7}")) {
            int octal = Integer.parseInt(written, 8);
            return octal > ALL ? Optional.empty() : Optional.of(new ModeChange(octal, written.length() > 4, List.of()));
        }
        List<Clause> clauses = new ArrayList<>();
        for (String part : written.split(",", -1)) {
            if (!parse(part, clauses)) {
                return Optional.empty();
            }
        }
        return Optional.of(new ModeChange(-1, false, clauses));
    }

    private static boolean parse(String part, List<Clause> clauses) {
        int at = 0;
        int who = 0;
        while (at < part.length() && "ugoa".indexOf(part.charAt(at)) >= 0) {
            who |= switch (part.charAt(at++)) {
                case 'u' -> USER;
                case 'g' -> GROUP;
                case 'o' -> OTHERS;
                default -> ALL;
            };
        }
        int first = at;
        while (at < part.length() && "+-=".indexOf(part.charAt(at)) >= 0) {
            char operator = part.charAt(at++);
            int bits = 0;
            char copied = ' ';
            boolean executeIfAny = false;
            while (at < part.length() && "+-=".indexOf(part.charAt(at)) < 0) {
                char c = part.charAt(at++);
                switch (c) {
                    case 'r' -> bits |= 0444;
                    case 'w' -> bits |= 0222;
                    case 'x' -> bits |= 0111;
                    case 'X' -> executeIfAny = true;
                    case 's' -> bits |= SET_IDS;
                    case 't' -> bits |= STICKY;
                    case 'u', 'g', 'o' -> copied = c;
                    default -> {
                        return false;
                    }
                }
            }
            clauses.add(new Clause(who == 0 ? ALL : who, who == 0, operator, bits, copied, executeIfAny));
        }
        return at > first && at == part.length();
    }

    /**
     * The mode that {@code install -d -m} gives a directory: for a new directory, clauses start from mode 0; for an
     * existing one they change only the bits that they name.
     *
     * @param existing whether it existed before; null if unknown
     */
    @Nullable
    public Integer forInstalled(@Nullable Integer old, @Nullable Boolean existing) {
        if (clauses.isEmpty()) {
            return apply(old, true, 0);
        }
        boolean copies = clauses.stream().anyMatch(clause -> clause.copied != ' ');
        Integer fresh = apply(0, true, 0);
        Integer kept = copies ? null : apply(old, true, 0);
        if (existing == null) {
            return fresh != null && fresh.equals(kept) ? fresh : null;
        }
        return existing ? kept : fresh;
    }

    /**
     * The mode that {@code mkdir -m} gives a new directory; null if clauses set special bits, which depend on the
     * umask.
     */
    @Nullable
    public Integer forNewDirectory(int umask) {
        Integer mode = apply(0777, true, umask);
        return mode == null || (!clauses.isEmpty() && (mode & 07000) != 0) ? null : mode;
    }

    /**
     * The mode afterwards.
     *
     * @param old null if unknown
     * @return null if it depends on unknown bits
     */
    @Nullable
    public Integer apply(@Nullable Integer old, boolean directory, int umask) {
        if (clauses.isEmpty()) {
            return directory && !drops && old != null ? octal | (old & SET_IDS) : octal;
        }
        // The special bits of an unknown mode are assumed to be 0; the clauses must decide all others.
        Bits bits = old == null ? new Bits(0, 07000) : new Bits(old, ALL);
        return bits.after(clauses, directory, umask).exact();
    }

    /** The ownership afterwards. If the mode is unknown, it may still be certain that the owner can write. */
    Ownership apply(Ownership old, boolean directory, int umask) {
        Integer mode = apply(old.mode(), directory, umask);
        Ownership changed = new Ownership(old.owner(), old.group(), mode);
        if (mode != null || !directory) {
            return changed;
        }
        int certain = old.ownerMayWrite() ? OWNER_WRITES : 0;
        Bits bits = new Bits(certain, 07000 | certain).after(clauses, true, umask);
        return (bits.mode & bits.known & OWNER_WRITES) == OWNER_WRITES ? changed.writableForOwner() : changed;
    }

    /** Permission bits, of which only some are known. */
    private record Bits(int mode, int known) {

        @Nullable
        Integer exact() {
            return (known & ALL) == ALL ? mode : null;
        }

        Bits after(List<Clause> clauses, boolean directory, int umask) {
            Bits bits = this;
            for (Clause clause : clauses) {
                bits = bits.after(clause, directory, umask);
            }
            return bits;
        }

        private Bits after(Clause clause, boolean directory, int umask) {
            int source = value(clause, mode, directory);
            int sourceKnown = valueKnown(clause, known, directory, mode);
            int affected = clause.anybody ? ALL & ~umask : clause.affected;
            int bits = source & affected;
            int stillKnown = (known | bits) & (sourceKnown | ~affected);
            return switch (clause.operator) {
                case '+' -> new Bits(mode | bits, stillKnown);
                case '-' -> new Bits(mode & ~bits, stillKnown);
                default -> {
                    int kept = directory ? SET_IDS & ~clause.bits : 0;
                    int cleared = (clause.anybody ? ALL : clause.affected) & ~kept;
                    yield new Bits((mode & ~cleared) | bits, (known & ~cleared) | (sourceKnown & cleared) | bits);
                }
            };
        }
    }

    private static int value(Clause clause, int mode, boolean directory) {
        int bits = clause.bits;
        if (clause.executeIfAny && (directory || (mode & 0111) != 0)) {
            bits |= 0111;
        }
        return bits | spread(clause.copied, mode);
    }

    /** The bits of a clause's right side that are certain. */
    private static int valueKnown(Clause clause, int known, boolean directory, int mode) {
        int certain = ALL;
        if (clause.executeIfAny && !directory && (mode & 0111) == 0 && (known & 0111) != 0111) {
            certain &= ~0111;
        }
        return clause.copied == ' ' ? certain : certain & (spread(clause.copied, known) | 07000);
    }

    private static int spread(char copied, int mode) {
        int three = switch (copied) {
            case 'u' -> mode >> 6 & 7;
            case 'g' -> mode >> 3 & 7;
            case 'o' -> mode & 7;
            default -> 0;
        };
        return three << 6 | three << 3 | three;
    }
}
