import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Room for rows that are still to come, each as high as those that are there: what is below the table stays where it is, and one
 * can go back to where one was. It stands right behind the table.
 */
export function RoomForMore({ rows }: { readonly rows: number }) {
  const room = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const body = room.current?.previousElementSibling?.querySelector('tbody');
    if (room.current && body) room.current.style.height = `${(rows * body.offsetHeight) / body.children.length}px`;
  }, [rows]);
  return <div ref={room} class="room-for-more" />;
}
