import type { Preset, ReviewCheck } from '@bailiwick/contract';
import { isRoot } from '../../foundation/environments/docker-spec.rules.js';

interface Running {
  readonly image: string;
  readonly profile: Preset['config']['profile'];
  /** The number that was chosen; null where the image decides. */
  readonly chosen: string | null;
  /** Whom the image names; undefined where it is not known before it is fetched. */
  readonly named: string | undefined;
}

/** As whom it would run: under `strict` never as root, under `compat` as root only with a word of it. */
export function userCheck({ image, profile, chosen, named }: Running): ReviewCheck {
  const user = chosen ?? named;
  if (user === undefined) return { check: 'user', outcome: 'ok', code: 'user_not_known', params: { image, profile } };
  if (!isRoot(user)) return { check: 'user', outcome: 'ok', code: 'user_fine', params: { user } };
  return profile === 'strict'
    ? { check: 'user', outcome: 'blocked', code: 'root_refused', params: { image } }
    : { check: 'user', outcome: 'warning', code: 'runs_as_root', params: { image } };
}
