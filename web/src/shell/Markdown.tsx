// biome-ignore-all lint/suspicious/noArrayIndexKey: the pieces of a document stay where they are
import type { ComponentChildren } from 'preact';
import { ScrollRoom } from './Scrolling';

/** A document of the project as part of the page: headings, paragraphs, lists, tables, and in a line code, bold text and links. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .trim()
        .split(/\n{2,}/)
        .map((block, i) => (
          <Block key={i} block={block} />
        ))}
    </>
  );
}

function Block({ block }: { readonly block: string }) {
  if (block.startsWith('## ')) return <h2>{inline(block.slice(3))}</h2>;
  if (block.startsWith('# ')) return <h1 tabIndex={-1}>{inline(block.slice(2))}</h1>;
  if (block.startsWith('- ')) {
    return (
      <ul>
        {block
          .slice(2)
          .split('\n- ')
          .map((item, i) => (
            <li key={i}>{inline(item)}</li>
          ))}
      </ul>
    );
  }
  return block.startsWith('|') ? <Table rows={block.split('\n').map(cells)} /> : <p>{inline(block)}</p>;
}

function cells(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

/** The second row is the line below the heads. */
function Table({ rows: [heads = [], , ...rows] }: { readonly rows: readonly (readonly string[])[] }) {
  return (
    <ScrollRoom label={heads.join(', ')}>
      <table class="board">
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th key={i} scope="col">
                {inline(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, k) => (
                <td key={k}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRoom>
  );
}

const MARKED = /(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)\s]+\))/;

function inline(text: string): ComponentChildren {
  return text.split(MARKED).map((piece, i) => {
    if (piece.startsWith('`')) return <code key={i}>{piece.slice(1, -1)}</code>;
    if (piece.startsWith('**')) return <strong key={i}>{inline(piece.slice(2, -2))}</strong>;
    const [, words = '', address = ''] = /^\[(.+)\]\((.+)\)$/s.exec(piece) ?? [];
    if (address === '') return piece;
    // What lies beside the document comes with the project, not with the page.
    if (!address.startsWith('https://'))
      return (
        <span key={i} title={`docs/${address} of the project`}>
          {inline(words)}
        </span>
      );
    return (
      <a key={i} href={address} rel="noreferrer">
        {inline(words)}
      </a>
    );
  });
}
