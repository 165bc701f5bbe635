// SPDX-License-Identifier: MIT OR Apache-2.0
// What the npm packages say to questions about data: one question a line, one answer a line.
//
//   OPERATION <tab> ARGUMENT, both in JSON where they are no words      ->      one JSON value
import { createInterface } from 'node:readline'
import { RichText } from '@atproto/api'
import { cidForLex, decode, encode } from '@atproto/lex-cbor'
import { cidForCbor, cidForRawBytes, decodeCid, isCborCid, isRawCid, parseCid } from '@atproto/lex-data'
import { lexParse, lexStringify } from '@atproto/lex-json'
import { isStringFormat } from '@atproto/lex-schema'
import { schemaOperations } from './schema-peer.mjs'

const hex = (bytes) => Buffer.from(bytes).toString('hex')
const bytes = (text) => new Uint8Array(Buffer.from(text, 'hex'))
const stringified = (value) => {
  try {
    return lexStringify(value)
  } catch {
    return null // integers that JavaScript keeps apart from others
  }
}
const described = (cid) => ({ text: cid.toString(), bytes: hex(cid.bytes), raw: isRawCid(cid), cbor: isCborCid(cid) })

const operations = {
  format: ([format, text]) => ({ ok: isStringFormat(text, format) }),
  json: async (text) => {
    const value = lexParse(text, { strict: true })
    const cbor = encode(value)
    return { ok: true, json: lexStringify(value), cbor: hex(cbor), cid: (await cidForLex(value)).toString() }
  },
  cbor: (text) => {
    const value = decode(bytes(text))
    return { ok: true, json: stringified(value), cbor: hex(encode(value)) }
  },
  cid: (text) => ({ ok: true, ...described(parseCid(text)) }),
  cidBytes: (text) => ({ ok: true, ...described(decodeCid(bytes(text))) }),
  hash: async (text) => ({
    ok: true,
    raw: (await cidForRawBytes(bytes(text))).toString(),
    cbor: (await cidForCbor(bytes(text))).toString(),
  }),
  facets: (text) => {
    const rich = new RichText({ text })
    rich.detectFacetsWithoutResolution()
    return { ok: true, facets: rich.facets ?? [] }
  },
  segments: ([text, facets]) => {
    const parts = [...new RichText({ text, facets: JSON.parse(facets) }).segments()]
    return { ok: true, segments: parts.map((part) => (part.facet ? '[' + part.text + ']' : part.text)) }
  },
  ...schemaOperations,
}

async function answer(line) {
  const tab = line.indexOf('\t')
  try {
    return await operations[line.slice(0, tab)](JSON.parse(line.slice(tab + 1)))
  } catch (error) {
    return { ok: false, why: String(error.message).slice(0, 200) }
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  // Nothing but ASCII, so that a line is a line everywhere.
  const text = JSON.stringify(await answer(line)).replace(/[^ -~]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
  process.stdout.write(text + '\n')
}
