import type { BackgroundCommand } from '@bailiwick/contract';

/** How it is, in a word and a shape. */
export function stateOf({ outcome, exitCode }: Pick<BackgroundCommand, 'outcome' | 'exitCode'>) {
  const values = { code: exitCode ?? 0 };
  if (outcome === null) return { key: 'running', icon: 'busy', values } as const;
  if (outcome === 'exited') return { key: 'exited', icon: exitCode === 0 ? 'good' : 'bad', values } as const;
  if (outcome === 'cancelled') return { key: 'cancelled', icon: 'stopped', values } as const;
  if (outcome === 'lost') return { key: 'lost', icon: 'unknown', values } as const;
  return { key: outcome, icon: 'warning', values } as const;
}
