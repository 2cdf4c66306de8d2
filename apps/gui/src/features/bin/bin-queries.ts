import { useQuery } from '@tanstack/react-query';
import type { BinItem, BinList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

export const BIN = ['bin'];

export const useBin = (initial: BinList) =>
  useQuery({
    queryKey: BIN,
    queryFn: ({ signal }) => api<BinList>('GET', '/bin', { signal }),
    initialData: initial,
    refetchOnWindowFocus: 'always',
  });

/** By name, image or owner, in any letters. */
export function selectBinned(items: readonly BinItem[], text: string): BinItem[] {
  const wanted = text.trim().toLowerCase();
  return items.filter(({ name, image, owner }) =>
    [name, image, owner?.displayName ?? ''].some((told) => told.toLowerCase().includes(wanted)),
  );
}
