import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { isOneOf, ownIdsIn } from './own-container.rules.js';

/** Knows the container the core itself runs in, if it runs in one. */
@Injectable()
export class OwnContainer {
  private readonly ids = ownIdsIn({
    cgroup: read('/proc/self/cgroup'),
    mountinfo: read('/proc/self/mountinfo'),
    hostname: hostname(),
  });

  is({ engineId }: { engineId: string }): boolean {
    return isOneOf(this.ids, engineId);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // no such file on this system: not in a container we could know of
  }
}
