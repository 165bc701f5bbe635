// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon;

import dev.atp4j.data.LexMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A definition of a lexicon. Immutable. The language names all kinds, so a {@code switch} may be exhaustive. */
public sealed interface Def {

    /**
     * Returns what it is for.
     *
     * @return the description, or null
     */
    @Nullable
    String description();

    /**
     * A record, which repositories hold.
     *
     * @param description what it is for, or null
     * @param key the form of its keys: {@code tid}, {@code nsid}, {@code any}, or {@code literal:} and the one key; null if
     *     the document does not say, which is against the rules and seen in the wild
     * @param value what a record holds
     */
    record RecordDef(@Nullable String description, @Nullable String key, Schema.ObjectSchema value) implements Def {}

    /**
     * A method that reads.
     *
     * @param description what it is for, or null
     * @param params its parameters, or null
     * @param output what a success gives, or null
     * @param errors the errors that it declares
     */
    record QueryDef(
            @Nullable String description,
            Schema.@Nullable ParamsSchema params,
            @Nullable Body output,
            List<ErrorName> errors)
            implements Def {

        /** Copies the collections. */
        public QueryDef {
            errors = List.copyOf(errors);
        }
    }

    /**
     * A method that changes something.
     *
     * @param description what it is for, or null
     * @param params its parameters, or null
     * @param input what it takes, or null
     * @param output what a success gives, or null
     * @param errors the errors that it declares
     */
    record ProcedureDef(
            @Nullable String description,
            Schema.@Nullable ParamsSchema params,
            @Nullable Body input,
            @Nullable Body output,
            List<ErrorName> errors)
            implements Def {

        /** Copies the collections. */
        public ProcedureDef {
            errors = List.copyOf(errors);
        }
    }

    /**
     * A stream of messages.
     *
     * @param description what it is for, or null
     * @param params its parameters, or null
     * @param message the messages, a union by the rules, or null
     * @param errors the errors that it declares
     */
    record SubscriptionDef(
            @Nullable String description,
            Schema.@Nullable ParamsSchema params,
            @Nullable Schema message,
            List<ErrorName> errors)
            implements Def {

        /** Copies the collections. */
        public SubscriptionDef {
            errors = List.copyOf(errors);
        }
    }

    /**
     * A bundle of permissions that an app may ask for.
     *
     * @param description what it is for, or null
     * @param title its name for people, or null
     * @param titles the name in other languages, by language
     * @param detail an explanation for people, or null
     * @param details the explanation in other languages, by language
     * @param permissions what it permits, those of unknown resources included
     */
    record PermissionSetDef(
            @Nullable String description,
            @Nullable String title,
            Map<String, String> titles,
            @Nullable String detail,
            Map<String, String> details,
            List<Permission> permissions)
            implements Def {

        /** Copies the collections. */
        public PermissionSetDef {
            titles = Collections.unmodifiableMap(new LinkedHashMap<>(titles));
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
            permissions = List.copyOf(permissions);
        }
    }

    /**
     * What a request or an answer carries.
     *
     * @param description what it is for, or null
     * @param encoding its media type, or a pattern of one
     * @param schema what it holds if it is JSON, or null
     */
    record Body(
            @Nullable String description,
            String encoding,
            @Nullable Schema schema) {}

    /**
     * An error that a method declares. Servers answer others as well.
     *
     * @param name its name
     * @param description what it means, or null
     */
    record ErrorName(String name, @Nullable String description) {}

    /**
     * A part of a bundle of permissions.
     *
     * @param resource what it is about, such as {@code repo} or {@code rpc}
     * @param raw all that is said
     */
    record Permission(String resource, LexMap raw) {}

    /** A type of data, as a definition or within one. */
    sealed interface Schema extends Def {

        /**
         * A truth value.
         *
         * @param description what it is for, or null
         * @param defaultValue what absence means, or null
         * @param constant the only value allowed, or null
         */
        record BooleanSchema(
                @Nullable String description,
                @Nullable Boolean defaultValue,
                @Nullable Boolean constant) implements Schema {}

        /**
         * A number.
         *
         * @param description what it is for, or null
         * @param minimum the smallest value, or null
         * @param maximum the largest value, or null
         * @param enumeration the only values allowed; empty for all
         * @param defaultValue what absence means, or null
         * @param constant the only value allowed, or null
         */
        record IntegerSchema(
                @Nullable String description,
                @Nullable Long minimum,
                @Nullable Long maximum,
                List<Long> enumeration,
                @Nullable Long defaultValue,
                @Nullable Long constant)
                implements Schema {

            /** Copies the collections. */
            public IntegerSchema {
                enumeration = List.copyOf(enumeration);
            }
        }

