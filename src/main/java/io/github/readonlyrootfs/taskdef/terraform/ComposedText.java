// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text that a template gives, each piece with its place. What is unknown in it is a placeholder there. */
final class ComposedText implements LocatedText {

    private final Location whole;
    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();
    private Optional<UnresolvedNode> unknown = Optional.empty();

    /**
     * @param at where it begins in the text; it ends where the next one begins
     * @param folded the source, or what is in its place where a part of it encodes a value in JSON
     */
    private record Piece(int at, LocatedText source, int start, int end, LocatedText folded) {

        boolean folds() {
            return folded != source;
        }
    }

    ComposedText(Location whole) {
        this.whole = whole;
    }

    /** Adds a text from a part of a source. */
    void add(String value, LocatedText source, int start, int end) {
        add(value, source, start, end, source);
    }

    private void add(String value, LocatedText source, int start, int end, LocatedText folded) {
        pieces.add(new Piece(text.length(), source, start, end, folded));
        text.append(value);
    }

    void add(String value, Location place) {
        add(value, new Fixed(value, place), 0, 0);
    }

    /** Adds the placeholder of a value that is unknown. */
    void add(UnresolvedNode value, Location place) {
        add(value, place, Optional.empty(), Optional.empty());
    }

    /**
     * Adds the text of a value.
     *
     * @param origin where its characters are, if it is not written in one place
     * @param word for what it encodes in JSON, if it does
     */
    void add(Node value, Location place, Optional<LocatedText> origin, Optional<String> word) {
        String shown = value instanceof UnresolvedNode open ? open.text() : Conversions.text(value);
        LocatedText source = origin.filter(it -> it.text().equals(shown)).orElseGet(() -> new Fixed(shown, place));
        LocatedText other = word.<LocatedText>map(it -> new Fixed(it, place)).orElseGet(() -> folded(source));
        if (unknown.isEmpty() && value instanceof UnresolvedNode open) {
            unknown = Optional.of(open);
        }
        add(shown, source, 0, shown.length(), other);
    }

    /** A text with a word in place of each part that encodes a value in JSON; the same text where no part does. */
    static LocatedText folded(LocatedText text) {
        return text instanceof ComposedText composed && composed.pieces.stream().anyMatch(Piece::folds)
                ? composed.folded()
                : text;
    }

    private ComposedText folded() {
        ComposedText other = new ComposedText(whole);
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.folds()) {
                String value = piece.folded().text();
                other.add(value, piece.folded(), 0, value.length());
            } else {
                other.add(text.substring(piece.at(), end(i)), piece.source(), piece.start(), piece.end());
            }
        }
        return other;
    }

    /** Where a piece ends in the text. */
    private int end(int index) {
        return index + 1 < pieces.size() ? pieces.get(index + 1).at() : text.length();
    }

    private record Fixed(String text, Location place) implements LocatedText {

        @Override
        public Location location(int start, int end) {
            return place;
        }
    }

    boolean isKnown() {
        return unknown.isEmpty();
    }

    int length() {
        return text.length();
    }

    @Override
    public String text() {
        return text.toString();
    }

    @Override
    public Location location(int start, int end) {
        if (pieces.isEmpty()) {
            return whole;
        }
        Location first = place(start, start);
        Location last = place(Math.max(start, end - 1), end);
        return first.file().equals(last.file()) && !last.startsBefore(first) ? first.upTo(last) : first;
    }

    private Location place(int from, int to) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).at() <= from) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Piece piece = pieces.get(low);
        int length = end(low) - piece.at();
        return length == piece.end() - piece.start()
                ? piece.source().location(piece.start() + from - piece.at(), piece.start() + to - piece.at())
                : piece.source().location(piece.start(), piece.end());
    }

    Node toNode() {
        return unknown.<Node>map(first -> new UnresolvedNode(whole, text.toString(), first.reason(), first.name()))
                .orElseGet(() -> Conversions.string(whole, text.toString()));
    }
}
