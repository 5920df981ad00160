// biome-ignore-all lint/suspicious/noArrayIndexKey: what is drawn stays where it is
import type { ComponentChildren } from 'preact';
import type { Term } from './terms';

/** A small drawing for a term, on a field of 120 × 64; the line beside it says the same. */
export function Picture({ term }: { readonly term: Term }) {
  return (
    <svg class="term-picture" viewBox="0 0 120 64" aria-hidden="true" focusable="false">
      {PICTURES[term]}
    </svg>
  );
}

const FILLS: Readonly<Record<string, string>> = {
  '.': 'var(--raised)',
  a: 'var(--accent)',
  b: 'var(--partly)',
  r: 'var(--right)',
  w: 'var(--wrong)',
  q: 'var(--queued)',
};

/** A grid of square cells, a letter of FILLS each. */
function Cells({ x, y, rows, size = 6 }: { readonly x: number; readonly y: number; readonly rows: string; readonly size?: number }) {
  return (
    <g stroke="var(--line-strong)" stroke-width="0.5">
      {rows
        .split('/')
        .flatMap((row, j) =>
          [...row].map((cell, i) => (
            <rect key={`${i},${j}`} x={x + i * size} y={y + j * size} width={size} height={size} fill={FILLS[cell]} />
          )),
        )}
    </g>
  );
}

function Line({ d, colour = 'var(--muted)' }: { readonly d: string; readonly colour?: string }) {
  return <path d={d} fill="none" stroke={colour} stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />;
}

function Arrow({ x, y, length = 10 }: { readonly x: number; readonly y: number; readonly length?: number }) {
  return <Line d={`M${x} ${y}h${length}m-3-3l3 3-3 3`} />;
}

function Dot({
  x,
  y,
  colour = 'var(--accent)',
  r = 3,
}: {
  readonly x: number;
  readonly y: number;
  readonly colour?: string;
  readonly r?: number;
}) {
  return <circle cx={x} cy={y} r={r} fill={colour} />;
}

function Words({ x, y, children }: { readonly x: number; readonly y: number; readonly children: ComponentChildren }) {
  return (
    <text x={x} y={y} font-size="9" text-anchor="middle" fill="var(--ink)">
      {children}
    </text>
  );
}

/** A score with its interval. */
function Whisker({
  y,
  from,
  at,
  to,
  colour,
}: {
  readonly y: number;
  readonly from: number;
  readonly at: number;
  readonly to: number;
  readonly colour: string;
}) {
  return (
    <>
      <Line d={`M${from} ${y}H${to}M${from} ${y - 3}v6M${to} ${y - 3}v6`} colour={colour} />
      <Dot x={at} y={y} colour={colour} />
    </>
  );
}

/** Rows of a table of numbers, one of which is meant. */
function Rows({ x, marked }: { readonly x: number; readonly marked: number }) {
  return (
    <>
      {[0, 1, 2, 3, 4].map((row) => (
        <rect
          key={row}
          x={x}
          y={7 + row * 10}
          width="40"
          height="8"
          rx="1.5"
          fill={row === marked ? 'var(--accent)' : 'var(--raised)'}
          stroke="var(--line-strong)"
          stroke-width="0.5"
        />
      ))}
    </>
  );
}

const ANSWER = 'a.a/.a./a.a';