        /**
         * A text.
         *
         * @param description what it is for, or null
         * @param format the name of its format, such as {@code did}, or null
         * @param minLength the fewest bytes in UTF-8, or null
         * @param maxLength the most bytes in UTF-8, or null
         * @param minGraphemes the fewest characters as people see them, or null
         * @param maxGraphemes the most characters as people see them, or null
         * @param enumeration the only values allowed; empty for all
         * @param knownValues values that are usual, among others
         * @param defaultValue what absence means, or null
         * @param constant the only value allowed, or null
         */
        record StringSchema(
                @Nullable String description,
                @Nullable String format,
                @Nullable Long minLength,
                @Nullable Long maxLength,
                @Nullable Long minGraphemes,
                @Nullable Long maxGraphemes,
                List<String> enumeration,
                List<String> knownValues,
                @Nullable String defaultValue,
                @Nullable String constant)
                implements Schema {

            /** Copies the collections. */
            public StringSchema {
                enumeration = List.copyOf(enumeration);
                knownValues = List.copyOf(knownValues);
            }
        }

        /**
         * A byte string.
         *
         * @param description what it is for, or null
         * @param minLength the fewest bytes, or null
         * @param maxLength the most bytes, or null
         */
        record BytesSchema(
                @Nullable String description,
                @Nullable Long minLength,
                @Nullable Long maxLength) implements Schema {}

        /**
         * A link by content.
         *
         * @param description what it is for, or null
         */
        record CidLinkSchema(@Nullable String description) implements Schema {}

        /**
         * A reference to a blob.
         *
         * @param description what it is for, or null
         * @param accept the media types allowed, or patterns of them; empty for all
         * @param maxSize the most bytes, or null
         */
        record BlobSchema(
                @Nullable String description,
                List<String> accept,
                @Nullable Long maxSize) implements Schema {

            /** Copies the collections. */
            public BlobSchema {
                accept = List.copyOf(accept);
            }
        }

        /**
         * A list.
         *
         * @param description what it is for, or null
         * @param items what it holds
         * @param minLength the fewest items, or null
         * @param maxLength the most items, or null
         */
        record ArraySchema(
                @Nullable String description,
                Schema items,
                @Nullable Long minLength,
                @Nullable Long maxLength) implements Schema {}

        /**
         * An object.
         *
         * @param description what it is for, or null
         * @param properties its fields by name, in the order of the document
         * @param required the fields that have to be there
         * @param nullable the fields that may be null
         */
        record ObjectSchema(
                @Nullable String description,
                Map<String, Schema> properties,
                Set<String> required,
                Set<String> nullable)
                implements Schema {

            /** Copies the collections. */
            public ObjectSchema {
                properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
                required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
                nullable = Collections.unmodifiableSet(new LinkedHashSet<>(nullable));
            }
        }

        /**
         * Parameters of a method.
         *
         * @param description what it is for, or null
         * @param properties the parameters by name, in the order of the document
         * @param required the parameters that have to be there
         */
        record ParamsSchema(@Nullable String description, Map<String, Schema> properties, Set<String> required)
                implements Schema {

            /** Copies the collections. */
            public ParamsSchema {
                properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
                required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
            }
        }

        /**
         * A name that stands for itself.
         *
         * @param description what it is for, or null
         */
        record TokenSchema(@Nullable String description) implements Schema {}

        /**
         * A definition somewhere else.
         *
         * @param description what it is for, or null
         * @param target where
         */
        record RefSchema(@Nullable String description, DefRef target) implements Schema {}

        /**
         * One of several definitions, told apart by {@code $type}.
         *
         * @param description what it is for, or null
         * @param variants the definitions
         * @param closed whether there can be no others
         */
        record UnionSchema(@Nullable String description, List<DefRef> variants, boolean closed) implements Schema {

            /** Copies the collections. */
            public UnionSchema {
                variants = List.copyOf(variants);
            }
        }

        /**
         * An object of open type.
         *
         * @param description what it is for, or null
         */
        record UnknownSchema(@Nullable String description) implements Schema {}
    }
}
