// SPDX-License-Identifier: MIT OR Apache-2.0
// Schemas, built of lexicon documents the way the code that lex-builder generates does it.
export const schemaOperations = {}
