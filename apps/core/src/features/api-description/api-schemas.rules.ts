import * as contract from '@bailiwick/contract';
import * as z from 'zod';

type Json = Record<string, unknown>;

/** Schemas as a request is sent may differ from the same as it is answered: defaults are optional there. */
const SENT = '.sent';

interface Converted {
  readonly schema: Json;
  readonly components: Record<string, Json>;
}

/** Turns schemas into JSON Schema, with a component for everything the contract names. */
export class ApiSchemas {
  private readonly answered = z.registry<{ id: string }>();
  private readonly sent = z.registry<{ id: string }>();

  constructor() {
    for (const [name, schema] of Object.entries(contract)) {
      if (!(schema instanceof z.ZodType) || this.answered.has(schema)) continue;
      this.answered.add(schema, { id: name });
      this.sent.add(schema, { id: `${name}${SENT}` });
    }
  }

  convert(schema: z.ZodType, direction: 'input' | 'output'): Converted {
    const {
      $schema: _,
      $defs,
      ...root
    } = toJsonSchema(schema, direction === 'input' ? this.sent : this.answered, direction);
    return { schema: root, components: parts($defs) };
  }

  /** Query fields stand side by side: the schema itself has to be in sight. */
  convertInPlace(schema: z.ZodType, direction: 'input' | 'output'): Converted {
    const { schema: root, components } = this.convert(schema, direction);
    const name = typeof root['$ref'] === 'string' ? root['$ref'].slice('#/$defs/'.length) : undefined;
    const found = name === undefined ? undefined : components[name];
    return found ? { schema: found, components } : { schema: root, components };
  }
}

function toJsonSchema(schema: z.ZodType, metadata: z.core.$ZodRegistry<{ id: string }>, io: 'input' | 'output'): Json {
  return {
    ...z.toJSONSchema(schema, {
      metadata,
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // The pattern spells out leap years; the format says the same.
        if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      },
    }),
  };
}

const parts = (definitions: unknown): Record<string, Json> =>
  isJson(definitions)
    ? Object.fromEntries(Object.entries(definitions).flatMap(([name, part]) => (isJson(part) ? [[name, part]] : [])))
    : {};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a component reads the same both ways, one of the two is enough. Takes and gives the document's JSON. */
export function joinDirections(text: string): string {
  const document = Document.parse(JSON.parse(text));
  const texts = new Map(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, JSON.stringify(schema)]),
  );
  const sent = [...texts.keys()].filter((name) => name.endsWith(SENT));
  const plain = (name: string): string => name.slice(0, -SENT.length);
  const joined = new Set(sent);
  const reads = (name: string): string =>
    [...joined].reduce((all, other) => all.replaceAll(ref(other), ref(plain(other))), texts.get(name) ?? '');
  for (let before = -1; before !== joined.size;) {
    before = joined.size;
    for (const name of sent) if (texts.has(plain(name)) && reads(name) !== texts.get(plain(name))) joined.delete(name);
  }
  return [...joined].reduce(
    (all, name) => all.replaceAll(`"${name}":`, `"${plain(name)}":`).replaceAll(ref(name), ref(plain(name))),
    text,
  );
}

const Document = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) });

const ref = (name: string): string => `"#/components/schemas/${name}"`;
