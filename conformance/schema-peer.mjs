// SPDX-License-Identifier: MIT OR Apache-2.0
// Schemas of @atproto/lex-schema, made of lexicon documents in memory the way @atproto/lex-builder makes them in source code.
import { lexParse } from '@atproto/lex-json'
import { l } from '@atproto/lex-schema'

let definitions = new Map()

const resolved = (nsid, ref) => {
  const [id, hash = 'main'] = ref.split('#')
  return `${id || nsid}#${hash}`
}

const only = (def, ...names) => Object.fromEntries(names.filter((name) => name in def).map((name) => [name, def[name]]))

function property(nsid, def) {
  const ref = (target) => () => definitions.get(resolved(nsid, target))
  const chosen = () => {
    if (def.const != null) return l.literal(def.const)
    if (def.enum != null) return def.enum.length === 1 ? l.literal(def.enum[0]) : l.enum(def.enum)
    return null
  }
  const defaulted = (schema) => (def.default === undefined ? schema : l.withDefault(schema, def.default))
  switch (def.type) {
    case 'unknown':
      return l.lexMap()
    case 'boolean':
      return defaulted(chosen() ?? l.boolean())
    case 'integer':
      return defaulted(chosen() ?? l.integer(only(def, 'minimum', 'maximum')))
    case 'string': {
      const options = only(def, 'format', 'minLength', 'maxLength', 'minGraphemes', 'maxGraphemes')
      return defaulted(chosen() ?? l.string(options))
    }
    case 'bytes':
      return l.bytes(only(def, 'minLength', 'maxLength'))
    case 'cid-link':
      return l.cid()
    case 'blob':
      return l.blob(only(def, 'accept', 'maxSize'))
    case 'array':
      return l.array(property(nsid, def.items), only(def, 'minLength', 'maxLength'))
    case 'ref':
      return l.ref(ref(def.ref))
    case 'union':
      return def.refs.length === 0 && def.closed
        ? l.never()
        : l.typedUnion(def.refs.map((target) => l.typedRef(ref(target))), def.closed ?? false)
    default:
      throw new Error(`no schema of type ${def.type}`)
  }
}

function properties(nsid, def) {
  return Object.fromEntries(
    Object.entries(def.properties ?? {}).map(([name, each]) => {
      let schema = property(nsid, each)
      if (def.nullable?.includes(name)) schema = l.nullable(schema)
      return [name, def.required?.includes(name) ? schema : l.optional(schema)]
    }),
  )
}

function definition(nsid, hash, def) {
  switch (def.type) {
    case 'record':
      return l.record(def.key, nsid, l.object(properties(nsid, def.record)))
    case 'object':
      return l.typedObject(nsid, hash, l.object(properties(nsid, def)))
    case 'token':
      return l.token(nsid, hash)
    case 'query':
      return l.params(properties(nsid, def.parameters))
    default:
      return property(nsid, def)
  }
}

export const schemaOperations = {
  lexicons: (text) => {
    definitions = new Map()
    for (const { id, defs } of JSON.parse(text)) {
      for (const [hash, def] of Object.entries(defs)) definitions.set(`${id}#${hash}`, definition(id, hash, def))
    }
    return { ok: true }
  },
  valid: ([name, text]) => {
    const result = definitions.get(name).safeValidate(lexParse(text))
    return result.success ? { ok: true } : { ok: false, why: String(result.message).slice(0, 200) }
  },
}