const PICTURES: Readonly<Record<Term, ComponentChildren>> = {
  task: (
    <>
      <Cells x={10} y={6} rows="a../.../..a" size={5} />
      <Arrow x={29} y={13} />
      <Cells x={43} y={6} rows="b../.../..b" size={5} />
      <Cells x={68} y={6} rows=".a./a../..." size={5} />
      <Arrow x={87} y={13} />
      <Cells x={101} y={6} rows=".b./b../..." size={5} />
      <Line d="M6 29h108" colour="var(--line-strong)" />
      <Cells x={36} y={37} rows="..a/.a./a.." size={6} />
      <Arrow x={59} y={46} />
      <Words x={82} y={50}>
        ?
      </Words>
    </>
  ),
  'puzzle set': [0, 1, 2].map((i) => (
    <g key={i} transform={`translate(${i * 12} ${i * 7})`}>
      <rect x="24" y="8" width="32" height="32" fill="var(--surface)" />
      <Cells x={26} y={10} rows={['a.../.a../..a./...a', 'b..b/..../..../b..b', '.rr./r..r/r..r/.rr.'][i] ?? ''} size={7} />
    </g>
  )),
  augmentation: (
    <>
      <Cells x={4} y={20} rows="aaa/a../a.." size={8} />
      <Arrow x={31} y={32} />
      <Cells x={46} y={20} rows="aaa/..a/..a" size={7} />
      <Cells x={71} y={20} rows="..a/..a/aaa" size={7} />
      <Cells x={96} y={20} rows="bbb/b../b.." size={7} />
    </>
  ),
  checkpoint: (
    <>
      <Line d="M8 52C30 50 40 20 112 12" />
      {[20, 45, 70, 95].map((x, i) => (
        <Dot key={x} x={x} y={[50, 36, 23, 15][i] ?? 0} colour={i === 2 ? 'var(--accent)' : 'var(--line-strong)'} r={i === 2 ? 5 : 3} />
      ))}
    </>
  ),
  'improvement step': (
    <>
      <Cells x={5} y={18} rows="w.w/..w/.w." size={8} />
      <Arrow x={32} y={30} length={9} />
      <Cells x={46} y={18} rows="r.w/.w./w.." size={8} />
      <Arrow x={73} y={30} length={9} />
      <Cells x={87} y={18} rows="r.r/.r./r.r" size={8} />
      {[17, 58, 99].map((x, i) => (
        <Words key={x} x={x} y={54}>
          {i + 1}
        </Words>
      ))}
    </>
  ),
  cycles: (
    <>
      <Line d="M38 12a20 20 0 1 1-14 6m0 0v-6m0 6h-6" colour="var(--accent)" />
      <Line d="M88 20a12 12 0 1 1-9 4m0 0v-5m0 5h-5" colour="var(--partly)" />
      <Words x={38} y={36}>
        H
      </Words>
      <Words x={88} y={36}>
        L
      </Words>
    </>
  ),
  'halt logit': (
    <>
      <Line d="M8 40h104M60 34v12" />
      <Words x={60} y={58}>
        0
      </Words>
      <Dot x={88} y={40} colour="var(--right)" r={4} />
      <Line d="M81 22l5 5 9-11" colour="var(--right)" />
      <Dot x={30} y={40} colour="var(--wrong)" r={4} />
      <Line d="M25 17l10 10M35 17l-10 10" colour="var(--wrong)" />
    </>
  ),
  'puzzle embedding': (
    <>
      <Rows x={8} marked={2} />
      <Arrow x={54} y={31} length={14} />
      <Cells x={78} y={17} rows="..a/.a./a.." size={9} />
    </>
  ),
  'blank identifier': (
    <>
      <Rows x={8} marked={-1} />
      <Line d="M54 31h4m4 0h4m4 0h4" />
      <Cells x={80} y={17} rows="..a/.a./a.." size={9} />
      <Line d="M10 55L46 9" colour="var(--wrong)" />
    </>
  ),
  adaptation: (
    <>
      <Cells x={4} y={10} rows="a./.a" size={7} />
      <Arrow x={21} y={17} length={7} />
      <Cells x={31} y={10} rows="b./.b" size={7} />
      <Line d="M24 30c4 12 14 14 24 14m-3-3l3 3-3 3" />
      {[8, 14, 6, 11].map((height, i) => (
        <rect key={i} x={56 + i * 6} y={52 - height} width="4" height={height} fill="var(--line-strong)" />
      ))}
      <Arrow x={83} y={44} length={7} />
      {[14, 7, 17, 4].map((height, i) => (
        <rect key={i} x={95 + i * 6} y={52 - height} width="4" height={height} fill="var(--accent)" />
      ))}
    </>
  ),
  vote: (
    <>
      {[ANSWER, ANSWER, 'aaa/a.a/aaa', ANSWER].map((rows, i) => (
        <Cells key={i} x={6 + (i % 2) * 24} y={8 + Math.floor(i / 2) * 26} rows={rows} size={6} />
      ))}
      <Arrow x={56} y={32} />
      <Cells x={74} y={8} rows={ANSWER} size={6} />
      <Words x={104} y={20}>
        3
      </Words>
      <Cells x={74} y={34} rows="aaa/a.a/aaa" size={6} />
      <Words x={104} y={46}>
        1
      </Words>
    </>
  ),
  candidate: (
    <>
      {[ANSWER, 'aaa/a.a/aaa', '.a./aaa/.a.'].map((rows, i) => (
        <g key={rows}>
          <Words x={14} y={15 + i * 20}>
            {i + 1}.
          </Words>
          <Cells x={24} y={4 + i * 20} rows={rows} size={5} />
          <rect x="48" y={8 + i * 20} width={[60, 22, 10][i]} height="7" rx="1.5" fill="var(--accent)" />
        </g>
      ))}
    </>
  ),
  attempt: (
    <>
      <Cells x={16} y={8} rows="aaa/a.a/aaa" size={10} />
      <Cells x={74} y={8} rows={ANSWER} size={10} />
      <Line d="M27 47l8 8m0-8l-8 8" colour="var(--wrong)" />
      <Line d="M83 51l4 5 9-10" colour="var(--right)" />
    </>
  ),
  'step replay': (
    <>
      <rect x="2" y="12" width="116" height="40" rx="3" fill="var(--surface)" stroke="var(--line-strong)" />
      {[0, 1, 2, 3].map((i) => (
        <Cells key={i} x={7 + i * 28} y={21} rows={['w.w/..w/.w.', 'r.w/.w./w..', 'r.r/.r./w..', 'r.r/.r./r.r'][i] ?? ''} size={7} />
      ))}
      <Line
        d="M8 16h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4M8 48h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4m8 0h4"
        colour="var(--line-strong)"
      />
    </>
  ),
  metric: (
    <>
      <Cells x={12} y={12} rows="rrrrrrrr/rrrrwwww/wwwwwwww" size={12} />
      <Words x={60} y={60}>
        12 of 24
      </Words>
    </>
  ),
  interval: (
    <>
      <Line d="M8 50h104M8 46v4M60 46v4M112 46v4" />
      <Whisker y={26} from={38} at={66} to={92} colour="var(--accent)" />
    </>
  ),
  'tie group': (
    <>
      <Whisker y={12} from={58} at={82} to={106} colour="var(--accent)" />
      <Whisker y={28} from={50} at={74} to={98} colour="var(--accent)" />
      <Line d="M42 6c-5 0-5 0-5 5v3c0 4-4 6-4 6s4 2 4 6v3c0 5 0 5 5 5" />
      <Words x={22} y={24}>
        =
      </Words>
      <Whisker y={50} from={10} at={22} to={34} colour="var(--queued)" />
    </>
  ),
  protocol: (
    <>
      {[14, 32, 50].map((y, i) => (
        <g key={y}>
          <Line d={`M14 ${y}h92`} />
          <Dot x={[84, 40, 62][i] ?? 0} y={y} r={5} />
        </g>
      ))}
    </>
  ),
  verification: (
    <>
      <Cells x={12} y={14} rows={ANSWER} size={11} />
      <Line d="M54 27h12M54 35h12" colour="var(--right)" />
      <Cells x={76} y={14} rows={ANSWER} size={11} />
    </>
  ),
  canary: (
    <>
      <Cells x={6} y={12} rows="a./.a" size={7} />
      <Line d="M24 19l3 3 6-7" colour="var(--right)" />
      <Cells x={6} y={38} rows=".b/b." size={7} />
      <Line d="M24 45l3 3 6-7" colour="var(--right)" />
      <Line d="M44 8v48" colour="var(--line-strong)" />
      <Arrow x={50} y={32} length={12} />
      <Cells x={72} y={14} rows="..../..../..../...." size={9} />
    </>
  ),
};
