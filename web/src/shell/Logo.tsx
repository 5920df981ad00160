/** A grid whose last cell is the grid again, twice: tiny, recursive. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <Level x={0} y={0} side={28} depth={3} />
    </svg>
  );
}

function Level({ x, y, side, depth }: { x: number; y: number; side: number; depth: number }) {
  const gap = side * 0.07;
  const cell = (side - gap) / 2;
  const far = cell + gap;
  return (
    <>
      <rect x={x} y={y} width={cell} height={cell} rx={cell * 0.14} class="logo-faint" />
      <rect x={x + far} y={y} width={cell} height={cell} rx={cell * 0.14} />
      <rect x={x} y={y + far} width={cell} height={cell} rx={cell * 0.14} />
      {depth > 1 ? (
        <Level x={x + far} y={y + far} side={cell} depth={depth - 1} />
      ) : (
        <rect x={x + far} y={y + far} width={cell} height={cell} rx={cell * 0.14} class="logo-faint" />
      )}
    </>
  );
}
