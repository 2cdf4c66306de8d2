import type { BulkAction } from '@bailiwick/contract';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { conflict } from '../../kernel/errors.js';

/** A process that runs is ended by force or not at all. */
export function assertDeletable(
  { state, name }: Pick<SeenContainer, 'state' | 'name'>,
  { force }: { force: boolean },
): void {
  if (force || (state !== 'running' && state !== 'paused' && state !== 'restarting')) return;
  throw conflict('wrong_state', `${name} is ${state}. Stop it first, or delete it by force.`, {
    params: { action: 'delete', state },
  });
}

/** Whether a container is already as this action would leave it. A restart leaves no trace to tell by. */
export function isAlready(action: BulkAction, seen: Pick<SeenContainer, 'state'> | undefined): boolean {
  switch (action) {
    case 'delete':
      return seen === undefined;
    case 'start':
    case 'unpause':
      return seen?.state === 'running';
    case 'stop':
    case 'kill':
      return seen?.state === 'exited';
    case 'pause':
      return seen?.state === 'paused';
    case 'restart':
      return false;
  }
}

/** The first few names, and how many more. */
export function namesInShort(names: readonly string[]): string {
  const SHOWN = 3;
  const more = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (more > 0 ? ` +${more}` : '');
}
