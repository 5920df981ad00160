import './docs.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { base } from '../api/base';
import { api } from '../api/paths';
import { useResource } from '../api/resource';
import { ListTools } from '../lists/ListTools';
import { has } from '../lists/listView';
import { Markdown } from '../shell/Markdown';
import { Loading, ProblemNotice } from '../shell/Notice';
import { useTitle } from '../shell/title';
import { OperationView } from './OperationView';
import { type ApiDocument, type Listed, operationsOf } from './openApi';
import { anchorOfType, SchemaView } from './SchemaView';

/** The document of the API, to read. */
export function DocsPage() {
  useTitle('API');
  const { value, problem, reload } = useResource<ApiDocument>(api.document());
  return (
    <>
      <h1 tabIndex={-1}>API</h1>
      {problem && <ProblemNotice problem={problem} retry={reload} />}
      {!value && !problem && <Loading what="the document" />}
      {value && <Document document={value} />}
    </>
  );
}

function Document({ document }: { readonly document: ApiDocument }) {
  const [filter, setFilter] = useState('');
  useEffect(() => {
    openNamed();
    addEventListener('hashchange', openNamed);
    return () => removeEventListener('hashchange', openNamed);
  }, []);
  const all = operationsOf(document);
  const shown = all.filter(({ method, path, operationId, summary = '' }) => has(filter, method, path, operationId, summary));
  return (
    <>
      <section class="document api-words">
        <Markdown text={document.info.description ?? ''} />
        <p>
          The same as an <a href={api.document()}>OpenAPI document</a>, for programs.
        </p>
      </section>
      <ListTools
        {...{ filter, onFilter: setFilter, shown: shown.length, all: all.length, one: 'operation', placeholder: 'upload, compare, POST …' }}
      />
      {document.tags?.map(({ name, description = '' }) => (
        <Tagged key={name} {...{ name, description, document, operations: shown.filter(({ tags }) => tags?.[0] === name) }} />
      ))}
      <section class="card api-group" aria-labelledby="types">
        <header class="card-head">
          <h2 id="types">Types</h2>
        </header>
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <Opened key={name} id={anchorOfType(name)} head={<code>{name}</code>}>
            <SchemaView name={name} schema={schema} />
          </Opened>
        ))}
      </section>
    </>
  );
}

interface TaggedProps {
  readonly name: string;
  readonly description: string;
  readonly document: ApiDocument;
  readonly operations: readonly Listed[];
}

function Tagged({ name, description, document, operations }: TaggedProps) {
  if (operations.length === 0) return null;
  const id = `tag-${name.toLowerCase().replace(/\W+/g, '-')}`;
  return (
    <section class="card api-group" aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{name}</h2>
      </header>
      <p>{description}</p>
      {operations.map((operation) => (
        <Opened key={operation.operationId} id={operation.operationId} head={<Head operation={operation} />}>
          <OperationView {...{ operation, document, address: location.origin + base }} />
        </Opened>
      ))}
    </section>
  );
}

function Head({ operation: { method, path, summary } }: { readonly operation: Listed }) {
  return (
    <>
      <span class="tag">{method}</span> <code>{path}</code> <span class="api-summary">{summary}</span>
    </>
  );
}

interface OpenedProps {
  readonly id: string;
  readonly head: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Its content is made when it is opened: all of them together would be thousands of rows. */
function Opened({ id, head, children }: OpenedProps) {
  const [open, setOpen] = useState(false);
  return (
    <details id={id} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{head}</summary>
      {open && <div class="api-body">{children}</div>}
    </details>
  );
}

/** What the address names is opened, and shown. */
function openNamed(): void {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(named instanceof HTMLDetailsElement)) return;
  named.open = true;
  named.scrollIntoView();
}
