// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Expression.Part;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Filling;
import io.github.readonlyrootfs.taskdef.node.JsonTree;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.ConditionalNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The texts that templates give, and what such a text encodes in JSON, even if a part of it is unknown. */
final class Templates {

    /** No task definition needs longer texts: this bounds our memory. */
    private static final int MAX_TEXT = 4_000_000;

    private final Evaluator evaluator;

    /** By the text in its place: why a part of a text is unknown. */
    private final Map<String, UnresolvedNode> holes = new HashMap<>();

    /** What a text encodes in JSON, by the word for it in a longer text. */
    private final Map<String, Node> folds = new HashMap<>();

    private int textMade;
    private int words;

    Templates(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Node text(Location place, List<Part> parts, Scope scope) {
        ComposedText text = new ComposedText(place);
        add(parts, scope, text);
        textMade += text.length();
        if (textMade > MAX_TEXT) {
            return evaluator.unknown(place, "the texts of the configuration are too long");
        }
        return evaluator.from(text.toNode(), text);
    }

    void add(Node value, Location place, ComposedText text) {
        Optional<String> word = evaluator
                .encoded(value)
                .filter(Evaluator::isStructure)
                .map(content -> {
                    String name = "${json " + ++words + "}";
                    folds.put(name, content);
                    holes.put(name, new UnresolvedNode(place, name, "an object or array of JSON is in quotes"));
                    return name;
                });
        text.add(
                Conversions.isUnknown(value) ? evaluator.unknown(place, value) : value,
                place,
                evaluator.origin(value),
                word);
    }

    /** What a text of JSON has. */
    Node parsed(Node text, LocatedText source) throws UnreadableSourceException {
        LocatedText folded = ComposedText.folded(source);
        return text instanceof UnresolvedNode || folded != source
                ? restored(JsonTree.parse(folded, Filling.with(TemplateValues.NONE, true)))
                : JsonTree.parse(source, Filling.none());
    }

    private void add(List<Part> parts, Scope scope, ComposedText text) {
        for (Part part : parts) {
            if (text.length() > MAX_TEXT) {
                return;
            }
            if (part instanceof Part.Literal literal) {
                text.add(literal.text(), literal.source(), literal.start(), literal.end());
            } else if (part instanceof Part.Interpolation interpolation) {
                add(evaluator.part(interpolation.value(), scope), interpolation.location(), text);
            } else if (part instanceof Part.If branch) {
                Node condition = evaluator.evaluate(branch.condition(), scope);
                if (Conversions.isUnknown(condition)) {
                    text.add(directive("if", condition), branch.condition().location());
                    add(branch.then(), scope, text);
                    if (!branch.otherwise().isEmpty()) {
                        text.add("%{ else }", branch.condition().location());
                        add(branch.otherwise(), scope, text);
                    }
                    text.add("%{ endif }", branch.condition().location());
                } else {
                    add(Conversions.truth(condition) ? branch.then() : branch.otherwise(), scope, text);
                }
            } else if (part instanceof Part.Repeat repeat) {
                Node collection = evaluator.evaluate(repeat.collection(), scope);
                Location place = repeat.collection().location();
                for (Repetition.Step step : new Repetition(evaluator).steps(repeat.names(), collection, place)) {
                    if (step.unknown().isPresent()) {
                        text.add(directive("for", step.unknown().get()), place);
                        Node each = evaluator.because(place, step.unknown().get());
                        add(
                                repeat.content(),
                                scope.with(new Repetition(evaluator).names(repeat.names(), each, each)),
                                text);
                        text.add("%{ endfor }", place);
                    } else {
                        add(repeat.content(), scope.with(step.names()), text);
                    }
                }
            }
        }
    }

    /** What it decides stays in the text, between the directives, and is read as the template of the text is. */
    private UnresolvedNode directive(String word, Node cause) {
        UnresolvedNode unknown = evaluator.because(cause.location(), cause);
        String text = "%{ " + word + " " + ++words + " }";
        UnresolvedNode directive = new UnresolvedNode(cause.location(), text, unknown.reason());
        holes.put(text, directive);
        return directive;
    }

    /** Remembers why a value is unknown, in case it becomes a part of a text. */
    UnresolvedNode registered(UnresolvedNode unknown) {
        if (unknown.text().indexOf('}') == unknown.text().length() - 1) {
            holes.putIfAbsent(unknown.text(), unknown);
        }
        return unknown;
    }

    /** What a parser made of a text with unknown parts, each with its reason; what only looks like one is known. */
    private Node restored(Node parsed) {
        if (parsed instanceof ObjectNode object) {
            return object.with(member -> restored(member.value()));
        }
        if (parsed instanceof ArrayNode array) {
            return array.with(this::restored);
        }
        if (parsed instanceof ConditionalNode maybe) {
            return new ConditionalNode(restored(maybe.value()), maybe.reason());
        }
        if (parsed instanceof TextNode text) {
            Optional<UnresolvedNode> hole = hole(text.value());
            return hole.isPresent()
                    ? new UnresolvedNode(
                            text.location(),
                            text.value(),
                            hole.get().reason(),
                            hole.get().name())
                    : Conversions.string(text.location(), text.value());
        }
        if (parsed instanceof UnresolvedNode unresolved) {
            Node content = folds.get(unresolved.text());
            if (content != null) {
                return content;
            }
            return hole(unresolved.text())
                    .map(hole -> new UnresolvedNode(parsed.location(), unresolved.text(), hole.reason(), hole.name()))
                    .orElse(unresolved);
        }
        return parsed;
    }

    /** The first unknown part of a text. */
    private Optional<UnresolvedNode> hole(String text) {
        int brace = 0;
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                brace = i;
            } else if (text.charAt(i) == '}' && brace > 0) {
                UnresolvedNode hole = holes.get(text.substring(brace - 1, i + 1));
                if (hole != null) {
                    return Optional.of(hole);
                }
                brace = 0;
            }
        }
        return Optional.empty();
    }
}
