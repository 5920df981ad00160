import type { Leaderboard } from '../api/types';
import { count } from '../format/numbers';
import { to } from '../shell/routes';
import { ProtocolLabel } from './ProtocolLabel';
import type { BoardView } from './view';

/** By which protocol everything on this board was run, and the boards of the set's other protocols. */
export function ProtocolChoice({ board, view }: { readonly board: Leaderboard; readonly view: BoardView }) {
  const { protocol, protocols, puzzleSet } = board;
  if (protocol === null) return null;
  return (
    <div class="protocol-choice">
      <p>
        <span class="sub-inline">Run by</span> <ProtocolLabel protocol={protocol} />
      </p>
      {protocols.length > 1 && (
        <nav class="tabs tabs-small" aria-label="Protocols">
          <ul>
            {protocols.map((use) => (
              <li key={use.protocol.key}>
                <a
                  href={to.set(puzzleSet.name, { ...view, protocol: use.protocol.key })}
                  aria-current={use.protocol.key === protocol.key ? 'true' : undefined}
                >
                  {use.protocol.label} <span class="num">{count(use.evaluations)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}
