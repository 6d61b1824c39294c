// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Entry;
import io.github.readonlyrootfs.yaml.YamlNode.Mapping;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import io.github.readonlyrootfs.yaml.YamlNode.Sequence;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code yamldecode} makes of a text (github.com/zclconf/go-cty-yaml, {@code resolve.go}). A word without quotes that
 * versions of YAML disagree about is unknown.
 *
 * @param unended whether the last line has no end
 */
record YamlValues(Evaluator evaluator, boolean unended) {

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?+(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:[eE][-+]?+\\d{1,6}+)?+");

    /** Booleans of YAML 1.1, dates, octal and hexadecimal numbers, infinity, merge keys. */
    private static final Pattern DISPUTED = Pattern.compile("(?i)y|n|yes|no|on|off|<<|=|[-+]?+\\.(?:inf|nan)"
            + "|[-+]?+0[xo]\\w++|[-+]?+\\d*+_[\\d_]*+|-0.*+|\\d{4}-\\d.*+");

    static Node decoded(SourceFile source, Evaluator evaluator) {
        try {
            List<YamlNode> documents = YamlReader.readAll(source);
            return documents.size() == 1
                    ? new YamlValues(evaluator, !source.text().endsWith("\n")).value(documents.get(0))
                    : evaluator.unknown(
                            source.location(0, 0), "`yamldecode` of several documents, or none, is not evaluated");
        } catch (UnreadableSourceException e) {
            throw new EvaluationException("`yamldecode` is given a text that is not YAML");
        }
    }

    private Node value(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (node.tag().isPresent()) {
            return evaluator.unknown(node.location(), "the tag of a YAML value is not evaluated");
        }
        return node instanceof Sequence list
                ? new ArrayNode(
                        list.location(), list.items().stream().map(this::value).toList())
                : object((Mapping) node);
    }

    private Node object(Mapping mapping) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            Location place = entry.key().location();
            boolean merged = !place.isWithin(mapping.location());
            if (merged || !(scalar(entry.key()) instanceof TextNode key) || members.containsKey(key.value())) {
                return evaluator.unknown(place, "this key of a YAML mapping is not evaluated");
            }
            members.put(key.value(), new Member(key.value(), place, value(entry.value())));
        }
        return new ObjectNode(mapping.location(), List.copyOf(members.values()), Optional.empty());
    }

    private Node scalar(Scalar scalar) {
        Location place = scalar.location();
        String text = scalar.value();
        boolean isText = !scalar.plain() || scalar.tag().equals(Optional.of(Scalar.STRING_TAG));
        if (scalar.tag().isPresent() && !isText) {
            return evaluator.unknown(place, "the tag of a YAML value is not evaluated");
        }
        if (isText) {
            // Libraries disagree about a block whose last line has no end.
            return unended && text.endsWith("\n")
                    ? evaluator.unknown(place, "the end of this text is not evaluated")
                    : Conversions.string(place, text);
        }
        if (Scalar.isNull(text)) {
            return new NullNode(place);
        }
        Optional<Boolean> bool = Scalar.bool(text);
        if (bool.isPresent()) {
            return new BooleanNode(place, bool.get());
        }
        if (NUMBER.matcher(text).matches() && !text.matches("-0.*+")) {
            return Conversions.number(new NullNode(place), new BigDecimal(text));
        }
        return DISPUTED.matcher(text).matches()
                ? evaluator.unknown(place, "what this word means, versions of YAML disagree about")
                : Conversions.string(place, text);
    }
}
