import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface ZoneProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ComponentChildren;
}

/** A place to drop files; what is inside it does the same for those who choose them. */
export function DropZone({ onFiles, children }: ZoneProps) {
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the fields inside do the same by the keyboard
    <div class={over ? 'drop-zone drop-zone-over' : 'drop-zone'} onDrop={onDrop} onDragOver={onDragOver} onDragLeave={() => setOver(false)}>
      {children}
    </div>
  );
}
