import { useEffect, useState } from 'preact/hooks';
import { copy } from './copy';
import { Icon } from './Icon';

const SHOWN = 10;

/** The first digits of a SHA-256 digest and a button that copies all of it. */
export function Digest({ digest, what }: { readonly digest: string; readonly what: string }) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), 2000);
    return () => clearTimeout(timer);
  }, [result]);
  const onCopy = () => void copy(digest).then((done) => setResult(done ? 'copied' : 'failed'));
  return (
    <span class="digest">
      <code title={digest}>{digest.slice(0, SHOWN)}</code>
      <button type="button" class="quiet small" onClick={onCopy} title={`Copy the whole digest of ${what}`}>
        <Icon name={result === 'copied' ? 'right' : result === 'failed' ? 'wrong' : 'copy'} />
        <span class="sr">Copy the whole digest of {what}</span>
      </button>
      <span class="sr" role="status">
        {result === 'copied' ? 'Copied' : result === 'failed' ? `Could not copy; it is ${digest}` : ''}
      </span>
    </span>
  );
}
