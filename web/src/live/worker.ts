import { api } from '../api/paths';
import { RULES } from '../api/types';
import { hub, type Port } from './hub';

// Runs once for all tabs of a browser, and ends with the last of them.
const join = hub(RULES.liveEvent, () => new EventSource(api.events()));

(globalThis as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const [port] = event.ports;
  if (port) join(port as Port);
};
