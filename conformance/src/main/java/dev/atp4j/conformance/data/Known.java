// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance.data;

/** Why we and the npm packages disagree on purpose. Each is recognised by a rule, and all else that differs is a failure. */
enum Known {
    /** Ours no, theirs yes: what stands before {@code #} is an AT URI by both. */
    FRAGMENT("an `at-uri` in a record or a call has no fragment by the specification; theirs reads one"),
    /** Ours yes, theirs no: it has no binary form, or is longer than 128 characters. */
    CID_TEXT("as the public vectors want, only the outer form of a CID's text is checked; what is inside shows when its"
            + " bytes are wanted"),
    /** Ours no, theirs yes: day 29 to 31 of a shorter month. */
    NO_SUCH_DAY("`new Date` takes 31 April for 1 May; the specification wants real dates"),
    /** Ours yes, theirs no: an old tag in other letters. */
    LETTER_CASE("letters of a language tag may be of either case (RFC 5646), those of the old registered tags too"),
    /** Ours yes, theirs no: {@code +-.} in the scheme, or one slash behind it. */
    URI_FORM("theirs takes no `+`, `-` or `.` in a scheme and no single slash after it, which RFC 3986 allows"),
    /** Ours no, theirs yes: the scheme does not begin with a letter or has {@code _}, or something is no visible ASCII. */
    NO_URI("theirs takes digits first and `_` in a scheme, characters beyond ASCII in the rest, and any length"),
    /** Ours yes, theirs no: an integer beyond 2^53 - 1. */
    SAFE_INTEGER("integers have 64 bits by the specification; JavaScript keeps 53"),
    /** Ours no, theirs yes: an integer of more than 64 bits, which only CBOR can bring to theirs. */
    INTEGER_64("integers have 64 bits by the specification; theirs makes a BigInt of more"),
    /** Ours no, theirs yes: the number is smaller than half the smallest double, or has more digits than a double. */
    ROUNDED("theirs reads a double first, so that 1e-400 is 0 and 5.000000000000000000000001 is 5"),
    /** Ours no, theirs yes: deeper than 32, more than 131,072 entries, or larger than 1 MiB. */
    LIMIT("theirs has no limits to depth and size; those of the specification are kept by us"),
    /** Ours no, theirs yes: the last one counts. */
    SAME_NAME("`JSON.parse` lets the last of two fields of one name win; strict reading refuses it"),
    /** Ours no, theirs yes: half of a surrogate pair, which becomes U+FFFD in CBOR. */
    SURROGATE("half of a surrogate pair cannot be written in UTF-8; theirs writes U+FFFD instead"),
    /** Ours no, theirs yes: a name without a character. */
    EMPTY_NAME("names of fields are not empty by the specification"),
    /** Ours no, theirs yes: letters of other alphabets of base64, and what is no letter at all. */
    BASE64("bytes are in the standard alphabet by the specification; theirs passes over what it does not know"),
    /** Ours yes, theirs no: {@code __proto__}. */
    PROTO("a field named `__proto__` is dangerous to JavaScript only"),
    /** Ours yes, theirs no: a media type without a slash, or a reference to other than raw bytes. */
    BLOB(
            "theirs wants a slash in a blob's media type and a `raw` CID; the specification has no word on the former, and we"
                    + " check the latter where a schema is at hand"),
    /** Ours no, theirs yes: not written the same again by theirs. */
    NOT_CANONICAL("theirs reads CBOR that it would write otherwise: other orders, replaced UTF-8, floats, `undefined`"),
    /** Ours no, theirs yes: a CID of version 0, in another base than base32, or of numbers in a longer form. */
    CID_FORM("CIDs in data are of version 1 and in base32 by the specification; theirs reads older forms"),
    /** Ours no, theirs yes: nothing is wrong but that an object of unknown type is a blob. */
    UNKNOWN_BLOB("a blob is no object of `unknown` type by the specification and the public vectors"),
    /** Ours yes, theirs no: a parameter that the lexicon does not have. */
    OTHER_PARAMETER(
            "theirs looks at parameters that the lexicon does not have, which no URL could carry; ours lets them pass"),
    /** Ours no, theirs yes: true of any hash function in theirs. */
    RAW_OF_ANY_HASH("a CID is `raw` to us if it is a SHA-256 as well"),
    /** Another link, or only one of us has it: a bare domain that begins with {@code http}, or nothing behind a scheme. */
    NO_LINK("theirs takes `httpbin.org` for an address that has its scheme, and links `https://` alone"),
    /** Ours no, theirs yes: more than 640 bytes. */
    LONG_TAG("theirs counts the graphemes of a tag and not its bytes, which the lexicon limits to 640"),
    /** Theirs shows U+FFFD: a facet begins or ends within a character. */
    HALF_CHARACTER("theirs cuts a character in two where a facet does; ours passes over such facets"),
    /** Theirs shows less: the text has a U+FEFF. */
    BYTE_ORDER_MARK("theirs loses a U+FEFF at the start of each part, as `TextDecoder` does");

    private final String reason;

    Known(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
