import { Markdown } from '../shell/Markdown';
import { Command } from '../shell/Notice';
import { ScrollRoom } from '../shell/Scrolling';
import { type ApiDocument, curlOf, type Listed } from './openApi';
import { Rules, TypeText } from './SchemaView';

interface OperationProps {
  readonly operation: Listed;
  readonly document: ApiDocument;
  /** Of this platform. */
  readonly address: string;
}

/** How an operation is asked for, and what it answers. */
export function OperationView({ operation, document, address }: OperationProps) {
  const { description, parameters = [], requestBody } = operation;
  return (
    <>
      {description && <Markdown text={description} />}
      <Command>{curlOf(operation, document, address)}</Command>
      {parameters.length > 0 && <Parameters operation={operation} />}
      {requestBody && (
        <p>
          <b>Takes</b> <ContentText content={requestBody.content} />
        </p>
      )}
      <Responses operation={operation} />
    </>
  );
}

function Parameters({ operation: { operationId, parameters = [] } }: { readonly operation: Listed }) {
  return (
    <ScrollRoom label={`Parameters of ${operationId}`}>
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">In</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => (
            <tr key={parameter.name}>
              <th scope="row">
                <code>{parameter.name}</code>
                {!parameter.required && <span class="sub">optional</span>}
              </th>
              <td>{parameter.in}</td>
              <td>
                {parameter.description && <Markdown text={parameter.description} />}
                <TypeText schema={parameter.schema} />
                <Rules schema={parameter.schema} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}

function Responses({ operation: { operationId, responses } }: { readonly operation: Listed }) {
  return (
    <ScrollRoom label={`Answers of ${operationId}`}>
      <table class="board">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">When</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(responses).map(([status, { description = '', content }]) => (
            <tr key={status}>
              <th scope="row">{status === 'default' ? 'other' : status}</th>
              <td>
                <Markdown text={description} />
              </td>
              <td>{content && <ContentText content={content} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}

function ContentText({ content }: { readonly content: NonNullable<Listed['requestBody']>['content'] }) {
  return (
    <>
      {Object.entries(content).map(([type, { schema }]) => (
        <span key={type} class="content-type">
          {schema && <TypeText schema={schema} />} <span class="sub">{type}</span>
        </span>
      ))}
    </>
  );
}
