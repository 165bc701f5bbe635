// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.check;

import dev.atp4j.lexicon.check.Finding.Severity;
import java.util.Locale;

/** The rules of {@link LexiconLint} beyond those of the language. */
enum Rule {
    BLOB_UNLIMITED,
    CASE_COLLISION,
    CURSOR_NOT_RETURNED,
    DANGLING_REF(Severity.ERROR),
    DEFAULT_INVALID(Severity.ERROR),
    DEF_NAME_SYNTAX,
    DEFS_MAIN_DEFINITION,
    ENDPOINT_OUTPUT_UNDEFINED,
    ENUM_CLOSED,
    ERROR_DUPLICATE,
    FIELD_NAME_RESERVED(Severity.ERROR),
    FIELD_NAME_SYNTAX,
    FILE_PATH,
    FORMAT_AND_LENGTH,
    GRAPHEMES_WITHOUT_LENGTH,
    HANDLE_IN_RECORD,
    KNOWN_STRING_LOCAL_REF,
    KNOWN_VALUE_DUPLICATE,
    KNOWN_VALUE_UNDEFINED,
    LARGE_BYTES,
    LARGE_STRING,
    LENGTH_BELOW_GRAPHEMES,
    MISSING_PRIMARY_DESCRIPTION,
    NULLABLE_AND_OPTIONAL,
    PERMISSIONSET_NO_DETAIL,
    PERMISSIONSET_NO_PERMISSIONS,
    PERMISSIONSET_NO_TITLE,
    PERMISSIONSET_OUTSIDE_NAMESPACE,
    PERMISSIONSET_UNKNOWN_RESOURCE,
    REF_DOCUMENT_MISSING,
    REF_TARGET(Severity.ERROR),
    REQUIRED_WITH_DEFAULT,
    SUBSCRIPTION_FOREIGN_MESSAGE,
    SUBSCRIPTION_NO_MESSAGES,
    UNDESCRIBED_TOKEN,
    UNION_CLOSED,
    UNION_DUPLICATE_REF,
    UNION_EMPTY,
    UNION_TARGET(Severity.ERROR),
    UNLIMITED_ARRAY,
    UNLIMITED_BYTES,
    UNLIMITED_STRING,
    UNSAFE_INTEGER;

    private final Severity severity;

    Rule() {
        this(Severity.WARNING);
    }

    Rule(Severity severity) {
        this.severity = severity;
    }

    Severity severity() {
        return severity;
    }

    /** Returns the name that findings carry, such as {@code dangling-ref}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
