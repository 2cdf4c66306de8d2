import { useEffect, useMemo } from 'react';
import type { LiveList } from '../../lib/live-list.ts';
import { MetricTrack } from './metric-track.ts';
import type { History, Usage } from './metric-track.rules.ts';

/** A history that grows with what is told of this thing. */
export function useTrack<Measure extends string>(
  history: History<Measure>,
  list: LiveList<Usage<Measure> & { id: string }>,
  id: string,
): MetricTrack<Measure> {
  const track = useMemo(() => new MetricTrack(history), [history]);
  useEffect(() => {
    const take = () => {
      const usage = list.get(id);
      if (usage) track.push(usage);
    };
    take();
    return list.subscribeItem(id, take);
  }, [list, id, track]);
  return track;
}
