// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the keys and values of a task definition's file stand, as it is written: with what says nothing, such as {@code
 * "volumes": []}, and with a template's functions instead of what they give. Objects and arrays are known by their
 * places.
 */
public final class Outline {

    /** Of a task definition that is in no file, or in a generated one. */
    public static final Outline EMPTY = new Outline(List.of(), Files.NONE);

    /** What kind of value a key has. */
    public enum Kind {
        /** Null, or empty. */
        NOTHING,
        SCALAR,
        OBJECT,
        ARRAY,
        /** A function of CloudFormation's, or an expression of Terraform's. */
        CALL
    }

    /**
     * A file with what is written in it.
     *
     * @param roots which are not parts of each other
     */
    public record Written(SourceFile source, List<Node> roots) {}

    /** Several files that a task definition is written in. */
    public interface Files {

        Files NONE = new Files() {
            @Override
            public Optional<Written> written(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<Location> origin(Location reference) {
                return Optional.empty();
            }

            @Override
            public Map<String, String> names(Location object) {
                return Map.of();
            }
        };

        /** Read only where an edit needs it. */
        Optional<Written> written(String name);

        /** Where the value of a variable is written that nothing but this reference uses. */
        Optional<Location> origin(Location reference);

        /** How a public module calls the keys of an object that it makes. */
        Map<String, String> names(Location object);
    }

    public record Member(String key, Location keyLocation, Location value, Kind kind) {}

    /**
     * The object or array that contains a value.
     *
     * @param whole the object or array
     * @param member the key that it is under, in an object
     * @param only whether it is all that there is in it
     */
    public record Holder(Location whole, Optional<Member> member, boolean only) {}

    private final List<Node> roots;
    private final Files files;
    private final Map<String, Optional<Written>> read = new HashMap<>();
    private final Map<Location, List<Member>> objects = new HashMap<>();
    private final Map<Location, List<Location>> arrays = new HashMap<>();
    private final Map<Location, Holder> holders = new HashMap<>();
    private final Set<Location> calls = new HashSet<>();
    private boolean indexed;

    private Outline(List<Node> roots, Files files) {
        this.roots = roots;
        this.files = files;
    }

    /** @param root of the file, as it was parsed */
    public static Outline of(Node root) {
        return new Outline(List.of(root), Files.NONE);
    }

    public static Outline of(Files files) {
        return new Outline(List.of(), files);
    }

    /** One of several files that the task definition is written in. */
    public Optional<SourceFile> source(String file) {
        return written(file).map(Written::source);
    }

    private synchronized Optional<Written> written(String file) {
        Optional<Written> known = read.get(file);
        if (known == null) {
            known = files.written(file);
            read.put(file, known);
            known.ifPresent(it -> it.roots().forEach(this::add));
        }
        return known;
    }

    /** With the JSON in a string of the file; unchanged if the file cannot be edited. */
    public Outline with(Node embedded) {
        return roots.isEmpty()
                ? this
                : new Outline(Stream.concat(roots.stream(), Stream.of(embedded)).toList(), files);
    }

    /** The keys of an object; empty where no object is there, or the call of a function. */
    public List<Member> members(Location object) {
        index(object);
        return objects.getOrDefault(object, List.of());
    }

    /** The member that counts under a key. */
    public Optional<Member> member(Location object, String key) {
        List<Member> members = members(object);
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).key().equals(key)) {
                return Optional.of(members.get(i));
            }
        }
        return Optional.empty();
    }

    /** The places of an array's elements. */
    public List<Location> elements(Location array) {
        index(array);
        return arrays.getOrDefault(array, List.of());
    }

    /** The object or array that contains a value; empty for the whole file. */
    public Optional<Holder> holder(Location value) {
        index(value);
        return Optional.ofNullable(holders.get(value));
    }

    /** Where the value of a computed one is written, if nothing else uses it. */
    public Optional<Location> origin(Location value) {
        return isCall(value) ? files.origin(value) : Optional.empty();
    }

    /** How those who write an object have to call its keys, if not by their own names. */
    public Map<String, String> names(Location object) {
        return files.names(object);
    }

    public boolean isCall(Location value) {
        index(value);
        return calls.contains(value);
    }

    /** The function of which a value is an argument. */
    public Optional<Location> call(Location value) {
        return holder(value)
                .map(Holder::whole)
                .flatMap(arguments -> calls.contains(arguments)
                        ? Optional.of(arguments)
                        : Optional.ofNullable(holders.get(arguments))
                                .filter(around -> arrays.containsKey(arguments))
                                .map(Holder::whole)
                                .filter(calls::contains));
    }

    /** Indexed on first use: only edits need it. */
    private synchronized void index(Location place) {
        written(place.file());
        if (!indexed) {
            for (Node root : roots) {
                add(root);
            }
        }
        indexed = true;
    }

    // The value of an alias occurs several times, first where it is written: that occurrence counts.
    private void add(Node written) {
        Node node = written.unconditional();
        if (node instanceof ObjectNode object) {
            List<Member> members = new ArrayList<>();
            for (Node.Member member : object.members()) {
                members.add(new Member(
                        member.key(), member.keyLocation(), member.value().location(), kind(member.value())));
            }
            boolean isCall = object.call().isPresent();
            if (objects.putIfAbsent(object.location(), isCall ? List.of() : List.copyOf(members)) == null) {
                if (isCall) {
                    calls.add(object.location());
                }
                for (int i = 0; i < members.size(); i++) {
                    hold(
                            object,
                            Optional.of(members.get(i)),
                            object.members().get(i).value(),
                            members.size());
                }
            }
        } else if (node instanceof ArrayNode array) {
            List<Location> elements = new ArrayList<>();
            for (Node element : array.elements()) {
                elements.add(element.location());
            }
            if (arrays.putIfAbsent(array.location(), List.copyOf(elements)) == null) {
                for (Node element : array.elements()) {
                    hold(array, Optional.empty(), element, elements.size());
                }
            }
        }
    }

    private void hold(Node whole, Optional<Member> member, Node value, int siblings) {
        holders.putIfAbsent(value.location(), new Holder(whole.location(), member, siblings == 1));
        add(value);
    }

    private static Kind kind(Node written) {
        Node node = written.unconditional();
        if (node.isAbsent()) {
            return Kind.NOTHING;
        }
        if (node instanceof ObjectNode object) {
            return object.call().isPresent() ? Kind.CALL : Kind.OBJECT;
        }
        return node instanceof ArrayNode ? Kind.ARRAY : Kind.SCALAR;
    }
}
