import { useQuery } from '@tanstack/react-query';
import type { Volume, VolumeDetail, VolumeList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

export const VOLUMES = ['volumes'];
/** While one is being deleted somebody waits for it to go. */
const LOOK_AGAIN_MS = 1500;

export const useVolumes = (initial: VolumeList) =>
  useQuery({
    queryKey: [...VOLUMES, 'all'],
    queryFn: ({ signal }) => api<VolumeList>('GET', '/volumes', { signal }),
    initialData: initial,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ operationId }) => operationId !== null) === true ? LOOK_AGAIN_MS : false,
  });

/** How big one is takes its engine a while to tell, so somebody has to ask for it. */
export const useVolumeSize = ({ id }: Pick<Volume, 'id'>, { asked }: { asked: boolean }) =>
  useQuery({
    queryKey: [...VOLUMES, id],
    queryFn: ({ signal }) => api<VolumeDetail>('GET', `/volumes/${id}`, { signal }),
    enabled: asked,
  });
