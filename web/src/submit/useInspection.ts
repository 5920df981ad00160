import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/paths';
import { type Problem, problemOf } from '../api/problem';
import { postJson } from '../api/resource';
import type { Inspection, InspectionRequest } from '../api/types';
import type { Said } from './SettingsForm';

export interface Inspecting {
  readonly busy: boolean;
  readonly inspection: Inspection | null;
  readonly problem: Problem | null;
}

const NOTHING: Inspecting = { busy: false, inspection: null, problem: null };

/**
 * Asks what the uploads are, anew whenever they or what is said about them change. The last answer stays beside a refusal:
 * its form is where the refusal is mended.
 *
 * @param checkpoint id of its upload; null asks nothing
 */
export function useInspection(checkpoint: string | null, config: string | null, said: Said, round: number): Inspecting {
  const [state, setState] = useState<Inspecting>(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same once more
  useEffect(() => {
    if (checkpoint === null) {
      setState(NOTHING);
      return;
    }
    let outdated = false;
    setState((now) => ({ ...now, busy: true, problem: null }));
    const request = { checkpoint, config, preset: said.preset, hyperParameters: said.settings } satisfies InspectionRequest;
    postJson<Inspection>(api.inspections(), request).then(
      (inspection) => !outdated && setState({ busy: false, inspection, problem: null }),
      (error: unknown) => !outdated && setState((now) => ({ ...now, busy: false, problem: problemOf(error) })),
    );
    return () => {
      outdated = true;
    };
  }, [checkpoint, config, said, round]);
  return state;
}
