/* Of an OpenAPI 3.1 document, what the page shows. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}

export interface ApiDocument {
  readonly info: { readonly description?: string };
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** An operation at its place. */
export interface Listed extends Operation {
  /** In capitals. */
  readonly method: string;
  readonly path: string;
}

export function operationsOf({ paths }: ApiDocument): readonly Listed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

/** "#/components/schemas/PuzzleSetView" → "PuzzleSetView" */
export function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** What a value has to keep to, beside its type, in words. */
export function rulesOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = schema;
  const told: readonly (readonly [string, unknown])[] = [
    ['at least', minimum],
    ['at most', maximum],
    ['characters at least', minLength],
    ['characters at most', maxLength],
    ['items at least', minItems],
    ['items at most', maxItems],
    ['like', pattern],
    ['by default', schema.default === undefined ? undefined : JSON.stringify(schema.default)],
  ];
  return told.flatMap(([what, value]) => (value === undefined ? [] : [`${what} ${value}`])).join(', ');
}

/** How often types are followed into types for an example: what is deeper stands for itself. */
const DEEPEST = 3;

/** A value of the type with what it must have, or all of it where nothing is a must. */
function exampleOf(schema: Schema, { components }: ApiDocument, depth = 0): unknown {
  const document = { components } as ApiDocument;
  const named = schema.$ref === undefined ? schema : (components.schemas[nameOf(schema.$ref)] ?? {});
  const given = named.examples?.[0] ?? named.default ?? named.enum?.[0];
  if (given !== undefined) return given;
  if (named.anyOf) return exampleOf(named.anyOf[0] ?? {}, document, depth);
  const type = typeof named.type === 'string' ? named.type : named.type?.[0];
  if (type === 'array') return depth < DEEPEST && named.items ? [exampleOf(named.items, document, depth + 1)] : [];
  if (type === 'object' || named.properties) {
    const all = Object.entries(named.properties ?? {});
    const must = all.filter(([name]) => named.required?.includes(name));
    const shown = depth < DEEPEST ? (must.length > 0 ? must : all) : [];
    return Object.fromEntries(shown.map(([name, of]) => [name, exampleOf(of, document, depth + 1)]));
  }
  if (type === 'integer' || type === 'number') return named.minimum ?? 1;
  return type === 'boolean' ? false : '…';
}

/** How the operation is asked for on a terminal, of a platform at this address. */
export function curlOf(operation: Listed, document: ApiDocument, address: string): string {
  const { method, path, parameters = [], requestBody } = operation;
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map(({ name }) => `${name}=…`);
  const json = requestBody?.content['application/json']?.schema;
  return [
    'curl',
    ...(method === 'GET' ? [] : ['-X', method]),
    ...(json ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(exampleOf(json, document))}'`] : []),
    `'${address}${path}${query.length > 0 ? `?${query.join('&')}` : ''}'`,
  ].join(' ');
}
