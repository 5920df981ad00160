import type { ComponentChildren } from 'preact';
import { Markdown } from '../shell/Markdown';
import { ScrollRoom } from '../shell/Scrolling';
import { nameOf, rulesOf, type Schema } from './openApi';

export const anchorOfType = (name: string) => `type-${name}`;

/** The type of a value in a line; named types are links to what they are. */
export function TypeText({ schema }: { readonly schema: Schema }) {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return <a href={`#${anchorOfType(name)}`}>{name}</a>;
  }
  if (schema.anyOf) return <>{joined(schema.anyOf.map((one, i) => <TypeText key={String(i)} schema={one} />))}</>;
  if (schema.items)
    return (
      <>
        list of <TypeText schema={schema.items} />
      </>
    );
  if (typeof schema.additionalProperties === 'object')
    return (
      <>
        text → <TypeText schema={schema.additionalProperties} />
      </>
    );
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['anything']);
  const format = schema.format === undefined ? '' : ` (${schema.format})`;
  if (schema.enum) return <>{joined(schema.enum.map((value) => <code key={String(value)}>{String(value)}</code>))}</>;
  return (
    <>
      {types.join(' or ')}
      {format}
    </>
  );
}

function joined(parts: readonly ComponentChildren[]): ComponentChildren {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [' or ', part]));
}

/** What a named type consists of. */
export function SchemaView({ name, schema }: { readonly name: string; readonly schema: Schema }) {
  const properties = Object.entries(schema.properties ?? {});
  return (
    <>
      {schema.description && <Markdown text={schema.description} />}
      {properties.length === 0 ? (
        <p>
          <TypeText schema={schema} /> <Rules schema={schema} />
        </p>
      ) : (
        <ScrollRoom label={`Fields of ${name}`}>
          <table class="board">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Type</th>
              </tr>
            </thead>
            <tbody>
              {properties.map(([field, of]) => (
                <tr key={field}>
                  <th scope="row">
                    <code>{field}</code>
                    {!schema.required?.includes(field) && <span class="sub">optional</span>}
                  </th>
                  <td>
                    <TypeText schema={of} />
                    <Rules schema={of} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRoom>
      )}
    </>
  );
}

export function Rules({ schema }: { readonly schema: Schema }) {
  const rules = rulesOf(schema);
  return (
    <>
      {rules !== '' && <span class="sub">{rules}</span>}
      {schema.description && schema.$ref === undefined && !schema.properties && <span class="sub">{schema.description}</span>}
    </>
  );
}
